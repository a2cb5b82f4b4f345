/** How many characters of either side of the @ may be shown. */
const shown = 4;

/**
 * What may be shown of an address: the first four characters of the mailbox and of the domain, a star for
 * each one after them. A side that would be shown whole is all stars: `****@exam*******`.
 */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return `${maskSide(address.slice(0, at))}@${maskSide(address.slice(at + 1))}`;
}

function maskSide(side: string): string {
  const characters = Array.from(side);
  const visible = characters.length > shown ? characters.slice(0, shown) : [];
  return visible.join('') + '*'.repeat(characters.length - visible.length);
}
