/**
 * `4812.5` euro as people write it.
 * @param {number} cents
 * @param {string} [currency]
 */
export function money(cents, currency = 'EUR') {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(cents / 100);
}

/**
 * The cents of an amount as typed (`12`, `12.50`, `12,5`), or undefined.
 * @param {string} text
 * @returns {number | undefined}
 */
export function readCents(text) {
  const match = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text.trim().replace(/^€\s*/, ''));
  if (!match) return undefined;
  const cents = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return cents > 0 ? cents : undefined;
}

/**
 * A moment in the reader's time zone: `14:02:33`, with the day when it is another one.
 * @param {number} at epoch ms
 * @param {number} now epoch ms
 */
export function clockTime(at, now) {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Date(at).toLocaleString('en-GB', {
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/**
 * The day of a movement: `Today`, `Yesterday`, `21 Nov`.
 * @param {number} at epoch ms
 * @param {number} now epoch ms
 */
export function dayOf(at, now) {
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return 'Today';
  if (day === new Date(now - 24 * 60 * 60 * 1000).toDateString()) return 'Yesterday';
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

/**
 * How far off a moment is: `in 14 minutes`, `2 hours ago`, `just now`.
 * @param {number} at epoch ms
 * @param {number} now epoch ms
 */
export function distance(at, now) {
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) < 10) return 'just now';
  const words = new Intl.RelativeTimeFormat('en');
  if (Math.abs(seconds) < 90) return words.format(seconds, 'second');
  if (Math.abs(seconds) < 90 * 60) return words.format(Math.round(seconds / 60), 'minute');
  if (Math.abs(seconds) < 36 * 3600) return words.format(Math.round(seconds / 3600), 'hour');
  return words.format(Math.round(seconds / 86_400), 'day');
}
