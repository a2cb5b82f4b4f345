import { codeButton } from '../codeButton.js';
import { button, element } from '../dom.js';
import { dayOf, hostOf } from '../format.js';
import { removeDevice, updateDevice } from '../guardianApi.js';
import { disconnectPush } from '../notifications.js';
import { announce } from '../stage.js';
import { changeDevice, deleteAccount, saveAccount } from '../store.js';
import { isUnknownDevice } from '../watchRequests.js';
import { currentLocale, text } from '../words.js';
import { ask } from './dialog.js';
import { factList } from './facts.js';
import { failureText } from './failure.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../store.js').Account} Account */

/**
 * One account: what it is, its code, its name, and the way out.
 * @param {App} app
 * @param {Account} account
 * @param {AbortSignal} signal
 * @returns {import('../stage.js').Screen}
 */
export function accountScreen(app, account, signal) {
  const { issuer, accountName, addedAt, codes, device } = account;
  return {
    title: issuer,
    back: '#',
    content: [
      ...(device?.isRefused ? [refusedNotice(app, account)] : []),
      ...(codes ? [codeButton({ ...account, codes }, signal)] : []),
      factList([
        { picture: 'account', name: text('factAccount'), value: accountName || text('codesOnly') },
        { picture: 'server', name: text('factServer'), value: device ? hostOf(device.baseUrl) : '' },
        { picture: 'time', name: text('factAdded'), value: dayOf(addedAt, currentLocale()) },
      ]),
      ...(device?.isRefused ? [] : [nameForm(app, account)]),
      ...(device?.isRefused
        ? []
        : [button({ class: 'secondary is-danger' }, [text('removeButton')], () => remove(app, account))]),
    ],
  };
}

/** @param {App} app @param {Account} account */
function refusedNotice(app, account) {
  const isConfirmed = account.device?.isConfirmed;
  return element(
    'section',
    { class: 'errors' },
    element('h2', {}, text(isConfirmed ? 'refused' : 'unfinished')),
    element('p', {}, text(isConfirmed ? 'refusedText' : 'unfinishedText')),
    element(
      'div',
      { class: 'pair' },
      element('a', { class: 'primary', href: '#add' }, text('setUpAgain')),
      button({ class: 'secondary' }, [text('forget')], () => forget(app, account)),
    ),
  );
}

/**
 * The name of this device at the server, or of an account that has no server.
 * @param {App} app
 * @param {Account} account
 */
function nameForm(app, account) {
  const { device } = account;
  const outcome = element('p', { class: 'progress', role: 'status' });
  const fault = element('p', { class: 'field-error', id: 'name-error', role: 'alert' });
  const input = element('input', {
    id: 'name',
    type: 'text',
    maxlength: '60',
    autocomplete: 'off',
    required: true,
    'aria-describedby': 'name-error',
  });
  input.value = device ? device.name : account.issuer;
  const submit = element('button', { class: 'secondary' }, text('saveName'));
  const form = element(
    'form',
    { class: 'name-form', novalidate: true },
    element(
      'div',
      { class: 'field' },
      element('label', { for: 'name' }, text(device ? 'deviceNameLabel' : 'accountNameLabel')),
      fault,
      input,
    ),
    submit,
    outcome,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    outcome.textContent = '';
    const name = input.value.trim();
    fault.textContent = name ? '' : text('nameMissing');
    if (!name) return input.focus();
    try {
      await rename(account, name);
      outcome.textContent = text('saved');
      app.accounts = app.accounts.map((known) => (known.key === account.key ? account : known));
    } catch (error) {
      fault.textContent = failureText(error, device ? hostOf(device.baseUrl) : '');
    }
  });
  return form;
}

/** @param {Account} account @param {string} name */
async function rename(account, name) {
  if (account.device) {
    await updateDevice(account.device, { name });
    account.device.name = name;
    await changeDevice(account.key, { name });
  } else {
    account.issuer = name;
    await saveAccount(account);
  }
}

/**
 * Removes an account here and at its server. Where the server can't be reached, the person may forget it here.
 * @param {App} app
 * @param {Account} account
 */
async function remove(app, account) {
  const { issuer, accountName, device } = account;
  const isSure = await ask({
    title: text('removeTitle', { issuer }),
    words: device
      ? text('removeDeviceText', { account: accountName || issuer })
      : text('removeCodesText', { issuer }),
    confirm: text('removeConfirm'),
  });
  if (!isSure) return;
  if (device && !(await isRemovedThere(device))) {
    const host = hostOf(device.baseUrl);
    const isForgotten = await ask({
      title: text('forgetTitle', { host }),
      words: text('forgetText'),
      confirm: text('forgetConfirm'),
    });
    if (!isForgotten) return;
  }
  await forget(app, account);
}

/** @param {import('../store.js').Device} device */
async function isRemovedThere(device) {
  try {
    await removeDevice(device);
    return true;
  } catch (error) {
    return isUnknownDevice(error);
  }
}

/** @param {App} app @param {Account} account */
async function forget(app, { key, issuer, device }) {
  await deleteAccount(key);
  const isLast =
    device &&
    !app.deviceAccounts.some((other) => other.key !== key && other.device.baseUrl === device.baseUrl);
  if (isLast) await disconnectPush(device.baseUrl).catch(() => {});
  location.replace('#');
  await app.reload();
  announce(text('removedText', { issuer }));
}
