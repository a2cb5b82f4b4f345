import { randomBytes, randomInt } from 'node:crypto';

/** A bearer secret: `bytes` random bytes (32 by default, 256 bits) as base64url. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** A code of decimal digits, each equally likely, leading zeros kept. */
export function randomDigits(length: number): string {
  return randomString('0123456789', length);
}

/** `length` characters drawn from `alphabet` without modulo bias (`crypto.randomInt` rejects and redraws). */
export function randomString(alphabet: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += alphabet[randomInt(alphabet.length)];
  return text;
}
