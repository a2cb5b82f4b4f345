/** How far each server's clock is ahead of this device's, ms. @type {Map<string, number>} */
const ahead = new Map();

/** Less is the way there and back, and the rounding of the header. */
const notableMs = 5000;

/**
 * Learns a server's time from the `Date` of its answer. A browser shows it of our own server, and of others
 * only where they allow it.
 * @param {string} baseUrl
 * @param {string | null} date RFC 9110 §6.6.1
 */
export function tellServerTime(baseUrl, date) {
  const told = Date.parse(date ?? '');
  if (Number.isNaN(told)) return;
  const difference = told - Date.now();
  ahead.set(baseUrl, Math.abs(difference) < notableMs ? 0 : difference);
}

/**
 * The time by a server's clock, as far as it is known; a phone that is wrong can answer all the same.
 * @param {string} baseUrl
 * @returns {number} epoch ms
 */
export function serverNow(baseUrl) {
  return Date.now() + (ahead.get(baseUrl) ?? 0);
}

/**
 * How far this device's clock is off, ms, by the server that is known to differ most.
 */
export function clockError() {
  return Math.max(0, ...[...ahead.values()].map(Math.abs));
}
