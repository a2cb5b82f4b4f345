import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets are equal, in a time that depends on neither: both are hashed first, so that
 * unequal lengths compare over digests of one length too (S-12).
 */
export function equalSecrets(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(value: string): Buffer {
  return hash('sha256', value, 'buffer');
}
