import { constants, type KeyObject, sign } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { SigningAlgorithm } from './signingAlgorithms.ts';

const coresHere = availableParallelism();

/**
 * The JWS signature of `data` (RFC 7518 section 3.1), made on the thread pool so that the event loop stays
 * free. Where the process has one core there is no other to sign on: it is made at once then, which spares two
 * changes of threads.
 *
 * @param cores those that the process may use.
 */
export async function signBytes(
  alg: SigningAlgorithm,
  key: KeyObject,
  data: Buffer,
  cores = coresHere,
): Promise<Buffer> {
  const { digest, ...options } = parametersOf[alg];
  const input = { key, ...options };
  if (cores === 1) return sign(digest, data, input);
  return new Promise((resolve, reject) => {
    sign(digest, data, input, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

interface SignatureParameters {
  /** Null where the algorithm brings its own. */
  digest: string | null;
  padding?: number;
  saltLength?: number;
  dsaEncoding?: 'ieee-p1363';
}

const parametersOf: Readonly<Record<SigningAlgorithm, SignatureParameters>> = {
  RS256: { digest: 'sha256' },
  PS256: { digest: 'sha256', padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  ES256: { digest: 'sha256', dsaEncoding: 'ieee-p1363' },
  EdDSA: { digest: null },
};
