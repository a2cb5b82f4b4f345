import { ApiProblem } from '../apiProblem.js';
import { element } from '../dom.js';
import { field, taskForm } from '../form.js';
import { text } from '../words.js';
import { askForCode } from './sentCode.js';

/** @typedef {import('./adding.js').Task} Task */

/**
 * An address for codes.
 * @param {Task} task
 * @param {import('../myAccount.js').Beginning} [given]
 */
export async function addEmail(task, given) {
  if (given?.email) return send(task, given.email);
  task.sheet.show(
    text('emailTitle'),
    element('p', {}, text('emailLead')),
    taskForm({
      fields: [
        field({
          name: 'email',
          label: text('emailLabel'),
          input: { type: 'email', inputmode: 'email', autocomplete: 'email', autofocus: true },
        }),
      ],
      submit: text('sendCode'),
      more: [task.sheet.cancelButton()],
      act: (values) => send(task, String(values.get('email')).trim()),
    }),
  );
}

/** @param {Task} task @param {string} email */
async function send(task, email) {
  if (!/^\S+@\S+$/.test(email)) throw text('emailForm');
  const sendCode = () => task.account.begin({ type: 'email', email });
  try {
    const begun = await sendCode();
    askForCode(task, { begun, address: email, sendAgain: sendCode, change: () => addEmail(task) });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 400) throw text('emailForm');
    throw error;
  }
}
