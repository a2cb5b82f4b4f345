import { describe, expect, it } from 'vitest';
import { longestMethodName, readMethodName } from './methodName.ts';

describe('the name of a method', () => {
  it.each([
    ['  Blue   key ', 'Blue key'],
    ['Blue\r\nkey\t1', 'Blue key 1'],
    ['Key\u202Eevil', 'Key evil'],
    ['<b>Blue</b>', '<b>Blue</b>'],
    ['Schlu\u0308ssel', 'Schlüssel'],
    ['🔑'.repeat(longestMethodName), '🔑'.repeat(longestMethodName)],
  ])('is a line of plain text: %j', (typed, name) => {
    expect(readMethodName(typed)).toEqual({ name });
  });

  it.each(['', '   ', '\n\u0000', '\u202E'])('is something: %j', (typed) => {
    expect(readMethodName(typed)).toEqual({ fault: 'too_short' });
  });

  it('is not longer than people can take in', () => {
    expect(readMethodName('k'.repeat(longestMethodName + 1))).toEqual({ fault: 'too_long' });
  });
});
