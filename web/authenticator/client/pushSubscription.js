import { base64url } from './base64url.js';
import { readPushKey, updateDevice } from './guardianApi.js';
import { changeDevice } from './store.js';

/**
 * Subscribes to a server's pushes, anew when the server has another key by now.
 * @param {ServiceWorkerRegistration} registration of that server's scope
 * @param {string} baseUrl
 * @returns {Promise<PushSubscription>}
 */
export async function subscribe(registration, baseUrl) {
  const key = await readPushKey(baseUrl);
  const known = await registration.pushManager.getSubscription();
  const knownKey = known?.options.applicationServerKey;
  if (known && knownKey && base64url(knownKey) === key.replace(/=+$/, '')) return known;
  await known?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/**
 * A subscription as servers take it (RFC 8291).
 * @param {PushSubscription} subscription
 * @returns {import('./guardianApi.js').PushCredentials}
 */
export function credentialsOf(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return { service: 'WEBPUSH', token: JSON.stringify({ endpoint, keys }) };
}

/**
 * Tells the server where it may wake this device.
 * @param {import('./store.js').DeviceAccount} account
 * @param {PushSubscription} subscription
 */
export async function tellServer({ key, device }, subscription) {
  await updateDevice(device, { push_credentials: credentialsOf(subscription) });
  await changeDevice(key, { pushEndpoint: subscription.endpoint });
}
