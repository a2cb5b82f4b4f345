import { listAuthenticators, removeAuthenticator } from './bankApi.js';
import { element, find } from './dom.js';
import { onPress } from './press.js';

/** @typedef {import('./bankApi.js').Authenticator} Authenticator */

const names = /** @type {Record<string, string>} */ ({
  otp: 'Authenticator app',
  'recovery-code': 'Recovery code',
  sms: 'Text message',
  voice: 'Call',
  email: 'E-mail',
  'webauthn-roaming': 'Security key',
  'webauthn-platform': 'This or another device',
});

/**
 * What it is, and where it goes: `Text message, XXXXXXXX1234`.
 * @param {Authenticator} authenticator
 */
function nameOf({ authenticator_type: type, oob_channel: channel, name }) {
  const kind = names[channel ?? type] ?? type;
  return name === undefined ? kind : `${kind}, ${name}`;
}

/**
 * Whether it is only there beside another one: the account's address can't be removed, and stands alone for nothing.
 * @param {Authenticator} authenticator
 */
function isAddress({ oob_channel: channel }) {
  return channel === 'email';
}

/**
 * Lists and removes authenticators by the MFA API; adding one is left to the hosted pages.
 * @param {import('./session.js').Session} session
 * @param {(error: unknown) => void} onFailure
 */
export function bindAuthenticators(session, onFailure) {
  onPress(find('list-authenticators'), () => session.askForMfaApi(), onFailure);
  onPress(find('add-authenticator'), () => session.proveSecondFactor({ focus: 'authenticators' }), onFailure);
}

/**
 * Shows the list if there is a token for it.
 * @param {import('./session.js').Session} session
 * @param {(error: unknown) => void} onFailure
 */
export async function showAuthenticators(session, onFailure) {
  const token = await session.mfaApiToken();
  if (token) await show(token, onFailure);
}

/**
 * @param {string} token
 * @param {(error: unknown) => void} onFailure
 */
async function show(token, onFailure) {
  const authenticators = await listAuthenticators(token);
  const list = find('authenticators');
  list.replaceChildren(...authenticators.map((one) => row(token, one, onFailure)));
  list.hidden = authenticators.length === 0;
  const own = authenticators.filter((one) => !isAddress(one));
  find('authenticators-empty').hidden = own.length > 0;
  find('add-authenticator').hidden = own.some(({ active }) => active);
  find('list-authenticators').hidden = true;
}

/**
 * @param {string} token
 * @param {Authenticator} authenticator
 * @param {(error: unknown) => void} onFailure
 */
function row(token, authenticator, onFailure) {
  const name = nameOf(authenticator);
  const remove = element(
    'button',
    { type: 'button', class: 'button quiet', 'aria-label': `Remove ${name}` },
    'Remove',
  );
  const act = async () => {
    await removeAuthenticator(token, authenticator.id);
    await show(token, onFailure);
    find('authenticators-outcome').textContent = `${name} was removed.`;
    find('authenticators-title').focus();
  };
  onPress(remove, act, onFailure);
  return element(
    'li',
    { class: 'authenticator' },
    element('span', { class: 'authenticator-name' }, name),
    element('span', { class: 'authenticator-state' }, authenticator.active ? 'in use' : 'not confirmed yet'),
    isAddress(authenticator) ? '' : remove,
  );
}
