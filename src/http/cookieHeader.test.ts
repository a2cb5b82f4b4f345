import { expect, it } from 'vitest';
import { readCookie } from './cookieHeader.ts';

it('reads a cookie by its exact name, the first of several', () => {
  expect(readCookie('a=1; ab=2; a=3', 'a')).toBe('1');
  expect(readCookie('xa=1', 'a')).toBeUndefined();
  expect(readCookie(undefined, 'a')).toBeUndefined();
  expect(readCookie('a=b=c', 'a')).toBe('b=c');
});
