/** An hour: a code is dead long before, and a provider's slip must not silence it for days. */
const longestSeconds = 3600;

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3): seconds, or a date.
 *
 * @returns whole seconds from 0 to 3600, or undefined when there is none to read.
 */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(longestSeconds, Math.max(0, seconds));
}
