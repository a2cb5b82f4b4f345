import { type KnownModel, mergeModels } from './knownModel.ts';
import { type BlobFault, type BlobSigner, openBlob } from './openBlob.ts';
import { readModel } from './readModel.ts';

/** Bytes of the largest metadata file that is read; that of the FIDO Metadata Service has about 10 MB. */
export const largestMetadata = 64 * 1024 * 1024;

/** What a metadata file tells. */
export interface Metadata {
  /** Whether a signature was checked; a file of metadata statements has none. */
  isSigned: boolean;
  /** One for each AAGUID. */
  models: KnownModel[];
  /** Entries that were left out: those without an AAGUID (U2F, UAF) and those of another form. */
  skipped: { noAaguid: number; unreadable: number };
  /** Certificates of models that were left out. */
  unreadableRoots: number;
  /** Of the FIDO Metadata Service: goes up with every issue. */
  issue?: number;
  /** When its next issue was announced for, `YYYY-MM-DD`. */
  nextUpdate?: string;
}

/** `no_models`: it is JSON, and no entry of it is a model. */
export type MetadataFault = BlobFault | 'too_large' | 'no_models';

/**
 * Reads authenticator models from the text of a file: a BLOB (MDS 3) that this signer signed; or JSON, unsigned, as an operator writes it: a metadata statement,
 * an entry of the service, a list of these, or an object with such a list as `entries`. `now` in epoch milliseconds.
 */
export async function readMetadata(
  text: string,
  signer: BlobSigner,
  now: number,
): Promise<Metadata | { fault: MetadataFault }> {
  if (Buffer.byteLength(text) > largestMetadata) return { fault: 'too_large' };
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const isSigned = !/^[[{]/.test(trimmed);
  const opened = isSigned ? await openBlob(trimmed, signer, now) : { content: trimmed };
  return 'fault' in opened ? opened : readDocument(opened.content, isSigned);
}

function readDocument(content: string, isSigned: boolean): Metadata | { fault: MetadataFault } {
  const document = parse(content);
  if (typeof document !== 'object' || document === null) return { fault: 'not_metadata' };
  const { no, nextUpdate } = document as Record<string, unknown>;
  const models: KnownModel[] = [];
  const skipped = { noAaguid: 0, unreadable: 0 };
  let unreadableRoots = 0;
  for (const entry of entriesOf(document)) {
    const read = readModel(entry);
    if ('model' in read) {
      models.push(read.model);
      unreadableRoots += read.unreadableRoots;
    } else if (read.skipped === 'no_aaguid') skipped.noAaguid += 1;
    else skipped.unreadable += 1;
  }
  if (models.length === 0) return { fault: 'no_models' };
  return {
    isSigned,
    models: mergeModels(models),
    skipped,
    unreadableRoots,
    ...(typeof no === 'number' && { issue: no }),
    ...(typeof nextUpdate === 'string' && isDate(nextUpdate) && { nextUpdate }),
  };
}

function entriesOf(document: object): readonly unknown[] {
  if (Array.isArray(document)) return document;
  return 'entries' in document && Array.isArray(document.entries) ? document.entries : [document];
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}
