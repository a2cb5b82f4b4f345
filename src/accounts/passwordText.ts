/** Characters. NIST SP 800-63B asks for eight at least where a second factor can be demanded. */
export const shortestPassword = 8;

/** Characters. More than any passphrase, few enough to hash at once. */
export const longestPassword = 256;

/**
 * The form of a password that is hashed, whatever keyboard typed it: Unicode NFKC (NIST SP 800-63B).
 * Nothing else is changed, spaces included.
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}
