import { expect, it } from 'vitest';
import { numberedName } from './methodName.ts';

it.each([
  [[], 'Key'],
  [['Key'], 'Key 2'],
  [['Key', 'Key 2'], 'Key 3'],
  [['Key 2'], 'Key'],
])('beside %j a key is called %s', (taken, name) => {
  expect(numberedName('Key', taken)).toBe(name);
});

it('the number finds its place in the longest name too', () => {
  const long = 'x'.repeat(50);
  expect(numberedName(long, [long])).toBe(`${'x'.repeat(48)} 2`);
});
