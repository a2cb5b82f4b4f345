import { domainToASCII } from 'node:url';

const longestAddress = 254;
const longestLocalPart = 64;
const atom = "[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+";
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`, 'u');
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling of an e-mail address that accounts, limits and messages use: without surrounding
 * spaces, Unicode NFKC, lower case, an international domain as punycode (S-21). Messages go to this
 * spelling only, never to what a stranger typed, so that two addresses that fold to one can't steal
 * each other's links.
 *
 * @returns undefined when the text is not one plain address (RFC 5321 dot-string at a domain name);
 * quoted local parts and address literals are not accepted.
 */
export function canonicalEmail(text: string): string | undefined {
  if (text.length > 4 * longestAddress) return undefined;
  const folded = foldIdentifier(text);
  const at = folded.lastIndexOf('@');
  const local = folded.slice(0, at);
  const domain = domainToASCII(folded.slice(at + 1));
  if (at < 1 || !localPart.test(local) || !domainName.test(domain)) return undefined;
  if (Buffer.byteLength(local) > longestLocalPart || local.length + domain.length >= longestAddress)
    return undefined;
  return `${local}@${domain}`;
}

/** What a limit counts a typed identifier under: the canonical address, or the folded text when it is none. */
export function canonicalIdentifier(text: string): string {
  return canonicalEmail(text) ?? foldIdentifier(text);
}

function foldIdentifier(text: string): string {
  // Lower case can undo the normal form (İ), so it is restored afterwards.
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}
