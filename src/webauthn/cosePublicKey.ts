import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { coseKeyTypes, type SignatureAlgorithm, signatureAlgorithms } from './algorithms.ts';

/** A decoded COSE key with what it says it is for. */
export interface CosePublicKey {
  algorithm: SignatureAlgorithm;
  key: KeyObject;
}

const label = { keyType: 1, algorithm: 3, curve: -1, x: -2, y: -3, modulus: -1, exponent: -2 } as const;
const rsaBits = { min: 2048, max: 8192 };

/**
 * Reads a COSE key (RFC 9052 §7, decoded from CBOR) that belongs to one of our algorithms. Points off the
 * curve and RSA keys too short to be safe or too long to be quick are refused here, once, because the
 * library would notice the first at the next sign-in only.
 */
export function readCosePublicKey(decoded: unknown): CosePublicKey | 'malformed' | 'unknown_algorithm' {
  if (!(decoded instanceof Map)) return 'malformed';
  const algorithm = signatureAlgorithms.find(({ id }) => id === decoded.get(label.algorithm));
  if (algorithm === undefined) return 'unknown_algorithm';
  const jwk = toJwk(decoded, algorithm);
  if (jwk === undefined) return 'malformed';
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength;
    if (bits !== undefined && (bits < rsaBits.min || bits > rsaBits.max)) return 'malformed';
    return { algorithm, key };
  } catch {
    return 'malformed';
  }
}

function toJwk(decoded: ReadonlyMap<unknown, unknown>, { keyType, curve }: SignatureAlgorithm) {
  if (decoded.get(label.keyType) !== keyType) return undefined;
  if (curve !== undefined && decoded.get(label.curve) !== curve.id) return undefined;
  const text = (name: keyof typeof label) => {
    const bytes = decoded.get(label[name]);
    return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64url') : '';
  };
  const members: Record<number, JsonWebKey> = {
    [coseKeyTypes.okp]: { kty: 'OKP', crv: curve?.name, x: text('x') },
    [coseKeyTypes.ec2]: { kty: 'EC', crv: curve?.name, x: text('x'), y: text('y') },
    [coseKeyTypes.rsa]: { kty: 'RSA', n: text('modulus'), e: text('exponent') },
  };
  return members[keyType];
}
