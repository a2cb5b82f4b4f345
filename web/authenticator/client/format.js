/**
 * A code in groups that people read: `123 456`, `1234 5678`.
 * @param {string} code
 */
export function groupCode(code) {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}

/**
 * Time left as a watch shows it: `1:07`; never below zero.
 * @param {number} ms
 */
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * When something happened: `14:02`, with the day when it was another one.
 * @param {number} at epoch ms
 * @param {number} now epoch ms
 * @param {string} locale
 */
export function clockTime(at, now, locale) {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Date(at).toLocaleString(locale, {
    timeStyle: 'short',
    ...(isToday ? {} : { dateStyle: 'medium' }),
  });
}

/**
 * How long ago: `12 seconds ago`, `2 minutes ago`, in the words of the language.
 * @param {number} at epoch ms
 * @param {number} now epoch ms
 * @param {string} locale
 */
export function timeAgo(at, now, locale) {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (seconds < 60) return words.format(-seconds, 'second');
  if (seconds < 60 * 60) return words.format(-Math.floor(seconds / 60), 'minute');
  return words.format(-Math.floor(seconds / 3600), 'hour');
}

/**
 * A day: `21 November 2026`.
 * @param {number} at epoch ms
 * @param {string} locale
 */
export function dayOf(at, locale) {
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'long' });
}

/**
 * The host of a server, with its port where that is told.
 * @param {string} baseUrl
 */
export function hostOf(baseUrl) {
  return new URL(baseUrl).host;
}
