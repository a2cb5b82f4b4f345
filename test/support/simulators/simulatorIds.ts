import { randomBytes } from 'node:crypto';

/** A vendor's id: a prefix and 32 hex digits, or other bytes. */
export function simulatorId(prefix: string, bytes = 16): string {
  return prefix + randomBytes(bytes).toString('hex');
}
