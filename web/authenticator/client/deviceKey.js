import { base64url } from './base64url.js';

/**
 * A key pair for one account: ES256. The private half can sign, and can be read by nobody, this app included.
 * @returns {Promise<{ signingKey: CryptoKey, publicJwk: Record<string, string> }>}
 */
export async function makeDeviceKey() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  // Uncompressed point: 0x04, x, y.
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return {
    signingKey: privateKey,
    publicJwk: {
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      use: 'sig',
      x: base64url(point.slice(1, 33)),
      y: base64url(point.slice(33)),
    },
  };
}
