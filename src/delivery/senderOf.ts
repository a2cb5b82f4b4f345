import { addressPattern } from './recipient.ts';

/** A name and an address, as mailboxes are written (RFC 5322, section 3.4); `name` is empty when there is none. */
export interface Mailbox {
  name: string;
  address: string;
}

const name = '[^<>@\\p{C}\\p{Zl}\\p{Zp}]+';

/**
 * `Example <login@example.com>` or `login@example.com`; nothing else, such as several addresses or a control
 * character (S-95). The source of a regular expression with the flag `u`.
 */
export const senderPattern = `^(?:(${name}) <(${addressPattern})>|(${addressPattern}))$`;

const form = new RegExp(senderPattern, 'u');

/** Takes what `senderPattern` describes apart, a name without quotes around it; undefined for anything else. */
export function senderOf(from: string): Mailbox | undefined {
  const [, named, inBrackets, bare] = form.exec(from) ?? [];
  const address = inBrackets ?? bare;
  if (address === undefined) return undefined;
  return { name: (named ?? '').trim().replace(/^"([^"\\]*)"$/, '$1'), address };
}
