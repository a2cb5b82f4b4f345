import { codeButton } from '../codeButton.js';
import { waitForConfirmation } from '../confirmation.js';
import { element } from '../dom.js';
import { hostOf } from '../format.js';
import { picture } from '../pictures.js';
import { text } from '../words.js';
import { offerList } from './offers.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../store.js').Account} Account */

/**
 * All accounts with their codes, and how it stands with their servers.
 * @param {App} app
 * @param {AbortSignal} signal
 * @returns {import('../stage.js').Screen}
 */
export function homeScreen(app, signal) {
  const status = element('p', { class: 'status' });
  const offers = element('div', { class: 'offers' });
  const states = app.accounts.map((account) => {
    const place = element('p', { class: 'account-state' });
    return { account, place };
  });
  const update = () => {
    showStatus(app, status);
    offers.replaceChildren(...offerList(app));
    for (const { account, place } of states) showState(app.find(account.key) ?? account, place);
  };
  update();
  for (const { key } of app.deviceAccounts) void waitForConfirmation(app, key, signal);
  addEventListener('online', update, { signal });
  addEventListener('offline', update, { signal });
  return {
    title: text('accountsTitle'),
    windowTitle: text('productName'),
    isTitleHidden: true,
    tools: [tool('#add', 'add', text('addAccount')), tool('#settings', 'settings', text('settings'))],
    className: 'on-paper',
    content: [
      element(
        'ul',
        { class: 'accounts' },
        ...states.map(({ account, place }) => accountCard(account, place, signal)),
      ),
      status,
      offers,
    ],
    update,
  };
}

/**
 * @param {Account} account
 * @param {HTMLElement} state
 * @param {AbortSignal} signal
 */
function accountCard(account, state, signal) {
  const { key, issuer, accountName, codes } = account;
  return element(
    'li',
    { class: 'account' },
    element(
      'a',
      { class: 'account-name', href: `#account=${key}` },
      element('span', { class: 'account-issuer' }, issuer),
      ' ',
      element('span', { class: 'account-person' }, accountName || text('codesOnly')),
      element('span', { class: 'unseen' }, ` ${text('details')}`),
      picture('forward'),
    ),
    state,
    codes && codeButton({ ...account, codes }, signal),
  );
}

/** @param {Account} account @param {HTMLElement} place */
function showState({ device }, place) {
  const words = device ? stateText(device) : '';
  place.hidden = words === '';
  if (place.textContent !== words) place.textContent = words;
}

/** @param {import('../store.js').Device} device */
function stateText({ isConfirmed, isRefused }) {
  if (isRefused) return text(isConfirmed ? 'refused' : 'unfinished');
  return isConfirmed ? '' : text('notConfirmed');
}

/**
 * How it stands with the servers, in one line.
 * @param {App} app
 * @param {HTMLElement} place
 */
function showStatus(app, place) {
  const [state, words] = statusOf(app);
  place.hidden = app.deviceAccounts.every(({ device }) => device.isRefused);
  place.className = `status is-${state}`;
  if (place.textContent !== words) place.textContent = words;
}

/** @param {App} app @returns {[state: 'live' | 'connecting' | 'lost', words: string]} */
function statusOf(app) {
  const accounts = app.deviceAccounts.filter(({ device }) => !device.isRefused);
  const at = (/** @type {import('../watchRequests.js').LineState} */ state) =>
    accounts.find((account) => app.lineOf(account) === state);
  const [lost, off] = [at('unreachable'), at('off')];
  if (!navigator.onLine) return ['lost', text('offline')];
  if (lost) return ['lost', text('lineUnreachable', { host: hostOf(lost.device.baseUrl) })];
  if (at('connecting')) return ['connecting', text('connecting')];
  return off ? ['lost', text('lineOff', { issuer: off.issuer })] : ['live', text('listening')];
}

/**
 * @param {string} href
 * @param {import('../pictures.js').PictureName} name
 * @param {string} label
 */
function tool(href, name, label) {
  return element('a', { class: 'foil-tool', href, 'aria-label': label }, picture(name));
}
