import type { WordedChannel } from './channel.ts';

/** What logs may show of a recipient (S-105): a number's last four digits, an address's first letter and domain. */
export function maskRecipient(channel: WordedChannel, to: string): string {
  if (channel !== 'email') return maskNumber(to);
  const at = to.lastIndexOf('@');
  return `${to.slice(0, 1)}***${to.slice(at)}`;
}

/** What may be shown of a number: its last four digits, an `X` for whatever is before. */
export function maskNumber(number: string): string {
  return number.slice(-4).padStart(number.length, 'X');
}
