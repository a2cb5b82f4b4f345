import type { Phrase } from '../channel.ts';

/** What `{{ pause }}` writes: a character that no value can hold, since values are cleaned of its kind. */
export const pauseMark = '\uE000';

/** How a template of a call sees the code, as Auth0 has it: `1.2.3.4.5.6`. */
export function dottedCode(code: string): string {
  return [...code].join('.');
}

/** What is said in a row, at most; providers take about 4000 characters with their marks. */
const longestSpeech = 2500;
const longestPause = 10;

/**
 * Cuts what a template made into phrases: a pause of a second for each `{{ pause }}`, the code digit by
 * digit. What says the code only once is said twice as a whole, so that it can be written down.
 *
 * @throws Error when the code isn't in it, RangeError when it is too long to be said.
 */
export function toPhrases(speech: string, code: string): Phrase[] {
  const dotted = dottedCode(code);
  const times = speech.split(dotted).length - 1;
  if (times === 0) throw new Error('the call lacks its code: {{ code }}');
  const once = cut(speech, (text) => text.replaceAll(dotted, [...code].join(' ')));
  const phrases = times > 1 ? once : [...withPauseAtEnd(once), ...once];
  const length = phrases.reduce((sum, { text }) => sum + text.length, 0);
  if (length > longestSpeech) throw new RangeError(`longer than ${longestSpeech} characters when spoken`);
  return phrases;
}

function cut(speech: string, spelled: (text: string) => string): Phrase[] {
  const phrases: { text: string; pauseAfterSeconds: number }[] = [];
  for (const [place, piece] of speech.split(pauseMark).entries()) {
    const last = phrases.at(-1);
    if (place > 0 && last) last.pauseAfterSeconds = Math.min(longestPause, last.pauseAfterSeconds + 1);
    const text = spelled(plainSpeech(piece));
    // A full stop that stands alone between two pauses is nothing to say.
    if (/[\p{L}\p{N}]/u.test(text)) phrases.push({ text, pauseAfterSeconds: 0 });
  }
  return phrases;
}

function plainSpeech(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}

function withPauseAtEnd(phrases: readonly Phrase[]): Phrase[] {
  return phrases.map((phrase, place) =>
    place === phrases.length - 1 ? { ...phrase, pauseAfterSeconds: 2 } : phrase,
  );
}
