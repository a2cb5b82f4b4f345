import { randomFillSync, randomInt } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;

/**
 * Random bytes, drawn from the system's generator a pool at a time: a draw of its own costs twenty times as
 * much. What was handed out is wiped from the pool.
 */
export function randomBytes(count: number): Buffer {
  if (count > pool.length) return randomFillSync(Buffer.alloc(count));
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const taken = Buffer.from(pool.subarray(used, used + count));
  pool.fill(0, used, used + count);
  used += count;
  return taken;
}

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
