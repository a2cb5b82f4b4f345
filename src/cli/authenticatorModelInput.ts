import { X509Certificate } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { metadataService } from '../webauthn/models/metadataService.ts';
import {
  largestMetadata,
  type Metadata,
  type MetadataFault,
  readMetadata,
} from '../webauthn/models/readMetadata.ts';
import { CommandError } from './commandError.ts';

const faultTexts: Readonly<Record<MetadataFault, string>> = {
  too_large: 'it has more than 64 MB, metadata has about 10',
  not_metadata: 'it is neither a signed BLOB of FIDO metadata nor metadata statements in JSON',
  no_models: 'there is no model with an AAGUID in it',
  signer:
    'the certificates it was signed with don’t lead to the FIDO Metadata Service, or are not valid now; get a new file, or name another service’s certificate with --root',
  signature: 'its signature is wrong: it was altered, or damaged on its way',
};

/** Where files and trust come from. */
interface MetadataSource {
  input: Readable;
  /** File with the PEM certificates of another service. */
  root?: string;
}

/**
 * Reads every file before anything is changed.
 *
 * @throws CommandError `invalid_metadata` that names the file and what is wrong; `invalid_input` for `--root`.
 */
export async function readMetadataFiles(
  files: readonly string[],
  { input, root }: MetadataSource,
  now: number,
): Promise<{ file: string; metadata: Metadata }[]> {
  const signer = root === undefined ? metadataService() : { roots: await readRoots(root) };
  const read: { file: string; metadata: Metadata }[] = [];
  for (const file of files) {
    const text = await readText(file, file === '-' ? input : createReadStream(file));
    const metadata = await readMetadata(text, signer, now);
    if ('fault' in metadata) throw refused(file, metadata.fault);
    read.push({ file, metadata });
  }
  if (root !== undefined && !read.some(({ metadata }) => metadata.isSigned))
    throw new CommandError('usage', '--root: none of the files is signed, so there is nothing to check.');
  return read;
}

function refused(file: string, fault: MetadataFault): CommandError {
  return new CommandError('invalid_metadata', `${file} was not imported: ${faultTexts[fault]}.`);
}

async function readText(file: string, stream: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece as string | Uint8Array);
    length += bytes.length;
    if (length > largestMetadata) throw refused(file, 'too_large');
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}

async function readRoots(file: string): Promise<X509Certificate[]> {
  const blocks = (await readFile(file, 'utf8')).match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  );
  try {
    const roots = blocks?.map((pem) => new X509Certificate(pem)) ?? [];
    if (roots.length > 0) return roots;
  } catch {
    // Told below like a file without any.
  }
  throw new CommandError(
    'invalid_input',
    `--root: ${file} has no certificate in PEM form, or one that can’t be read.`,
  );
}
