import { base64url } from './base64url.js';

/**
 * Signs claims by this device's key: a JWT with ES256 (RFC 7515, 7518 §3.4).
 * @param {CryptoKey} key
 * @param {Record<string, unknown>} claims
 */
export async function signJwt(key, claims) {
  const signed = [{ alg: 'ES256', typ: 'JWT' }, claims]
    .map((part) => base64url(new TextEncoder().encode(JSON.stringify(part))))
    .join('.');
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(signed));
  return `${signed}.${base64url(signature)}`;
}
