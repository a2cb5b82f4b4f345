import { expect, it } from 'vitest';
import { drawChoices, drawNumber } from './numbers.ts';

const draws = 20_000;

it('S-49 a number has two digits, and each is as likely as another', () => {
  const counts = new Map<string, number>();
  for (let draw = 0; draw < draws; draw += 1) {
    const number = drawNumber();
    expect(number).toMatch(/^[1-9][0-9]$/);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  expect(counts.size).toBe(90);
  // Twelve standard deviations: 222 ± 180 would be far beyond any honest run.
  for (const count of counts.values()) expect(Math.abs(count - draws / 90)).toBeLessThan(180);
});

it('S-49 the right one stands at every place among the choices, which are distinct', () => {
  const places = [0, 0, 0];
  for (let draw = 0; draw < 3000; draw += 1) {
    const { number, choices } = drawChoices();
    expect(new Set(choices).size).toBe(3);
    places[choices.indexOf(number)] = (places[choices.indexOf(number)] ?? 0) + 1;
  }
  for (const count of places) expect(count).toBeGreaterThan(800);
});
