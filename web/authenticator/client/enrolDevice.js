import { readBase32 } from './base32.js';
import { cleanText } from './cleanText.js';
import { makeDeviceKey } from './deviceKey.js';
import { enrol } from './guardianApi.js';
import { subscriptionFor } from './notifications.js';
import { readCodeParameters } from './otpauthUri.js';
import { credentialsOf } from './pushSubscription.js';
import { deleteAccount, identifierFor, readAccounts, saveAccount, saveSetting } from './store.js';
import { importCodes } from './totp.js';

/** @typedef {import('./store.js').Account} Account */

/**
 * Sets this device up at a server with a key pair of its own. An account that it takes the place of, because
 * it is the same person's at the same server, goes.
 * @param {import('./otpauthUri.js').DeviceLink} link
 * @param {string} name of this device, for the person to know it by
 * @returns {Promise<Account>}
 */
export async function enrolDevice(link, name) {
  const { baseUrl } = link;
  const [{ signingKey, publicJwk }, identifier, subscription] = await Promise.all([
    makeDeviceKey(),
    identifierFor(baseUrl),
    subscriptionFor(baseUrl),
  ]);
  const push = subscription && credentialsOf(subscription);
  const answer = await enrol(link, { identifier, name, publicJwk, ...(push ? { push } : {}) });
  const codes = await codesOf(answer.totp);
  /** @type {Account} */
  const account = {
    key: crypto.randomUUID(),
    issuer: cleanText(answer.issuer) || link.issuer,
    accountName: cleanText(answer.account_name) || link.account,
    addedAt: Date.now(),
    ...(codes ? { codes } : {}),
    device: {
      ...{ baseUrl, identifier, name, signingKey },
      deviceId: answer.id,
      userId: answer.user_id,
      isConfirmed: false,
      ...(subscription ? { pushEndpoint: subscription.endpoint } : {}),
    },
  };
  await saveAccount(account);
  await forgetPredecessors(account);
  await saveSetting('deviceName', name);
  // What is kept here can't be fetched again: the browser is asked not to clear it when space runs short.
  await navigator.storage?.persist?.().catch(() => false);
  return account;
}

/**
 * Keeps an account that only has codes.
 * @param {import('./otpauthUri.js').CodesLink} link
 * @returns {Promise<Account>}
 */
export async function addCodes({ issuer, account: accountName, secret, ...parameters }) {
  const codes = await importCodes(secret, parameters);
  const account = { key: crypto.randomUUID(), issuer, accountName, addedAt: Date.now(), codes };
  await saveAccount(account);
  await navigator.storage?.persist?.().catch(() => false);
  return account;
}

/** @param {import('./guardianApi.js').EnrolAnswer['totp']} totp */
async function codesOf(totp) {
  const secret = totp && readBase32(totp.secret);
  const parameters = totp && readCodeParameters(totp);
  return secret && parameters ? importCodes(secret, parameters) : undefined;
}

/** @param {Account} account */
async function forgetPredecessors({ key, device }) {
  for (const { key: other, device: otherDevice } of await readAccounts()) {
    const isSame = otherDevice?.baseUrl === device?.baseUrl && otherDevice?.userId === device?.userId;
    if (other !== key && otherDevice && isSame) await deleteAccount(other);
  }
}
