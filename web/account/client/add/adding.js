import { button, element, picture } from '../dom.js';
import { failureText } from '../failure.js';
import { inOrder, methodTypes } from '../methodTypes.js';
import { Sheet } from '../sheet.js';
import { tell } from '../stage.js';
import { text } from '../words.js';
import { addApp } from './addApp.js';
import { addDevice } from './addDevice.js';
import { addEmail } from './addEmail.js';
import { addKey } from './addKey.js';
import { addPhone } from './addPhone.js';
import { newCodes } from './newCodes.js';

/** @typedef {import('../account.js').Account} Account */
/** @typedef {import('../myAccount.js').MethodType} MethodType */
/** @typedef {import('../myAccount.js').Beginning} Beginning */
/** One method that is being added. @typedef {{ account: Account, sheet: Sheet }} Task */

/**
 * How each kind is set up. With what the person gave before they went to prove something, it goes on there.
 * @type {Partial<Record<MethodType, (task: Task, given: Beginning | undefined, type: MethodType) => unknown>>}
 */
const ways = {
  passkey: addKey,
  'webauthn-roaming': addKey,
  'webauthn-platform': addKey,
  'push-notification': addDevice,
  totp: addApp,
  phone: addPhone,
  email: addEmail,
  'recovery-code': newCodes,
};

/**
 * Of some kinds those that can be added here. Recovery codes have a place of their own.
 * @param {readonly MethodType[]} types
 */
export function addable(types) {
  return inOrder(types).filter((type) => ways[type] && type !== 'recovery-code');
}

/**
 * Lets the person choose what to add.
 * @param {Account} account
 * @param {MethodType[]} types the strongest first
 */
export function openAdding(account, types) {
  const task = { account, sheet: new Sheet() };
  task.sheet.show(
    text('addTitle'),
    element('ul', { class: 'options' }, ...types.map((type) => element('li', {}, option(task, type)))),
    task.sheet.cancelButton(),
  );
}

/**
 * Goes straight to one kind.
 * @param {Account} account
 * @param {MethodType} type
 * @param {Beginning} [given] before the person went to prove something
 */
export function openAddingOf(account, type, given) {
  return set(type, { account, sheet: new Sheet() }, given);
}

/** @param {Task} task @param {MethodType} type */
function option(task, type) {
  const { picture: drawing, name, hint } = methodTypes[type];
  const words = element('span', {}, text(name), element('span', { class: 'option-remark' }, text(hint)));
  return button({ class: 'option' }, [picture(drawing), words, picture('forward')], () => set(type, task));
}

/** @param {MethodType} type @param {Task} task @param {Beginning} [given] */
async function set(type, task, given) {
  try {
    await ways[type]?.(task, given, type);
  } catch (error) {
    task.sheet.close();
    tell(failureText(error), { isFault: true });
  }
}
