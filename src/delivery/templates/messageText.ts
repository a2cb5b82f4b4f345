import type { WordedMessage } from '../channel.ts';
import { smsSegments } from './smsSegments.ts';

/** A message as lines for a person: what is written or said, with what it costs or how long it waits. */
export function messageText(message: WordedMessage): string {
  if ('phrases' in message) {
    const lines = message.phrases.map(({ text, pauseAfterSeconds = 0 }) =>
      pauseAfterSeconds === 0 ? text : `${text} (${pauseAfterSeconds} s)`,
    );
    return [...lines, '', `Spoken in ${message.language}`].join('\n');
  }
  if ('subject' in message) {
    const { from, subject, text } = message;
    return `${from === undefined ? '' : `From: ${from}\n`}Subject: ${subject}\n\n${text.trimEnd()}`;
  }
  return `${message.text}\n\n${segmentText(message.text)}`;
}

/** `1 part, 88 characters of GSM-7`. */
export function segmentText(text: string): string {
  const { segments, units, encoding } = smsSegments(text);
  return `${segments} ${segments === 1 ? 'part' : 'parts'}, ${units} characters of ${encoding}`;
}
