import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { randomBytes } from './random.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM: `iv | ciphertext | tag` as base64url. `context` is authenticated, not stored: text moved
 * to another row or column no longer opens (S-103).
 */
export function seal(key: KeyObject, plaintext: string, context: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(context));
  const ciphertext = cipher.update(plaintext, 'utf8');
  // GCM holds nothing back for the end: this only makes the tag.
  cipher.final();
  return Buffer.concat([iv, ciphertext, cipher.getAuthTag()]).toString('base64url');
}

/** @throws when the key or context differ, or anything was altered. */
export function unseal(key: KeyObject, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-tagBytes));
  const plaintext = decipher.update(bytes.subarray(ivBytes, -tagBytes));
  // Judges the tag, and throws before anything is given out.
  decipher.final();
  return plaintext.toString('utf8');
}
