import { X509Certificate } from 'node:crypto';
import { readAaguid } from './aaguid.ts';
import type { KnownModel } from './knownModel.ts';

/** What became of an entry of a metadata file. */
export type ReadModel =
  | { model: KnownModel; unreadableRoots: number }
  /** `no_aaguid`: a U2F or UAF authenticator, which WebAuthn can't tell by its model. */
  | { skipped: 'no_aaguid' | 'unreadable' };

/** Reports after which a key of the model may be in other hands, or answer without its owner (MDS §3.1.4). */
const compromised: ReadonlySet<unknown> = new Set([
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
]);

const longestDescription = 200;

/**
 * Reads an entry of the FIDO Metadata Service, or a metadata statement on its own. A report of compromise
 * counts whatever was reported later: a repaired firmware has the AAGUID of the broken one.
 */
export function readModel(entry: unknown): ReadModel {
  if (!isRecord(entry)) return { skipped: 'unreadable' };
  const statement = entry.metadataStatement ?? entry;
  const { statusReports: reports = [] } = entry;
  if (!isRecord(statement) || !Array.isArray(reports)) return { skipped: 'unreadable' };
  const named = entry.aaguid ?? statement.aaguid;
  const aaguid = typeof named === 'string' ? readAaguid(named) : undefined;
  if (aaguid === undefined)
    return { skipped: isOfAnotherKind(entry, statement) ? 'no_aaguid' : 'unreadable' };
  const { attestationRootCertificates: certificates = [] } = statement;
  if (!Array.isArray(certificates)) return { skipped: 'unreadable' };
  const roots = certificates.map(readRoot).filter((root) => root !== undefined);
  const statuses = reports.map((report) => (isRecord(report) ? report.status : undefined));
  const certification = statuses.findLast(isCertification);
  const model = {
    aaguid,
    description: readDescription(statement.description) || aaguid,
    roots: [...new Set(roots)],
    isCompromised: statuses.some((status) => compromised.has(status)),
    ...(certification !== undefined && { certification }),
  };
  return { model, unreadableRoots: certificates.length - roots.length };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfAnotherKind(...records: Record<string, unknown>[]): boolean {
  return records.some(({ aaid, attestationCertificateKeyIdentifiers: keys }) => (aaid ?? keys) !== undefined);
}

function isCertification(status: unknown): status is string {
  return typeof status === 'string' && /^FIDO_CERTIFIED\w{0,12}$/.test(status);
}

/** One line: it is shown beside our own words. */
function readDescription(description: unknown): string {
  if (typeof description !== 'string') return '';
  const line = description.slice(0, 4 * longestDescription).replace(/[\p{C}\s]+/gu, ' ');
  return line.trim().slice(0, longestDescription);
}

/** Makers wrap the base64; undefined when it is no certificate. */
function readRoot(certificate: unknown): string | undefined {
  if (typeof certificate !== 'string') return undefined;
  try {
    return new X509Certificate(Buffer.from(certificate, 'base64')).raw.toString('base64');
  } catch {
    return undefined;
  }
}
