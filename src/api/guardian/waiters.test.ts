import { expect, it } from 'vitest';
import { Waiters } from './waiters.ts';

it('gives one owner two places, the latest, and counts who leaves once', () => {
  const waiters = new Waiters();
  const [first, second, third] = ['dev_a', 'dev_a', 'dev_a'].map((owner) => waiters.enter(owner));
  expect([first, second, third].map((seat) => seat?.signal.aborted)).toEqual([true, false, false]);
  expect(waiters.count).toBe(2);
  first?.leave();
  second?.leave();
  second?.leave();
  expect(waiters.count).toBe(1);
  third?.leave();
  expect(waiters.count).toBe(0);
});

it('has no place left when all are taken, but for who gives up an own one', () => {
  const waiters = new Waiters(2);
  const [first] = [waiters.enter('dev_a'), waiters.enter('dev_a')];
  expect(waiters.enter('dev_b')).toBeUndefined();
  expect(waiters.enter('dev_a')).toBeDefined();
  expect(first?.signal.aborted).toBe(true);
});

it('ends all who wait when it closes, and who comes after', () => {
  const waiters = new Waiters();
  const seats = ['dev_a', 'dev_b', 'dev_b'].map((owner) => waiters.enter(owner));
  waiters.close();
  expect(seats.map((seat) => seat?.signal.aborted)).toEqual([true, true, true]);
  expect(waiters.count).toBe(0);
  expect(waiters.enter('dev_c')?.signal.aborted).toBe(true);
});
