import { codeButton } from '../codeButton.js';
import { waitForConfirmation } from '../confirmation.js';
import { element } from '../dom.js';
import { mark } from '../pictures.js';
import { text } from '../words.js';
import { notificationOffer } from './offers.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../store.js').Account} Account */

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
  if (device) void waitForConfirmation(app, account.key, signal);
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
