import { readDevice } from './guardianApi.js';
import { changeDevice } from './store.js';

/** @typedef {import('./app.js').App} App */

const lookEveryMs = 2000;
/** No server waits longer for a person to go on. */
const lookForMs = 10 * 60_000;

/**
 * Looks until the person has gone on in the browser where they began, which confirms the account.
 * @param {App} app
 * @param {string} key of the account
 * @param {AbortSignal} signal
 */
export async function waitForConfirmation(app, key, signal) {
  const until = Date.now() + lookForMs;
  while (!signal.aborted && Date.now() < until && !(await checkConfirmation(app, key))) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/**
 * @param {App} app
 * @param {string} key
 * @returns {Promise<boolean>} whether there is nothing more to look for
 */
async function checkConfirmation(app, key) {
  const device = app.find(key)?.device;
  if (!device || device.isConfirmed || device.isRefused) return true;
  const answer = await readDevice(device).catch(() => undefined);
  if (!answer?.is_confirmed) return false;
  device.isConfirmed = true;
  await changeDevice(key, { isConfirmed: true });
  app.changed();
  return true;
}
