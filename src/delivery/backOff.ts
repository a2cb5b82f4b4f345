/** Waiting time before the second, third, … try, seconds. Somebody waits for a code; news may be late. */
const waits = {
  code: [1, 2, 5, 10, 20, 30],
  other: [5, 30, 120, 600, 1800, 3600, 7200, 14_400],
} as const;

/**
 * When to try again after so many tries, epoch milliseconds; undefined when it was the last. A code is tried
 * for as long as it is alive.
 */
export function nextAttemptAt(
  kind: keyof typeof waits,
  attempts: number,
  now: number,
  leastWaitSeconds = 0,
): number | undefined {
  const wait = waits[kind][attempts - 1] ?? (kind === 'code' ? waits.code.at(-1) : undefined);
  return wait === undefined ? undefined : now + Math.max(wait, leastWaitSeconds) * 1000;
}
