import { button, element } from '../dom.js';
import { hostOf } from '../format.js';
import { canInstall, install } from '../install.js';
import { askForNotifications, connectPush, notificationState } from '../notifications.js';
import { picture } from '../pictures.js';
import { clockError } from '../serverClock.js';
import { announce } from '../stage.js';
import { isUpdateReady, useUpdate } from '../updates.js';
import { text } from '../words.js';

/** @typedef {import('../app.js').App} App */

const notableErrorMs = 20_000;

/**
 * What the person might do for the app to work better here, most needed first.
 * @param {App} app
 * @returns {HTMLElement[]}
 */
export function offerList(app) {
  return [updateOffer(), clockWarning(app), notificationOffer(app), installOffer()].filter(
    (offer) => offer !== undefined,
  );
}

/**
 * Whether this device is woken for requests, and how it can be.
 * @param {App} app
 */
export function notificationOffer(app) {
  if (app.deviceAccounts.length === 0) return undefined;
  const state = notificationState();
  if (state === 'denied') return offer('bell', text('notifyDenied'));
  if (state === 'unsupported') return offer('bell', text('notifyUnsupported'));
  if (state === 'on') {
    const lost = app.deviceAccounts.find(
      ({ device }) => device.pushEndpoint === undefined && !device.isRefused,
    );
    return lost && offer('bell', text('notifyFailed', { host: hostOf(lost.device.baseUrl) }));
  }
  const switchOn = button({ class: 'tool' }, [text('notifyButton')], async () => {
    if ((await askForNotifications()) === 'on') {
      await connectAll(app);
      announce(text('notifyOn'));
    }
    app.changed();
  });
  return offer('bell', text('notifyOff'), switchOn);
}

/**
 * Sees to it that every server can wake this device, where notifications are on.
 * @param {App} app
 */
export async function connectAll(app) {
  for (const account of app.deviceAccounts) await connectPush(account);
  await app.reload();
}

function updateOffer() {
  if (!isUpdateReady()) return undefined;
  return offer('update', text('updateText'), button({ class: 'tool' }, [text('updateButton')], useUpdate));
}

/** @param {App} app */
function clockWarning(app) {
  const error = clockError();
  if (error < notableErrorMs || !app.accounts.some(({ codes }) => codes)) return undefined;
  return offer('warning', text('clockOff', { minutes: Math.max(1, Math.round(error / 60_000)) }));
}

/** The browser's own question whether to install, behind a button. */
export function installOffer() {
  if (!canInstall()) return undefined;
  return offer('install', text('installText'), button({ class: 'tool' }, [text('installButton')], install));
}

/**
 * @param {import('../pictures.js').PictureName} name
 * @param {string} words
 * @param {HTMLElement} [act]
 */
function offer(name, words, act) {
  return element('section', { class: 'offer' }, picture(name), element('p', {}, words), act);
}
