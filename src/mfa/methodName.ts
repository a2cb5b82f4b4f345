/** The longest name of a method, in characters as people count them. */
export const longestMethodName = 50;

/**
 * Controls, and what is not seen or turns the direction of what follows: a name is a line of plain text. Joiners
 * stay, which letters and pictures are made of.
 */
const unwanted = /[\p{Cc}\u115F\u1160\u3164\uFFA0]|(?![\u200C\u200D])\p{Cf}/gu;
/** Something that a person sees. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A name as it is kept, of any length: one line, composed characters, single spaces; empty where nothing is left. */
export function plainMethodName(text: string): string {
  const line = text.normalize('NFC').replace(unwanted, ' ').replace(/\s+/gu, ' ').trim();
  return visible.test(line) ? line : '';
}

/** What of a plain name there is room for. */
export function cutMethodName(name: string, room = longestMethodName): string {
  return [...name].slice(0, room).join('').trimEnd();
}

/** A name that a person typed, as it is kept. */
export function readMethodName(typed: string): { name: string } | { fault: 'too_short' | 'too_long' } {
  const name = plainMethodName(typed);
  if (name === '') return { fault: 'too_short' };
  return [...name].length > longestMethodName ? { fault: 'too_long' } : { name };
}
