import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** COSE algorithms that software authenticators sign with. */
export const softAlgorithms = { es256: -7, edDsa: -8, rs256: -257 } as const;

/** A key pair for one of the algorithms. */
export function makeKeyPair(algorithm: number): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === softAlgorithms.es256) return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (algorithm === softAlgorithms.edDsa) return generateKeyPairSync('ed25519');
  if (algorithm === softAlgorithms.rs256) return generateKeyPairSync('rsa', { modulusLength: 2048 });
  throw new Error(`There are no soft keys for algorithm ${algorithm}.`);
}

/** Signs as an authenticator with this key does. */
export function signWith(privateKey: KeyObject, bytes: Buffer): Buffer {
  return sign(privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, privateKey);
}

/** The COSE key that belongs to a private key. */
export function coseKeyOf(privateKey: KeyObject, algorithm: number): Map<number, number | Uint8Array> {
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const bytes = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? '', 'base64url'));
  if (jwk.kty === 'EC') {
    return new Map<number, number | Uint8Array>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, bytes(jwk.x)],
      [-3, bytes(jwk.y)],
    ]);
  }
  if (jwk.kty === 'OKP') {
    return new Map<number, number | Uint8Array>([
      [1, 1],
      [3, algorithm],
      [-1, 6],
      [-2, bytes(jwk.x)],
    ]);
  }
  return new Map<number, number | Uint8Array>([
    [1, 3],
    [3, algorithm],
    [-1, bytes(jwk.n)],
    [-2, bytes(jwk.e)],
  ]);
}
