import { guessDeviceName } from '../deviceName.js';
import { button, element } from '../dom.js';
import { addCodes, enrolDevice } from '../enrolDevice.js';
import { hostOf } from '../format.js';
import { GuardianError } from '../guardianApi.js';
import { announce } from '../stage.js';
import { readSetting } from '../store.js';
import { text } from '../words.js';
import { factList } from './facts.js';
import { failureText } from './failure.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../app.js').Link} Link */

const longestName = 60;

/**
 * Asks before anything is set up: a link may come from anybody.
 * @param {App} app
 * @param {Link} link
 * @returns {import('../stage.js').Screen}
 */
export function confirmScreen(app, link) {
  const fault = element('p', { class: 'field-error', role: 'alert' });
  const name = link.kind === 'device' ? nameField() : undefined;
  const submit = element('button', { class: 'primary' }, text('confirmButton'));
  const form = element('form', { novalidate: true }, name?.field, fault, submit);
  let isRunning = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isRunning) return;
    fault.textContent = '';
    if (name && !name.check()) return;
    isRunning = true;
    submit.setAttribute('aria-disabled', 'true');
    announce(text('adding'));
    try {
      const account =
        link.kind === 'device' ? await enrolDevice(link, name?.value() ?? '') : await addCodes(link);
      app.offered = undefined;
      app.added = account.key;
      await app.reload();
      location.replace('#done');
    } catch (error) {
      fault.textContent = link.kind === 'device' ? enrolmentFault(error, link.baseUrl) : text('failed');
    } finally {
      isRunning = false;
      submit.removeAttribute('aria-disabled');
    }
  });
  const cancel = button({ class: 'secondary' }, [text('cancel')], () => {
    app.offered = undefined;
    location.replace('#');
  });
  return {
    title: text('confirmTitle'),
    content: [
      element('p', { class: 'lead' }, text('confirmLead')),
      factList([
        { picture: 'application', name: text('factOrganisation'), value: link.issuer },
        { picture: 'account', name: text('factAccount'), value: link.account },
        {
          picture: 'server',
          name: text('factServer'),
          value: link.kind === 'device' ? hostOf(link.baseUrl) : '',
        },
      ]),
      form,
      cancel,
    ],
  };
}

/** The field for the name of this device, filled in with a guess. */
function nameField() {
  const input = element('input', {
    id: 'device-name',
    type: 'text',
    maxlength: String(longestName),
    autocomplete: 'off',
    required: true,
    'aria-describedby': 'device-name-hint device-name-error',
  });
  const error = element('p', { class: 'field-error', id: 'device-name-error', role: 'alert' });
  input.value = guessDeviceName(navigator.userAgent);
  void readSetting('deviceName').then((known) => {
    if (known) input.value = known;
  });
  return {
    field: element(
      'div',
      { class: 'field' },
      element('label', { for: 'device-name' }, text('deviceNameLabel')),
      element('p', { class: 'hint', id: 'device-name-hint' }, text('deviceNameHint')),
      error,
      input,
    ),
    value: () => input.value.trim(),
    check() {
      const isNamed = input.value.trim() !== '';
      error.textContent = isNamed ? '' : text('nameMissing');
      if (!isNamed) input.focus();
      return isNamed;
    },
  };
}

/** @param {unknown} error @param {string} baseUrl */
function enrolmentFault(error, baseUrl) {
  const host = hostOf(baseUrl);
  if (!(error instanceof GuardianError) || error.status >= 500 || error.status === 429) {
    return failureText(error, host);
  }
  const isTicketOver = error.code === 'enrollment_transaction_not_found' || [401, 404].includes(error.status);
  return isTicketOver ? text('ticketOver') : text('deviceRefused', { host });
}
