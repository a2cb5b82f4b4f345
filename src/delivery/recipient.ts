import type { WordedChannel } from './channel.ts';

/** E.164 with its plus sign. */
const number = /^\+[1-9]\d{4,14}$/;
/** Without what would make several addresses or a header of it (S-95). */
const part = '[^\\s\\p{C}@,;:<>\\(\\)\\[\\]\\\\"]+';

/** One plain e-mail address, as the source of a regular expression with the flag `u`. */
export const addressPattern = `${part}@${part}`;

const address = new RegExp(`^${addressPattern}$`, 'u');

/** Whether it is what a message of the channel goes to: one number in E.164, or one plain address. */
export function isRecipient(channel: WordedChannel, to: string): boolean {
  return (channel === 'email' ? address : number).test(to);
}

/** @throws RangeError for what is none, without repeating it. */
export function requireRecipient(channel: WordedChannel, to: string): void {
  if (isRecipient(channel, to)) return;
  const expected = channel === 'email' ? 'one plain e-mail address' : 'a number in E.164';
  throw new RangeError(`The recipient of the message must be ${expected}.`);
}
