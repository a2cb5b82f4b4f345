const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Reads RFC 4648 base32 in either case, with or without padding, spaces and hyphens.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer> | undefined} undefined when it is none, or empty
 */
export function readBase32(text) {
  const letters = text.toUpperCase().replace(/[\s-]/g, '').replace(/=+$/, '');
  const bytes = [];
  let buffer = 0;
  let bits = 0;
  for (const letter of letters) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return undefined;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 0xff);
  }
  return bytes.length > 0 ? Uint8Array.from(bytes) : undefined;
}
