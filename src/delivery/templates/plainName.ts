const longestName = 60;

/**
 * A name of a tenant, application or person as it may stand in a message of ours (S-95): one line of at
 * most `longest` characters, without control characters and marks that turn text round. What telephones
 * and mail programs would make a link of is broken up: addresses of the web and of e-mail by a space,
 * rows of digits after the fourth, since five and more could be called, or be taken for the code.
 */
export function plainName(name: string, longest: number = longestName): string {
  const line = name
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/:?[/\\]{2,}/g, ' ')
    .replace(/([\p{L}\p{N}_-])([.．。｡․])(?=[\p{L}\p{N}_-]{2}|\p{Nd}[.．。｡․/:?#]\S)/gu, '$1$2 ')
    .replace(/@(?=[\p{L}\p{N}])/gu, '@ ')
    .replace(/\p{Nd}(?:[\s().+/-]*\p{Nd}){4,}/gu, firstDigits)
    .replace(/\s+/g, ' ')
    .trim();
  return [...line].slice(0, longest).join('').trimEnd();
}

/** Any other value of one line: it may be an address, and is of bounded length. */
export function oneLine(value: string, longest = 200): string {
  return value
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, longest);
}

function firstDigits(row: string): string {
  return (row.match(/\p{Nd}/gu) ?? []).slice(0, 4).join('');
}
