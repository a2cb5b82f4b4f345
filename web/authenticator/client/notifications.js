import { readDevice } from './guardianApi.js';
import { pushScopeOf } from './pushScope.js';
import { subscribe, tellServer } from './pushSubscription.js';

/** @typedef {import('./store.js').DeviceAccount} DeviceAccount */
/** @typedef {'unsupported' | 'off' | 'denied' | 'on'} NotificationState */

const workerPath = '/authenticator/pushWorker.js';

/**
 * Whether this browser may wake the person. iPhones and iPads can once the app is on the home screen.
 * @returns {NotificationState}
 */
export function notificationState() {
  const isAble = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
  if (!isAble) return 'unsupported';
  if (Notification.permission === 'granted') return 'on';
  return Notification.permission === 'denied' ? 'denied' : 'off';
}

/**
 * Asks the person. Call it from a press of a button.
 * @returns {Promise<NotificationState>}
 */
export async function askForNotifications() {
  await Notification.requestPermission();
  return notificationState();
}

/**
 * The subscription to a server's pushes where notifications are on; undefined where they aren't, or where the
 * browser's push service or the server can't.
 * @param {string} baseUrl
 * @returns {Promise<PushSubscription | undefined>}
 */
export async function subscriptionFor(baseUrl) {
  if (notificationState() !== 'on') return undefined;
  try {
    return await subscribe(await registrationFor(baseUrl), baseUrl);
  } catch {
    // The app goes on without: it looks for requests by itself while it is open.
    return undefined;
  }
}

/**
 * Sees to it that an account's server can wake this device, where notifications are on. Where it says that
 * the push service turned it away, it gets another address.
 * @param {DeviceAccount} account
 */
export async function connectPush(account) {
  if (notificationState() !== 'on') return;
  const { device } = account;
  try {
    const { push_credentials: told, unreachable } = await readDevice(device);
    if (unreachable !== undefined) await endSubscription(device.baseUrl);
    const subscription = await subscriptionFor(device.baseUrl);
    const isKnown = told !== undefined && device.pushEndpoint === subscription?.endpoint;
    if (subscription && !(isKnown && unreachable === undefined)) await tellServer(account, subscription);
  } catch {
    // Tried again at the next start; until then the app looks by itself while it is open.
  }
}

/** @param {string} baseUrl */
async function endSubscription(baseUrl) {
  const registration = await findRegistration(baseUrl);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/**
 * Gives up a server's pushes, when its last account is gone.
 * @param {string} baseUrl
 */
export async function disconnectPush(baseUrl) {
  const registration = await findRegistration(baseUrl);
  await registration?.unregister();
}

/**
 * Takes away the notification of an account's request.
 * @param {DeviceAccount} account
 */
export async function closeNotification({ key, device }) {
  const registration = await findRegistration(device.baseUrl);
  for (const shown of (await registration?.getNotifications({ tag: key })) ?? []) shown.close();
}

/** @param {string} baseUrl */
async function findRegistration(baseUrl) {
  if (!('serviceWorker' in navigator)) return undefined;
  const scope = await pushScopeOf(baseUrl);
  const registrations = await navigator.serviceWorker.getRegistrations();
  return registrations.find((registration) => new URL(registration.scope).pathname === scope);
}

/** @param {string} baseUrl */
async function registrationFor(baseUrl) {
  const registration = await navigator.serviceWorker.register(workerPath, {
    scope: await pushScopeOf(baseUrl),
    type: 'module',
    updateViaCache: 'none',
  });
  await activated(registration);
  return registration;
}

/** @param {ServiceWorkerRegistration} registration @returns {Promise<void>} */
function activated(registration) {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker?.state === 'activated') resolve();
      if (worker?.state === 'redundant') reject(new Error('The worker for pushes did not start.'));
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}
