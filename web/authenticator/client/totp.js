/** @typedef {import('./otpauthUri.js').CodeParameters & { key: CryptoKey }} Codes */

/**
 * What makes the codes of an account. The secret goes into a key that can't be read again, by no script.
 * @param {Uint8Array<ArrayBuffer>} secret
 * @param {import('./otpauthUri.js').CodeParameters} parameters
 * @returns {Promise<Codes>}
 */
export async function importCodes(secret, { algorithm, digits, periodSeconds }) {
  const hash = `SHA-${algorithm.slice(3)}`;
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign']);
  return { key, algorithm, digits, periodSeconds };
}

/**
 * The code of a moment (RFC 6238).
 * @param {Codes} codes
 * @param {number} now epoch ms
 */
export async function codeAt({ key, digits, periodSeconds }, now) {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(now / 1000 / periodSeconds)));
  const digest = new DataView(await crypto.subtle.sign('HMAC', key, counter));
  const offset = digest.getUint8(digest.byteLength - 1) & 0x0f;
  const number = digest.getUint32(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * How long the code of a moment still counts.
 * @param {{ periodSeconds: number }} codes
 * @param {number} now epoch ms
 * @returns {number} milliseconds, more than zero
 */
export function timeLeft({ periodSeconds }, now) {
  const periodMs = periodSeconds * 1000;
  return periodMs - (now % periodMs);
}
