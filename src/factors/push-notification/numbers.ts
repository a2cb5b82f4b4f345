import { randomInt } from 'node:crypto';

/** Digits of a number: enough that nobody finds it by tapping about, few enough to be read at a glance. */
export const numberLength = 2;

const lowest = 10;
const highest = 99;
const choicesShown = 3;

/** A number for a page to show, each of the ninety equally likely. */
export function drawNumber(): string {
  return String(randomInt(lowest, highest + 1));
}

/** Distinct numbers in the order in which they were drawn, one of which, by chance, is the page's. */
export function drawChoices(): { number: string; choices: readonly string[] } {
  const drawn = new Set<string>();
  while (drawn.size < choicesShown) drawn.add(drawNumber());
  const choices = [...drawn];
  return { number: choices[randomInt(choicesShown)] as string, choices };
}
