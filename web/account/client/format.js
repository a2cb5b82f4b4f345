import { text } from './words.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago, in the words of the language: `just now`, `3 hours ago`, `yesterday`; a date when it is longer.
 * @param {number} at epoch ms
 * @param {number} now epoch ms
 * @param {string} locale
 */
export function timeAgo(at, now, locale) {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (seconds < minute) return text('justNow');
  if (seconds < hour) return words.format(-Math.floor(seconds / minute), 'minute');
  if (seconds < day) return words.format(-Math.floor(seconds / hour), 'hour');
  if (seconds < 30 * day) return words.format(-Math.floor(seconds / day), 'day');
  return dayOf(at, locale);
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
 * A day and the time: `21 November 2026 at 14:02`.
 * @param {number} at epoch ms
 * @param {string} locale
 */
export function momentOf(at, locale) {
  return new Date(at).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' });
}

/**
 * A code or key in groups of four, which are easier to read and to copy by hand.
 * @param {string} code
 */
export function inGroups(code) {
  return (code.match(/.{1,4}/g) ?? []).join(' ');
}
