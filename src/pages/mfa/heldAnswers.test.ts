import { expect, it } from 'vitest';
import { HeldAnswers } from './heldAnswers.ts';

it('S-54 holds three answers back for one sign-in, and so many in all, whoever asks', () => {
  const held = new HeldAnswers(5);
  const [first, ...others] = ['a', 'a', 'a', 'a', 'b', 'b', 'b'].map((interaction) => held.hold(interaction));
  expect([first, ...others].map(Boolean)).toEqual([true, true, true, false, true, true, false]);
  expect(held.hold('c')).toBeUndefined();
  first?.();
  expect(held.hold('c')).toBeDefined();
  expect(held.hold('c')).toBeUndefined();
});
