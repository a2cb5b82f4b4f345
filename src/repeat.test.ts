import { expect, it } from 'vitest';
import { repeat } from './repeat.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('runs again and again, never twice at once, and through faults', async () => {
  let [running, most, runs] = [0, 0, 0];
  const faults: unknown[] = [];
  const repetition = repeat(
    5,
    async () => {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      await pause(20);
      running -= 1;
      if (runs === 1) throw new Error('first');
    },
    (fault) => faults.push(fault),
  );
  await expect.poll(() => runs).toBeGreaterThan(2);
  await repetition.stop();
  expect(running).toBe(0);
  const atStop = runs;
  await pause(30);
  expect(runs).toBe(atStop);
  expect(most).toBe(1);
  expect(faults).toEqual([new Error('first')]);
});
