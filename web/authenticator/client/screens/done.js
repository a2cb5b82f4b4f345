import { codeButton } from '../codeButton.js';
import { element } from '../dom.js';
import { readDevice } from '../guardianApi.js';
import { mark } from '../pictures.js';
import { changeDevice } from '../store.js';
import { text } from '../words.js';
import { notificationOffer } from './offers.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../store.js').Account} Account */

const lookEveryMs = 2000;
const lookForMs = 10 * 60_000;

/**
 * The account was added. A server's is confirmed once the person has gone on in the other browser.
 * @param {App} app
 * @param {Account} account
 * @param {AbortSignal} signal
 * @returns {import('../stage.js').Screen}
 */
export function doneScreen(app, account, signal) {
  const { device, codes } = account;
  const words = element('p', { class: 'lead', role: 'status' });
  const seal = element('div', { class: 'seal' }, mark());
  const offers = element('div', { class: 'offers' });
  const update = () => {
    const offer = device && notificationOffer(app);
    offers.replaceChildren(...(offer ? [offer] : []));
    const isWaiting = app.find(account.key)?.device?.isConfirmed === false;
    seal.className = isWaiting ? 'seal is-waiting' : 'seal is-joined';
    const said = !device ? text('codesText') : text(isWaiting ? 'doneWaiting' : 'doneConfirmed');
    if (words.textContent !== said) words.textContent = said;
  };
  update();
  if (device) void waitForConfirmation(app, account, signal);
  return {
    title: text(device ? 'doneTitle' : 'codesTitle'),
    brand: account.issuer,
    className: 'is-outcome',
    content: [
      seal,
      words,
      ...(codes && !device ? [codeButton({ ...account, codes }, signal)] : []),
      offers,
      element('a', { class: 'primary', href: '#' }, text('close')),
    ],
    update,
  };
}

/** @param {App} app @param {Account} account @param {AbortSignal} signal */
async function waitForConfirmation(app, { key }, signal) {
  const until = Date.now() + lookForMs;
  while (!signal.aborted && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    if (!signal.aborted && (await checkConfirmation(app, key))) return;
  }
}

/**
 * Looks whether an account was confirmed by now, and notes it.
 * @param {App} app
 * @param {string} key
 * @returns {Promise<boolean>}
 */
export async function checkConfirmation(app, key) {
  const device = app.find(key)?.device;
  if (!device || device.isConfirmed) return true;
  const answer = await readDevice(device).catch(() => undefined);
  if (!answer?.is_confirmed) return false;
  device.isConfirmed = true;
  await changeDevice(key, { isConfirmed: true });
  app.changed();
  return true;
}
