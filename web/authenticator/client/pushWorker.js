import { cleanText } from './cleanText.js';
import { readRequest } from './guardianApi.js';
import { chooseLanguage } from './languages.js';
import { placeOf } from './place.js';
import { pushScopeOf } from './pushScope.js';
import { subscribe, tellServer } from './pushSubscription.js';
import { readAccounts, readSetting } from './store.js';
import { notificationTexts } from './texts/notifications.js';

// The worker that takes one server's pushes. A push tells which account, and nothing else: what the person
// should see is fetched from the server, by the device's key.

/** @typedef {import('./store.js').DeviceAccount} DeviceAccount */

const worker = /** @type {ServiceWorkerScope} */ (/** @type {unknown} */ (globalThis));
const appPath = '/authenticator/';
const patienceMs = 8000;

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('push', (event) => event.waitUntil(onPush(event.data)));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openApp());
});
worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew()));

/** @param {PushData | null} data */
async function onPush(data) {
  const { dai } = readPush(data);
  const account = (await ownAccounts()).find(({ device }) => device.deviceId === dai);
  if (!account) return;
  const request = await readRequest(account.device, { signal: AbortSignal.timeout(patienceMs) }).catch(
    () => undefined,
  );
  const windows = await openWindows();
  for (const window of windows) window.postMessage({ kind: 'look' });
  // Answered already, by somebody who is looking. Else a browser wants each push to be told of.
  if (request === null && windows.some(({ visibilityState }) => visibilityState === 'visible')) return;
  const wording = wordingOf(account, request, await languageOfPerson());
  await worker.registration.showNotification(...wording);
}

/** @param {PushData | null} data @returns {{ dai?: unknown }} */
function readPush(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {DeviceAccount} account
 * @param {import('./guardianApi.js').WaitingRequest | null | undefined} request null when it is over,
 * undefined when the server can't be reached
 * @param {string} language
 * @returns {[string, NotificationOptions]}
 */
function wordingOf(account, request, language) {
  const texts = notificationTexts(language, cleanText(request?.application) || account.issuer);
  const details = [account.accountName, request ? placeOf(request) : ''].filter(Boolean).join(' · ');
  return [
    request === null ? texts.over : texts.title,
    {
      body: request === null ? details : `${details}\n${texts.open}`,
      icon: '/authenticator/icons/icon-192.png',
      badge: '/authenticator/icons/badge-96.png',
      lang: language,
      tag: account.key,
      silent: request === null,
      ...{ renotify: request !== null, requireInteraction: request !== null },
    },
  ];
}

async function openApp() {
  const [window] = await openWindows();
  window?.postMessage({ kind: 'look' });
  return window ? window.focus() : worker.clients.openWindow(appPath);
}

async function openWindows() {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter(({ url }) => new URL(url).pathname === appPath);
}

/** The push service gave the subscription up: the server learns of the new one. */
async function renew() {
  const accounts = await ownAccounts();
  const [first] = accounts;
  if (!first) return;
  const subscription = await subscribe(worker.registration, first.device.baseUrl);
  for (const account of accounts) await tellServer(account, subscription);
}

/** Those of the server that this worker is for. */
async function ownAccounts() {
  const scope = new URL(worker.registration.scope).pathname;
  const own = [];
  for (const account of await readAccounts()) {
    if (account.device && (await pushScopeOf(account.device.baseUrl)) === scope) {
      own.push(/** @type {DeviceAccount} */ (account));
    }
  }
  return own;
}

async function languageOfPerson() {
  return chooseLanguage([(await readSetting('language')) ?? '', ...navigator.languages]);
}
