import { element } from '../dom.js';
import { clockTime, countdown, timeAgo } from '../format.js';
import { ring } from '../pictures.js';
import { serverNow } from '../serverClock.js';
import { announce } from '../stage.js';
import { currentLocale, text } from '../words.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../app.js').Asked} Asked */

const announceAtMs = 30_000;

/**
 * The time left to answer. When it is over, so is the request.
 * @param {App} app
 * @param {Asked} asked
 * @param {AbortSignal} signal ends it
 */
export function expiryClock(app, asked, signal) {
  const { account, request } = asked;
  const expiresAt = Date.parse(request.expires_at);
  const leftMs = () => expiresAt - serverNow(account.device.baseUrl);
  const shown = element('span', { 'aria-hidden': 'true' });
  const spoken = element('span', { class: 'unseen' }, text('timeLeft', { time: countdown(leftMs()) }));
  const clock = element('span', { class: 'countdown' }, shown, spoken);
  clock.append(ring({ totalMs: expiresAt - Date.parse(request.created_at), leftMs: leftMs() }));
  let isAnnounced = leftMs() <= announceAtMs;
  everySecond(signal, () => {
    shown.textContent = countdown(leftMs());
    const isShort = leftMs() <= announceAtMs;
    clock.classList.toggle('is-short', isShort);
    if (isShort && !isAnnounced) announce(text('halfMinuteLeft'));
    isAnnounced ||= isShort;
    if (leftMs() <= 0) app.end(asked, 'expired');
  });
  return clock;
}

/**
 * How long ago it was asked, and when.
 * @param {Asked} asked
 * @param {AbortSignal} signal ends it
 */
export function timeSince({ account, request }, signal) {
  const createdAt = Date.parse(request.created_at);
  const ago = element('span');
  everySecond(signal, () => {
    ago.textContent = timeAgo(createdAt, serverNow(account.device.baseUrl), currentLocale());
  });
  return element('span', {}, ago, ` (${clockTime(createdAt, Date.now(), currentLocale())})`);
}

/** @param {AbortSignal} signal @param {() => void} act once now, and from then on */
function everySecond(signal, act) {
  const timer = setInterval(act, 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
  act();
}
