import { X509Certificate } from 'node:crypto';
import { compactVerify, decodeProtectedHeader } from 'jose';
import { leadsToRoot } from '../certificatePath.ts';

/** Who may sign a BLOB. */
export interface BlobSigner {
  /** What the signer's certificates have to lead to. */
  roots: readonly X509Certificate[];
  /** The name that the signer's certificate has to be for; any without one. */
  host?: string;
}

/** `signer`: the certificates lead to no root, are for another name, or are not valid now. */
export type BlobFault = 'not_metadata' | 'signer' | 'signature';

const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];

/**
 * Checks the signature of a metadata BLOB, a compact JWS whose header carries the certificates (`x5c`), and
 * opens it (FIDO Metadata Service 3.0 §3.2). Certificates are never fetched, nor is revocation looked up.
 * `now` in epoch milliseconds.
 */
export async function openBlob(
  blob: string,
  { roots, host }: BlobSigner,
  now: number,
): Promise<{ content: string } | { fault: BlobFault }> {
  const path = readPath(blob);
  const [signer] = path ?? [];
  if (!path || !signer) return { fault: 'not_metadata' };
  const isNamed = host === undefined || signer.checkHost(host) !== undefined;
  if (!isNamed || !leadsToRoot(path, roots, now)) return { fault: 'signer' };
  try {
    const { payload } = await compactVerify(blob, signer.publicKey, { algorithms });
    return { content: new TextDecoder().decode(payload) };
  } catch {
    return { fault: 'signature' };
  }
}

function readPath(blob: string): X509Certificate[] | undefined {
  try {
    return decodeProtectedHeader(blob).x5c?.map((der) => new X509Certificate(Buffer.from(der, 'base64')));
  } catch {
    return undefined;
  }
}
