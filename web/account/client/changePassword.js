import { ApiProblem } from './apiProblem.js';
import { element } from './dom.js';
import { failureText } from './failure.js';
import { field, taskForm } from './form.js';
import { Sheet } from './sheet.js';
import { tell } from './stage.js';
import { text } from './words.js';

/** @typedef {import('./account.js').Account} Account */

/**
 * A new password. It is asked for when the person has proved who they are, so that it need not be kept over a
 * redirect.
 * @param {Account} account
 */
export async function changePassword(account) {
  const sheet = new Sheet();
  try {
    const begun = await account.begin({ type: 'password' });
    const length = begun.policy?.complexity.min_length ?? 8;
    sheet.show(
      text('passwordChange'),
      element('p', {}, text('passwordLead')),
      taskForm({
        fields: [
          field({
            name: 'password',
            label: text('passwordNew'),
            hint: text('passwordHint', { length }),
            input: { type: 'password', autocomplete: 'new-password', autofocus: true },
          }),
          element(
            'label',
            { class: 'choice' },
            element('input', { type: 'checkbox', name: 'ends' }),
            element('span', {}, text('passwordEnds')),
          ),
        ],
        submit: text('save'),
        more: [sheet.cancelButton()],
        act: async (values) => {
          const password = String(values.get('password'));
          if ([...password].length < length) throw text('passwordShort', { length });
          await save(account, begun, password, values.has('ends'));
          sheet.close();
          tell(text('passwordNow'));
        },
      }),
    );
  } catch (error) {
    sheet.close();
    tell(failureText(error), { isFault: true });
  }
}

/**
 * @param {Account} account
 * @param {import('./myAccount.js').Begun} begun
 * @param {string} password
 * @param {boolean} endsSessions
 */
async function save(account, begun, password, endsSessions) {
  try {
    await account.api.verify(begun, { new_password: password, end_sessions: endsSessions });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 400) throw text('passwordWeak');
    throw error;
  }
  await (endsSessions ? account.end() : account.refresh(text('passwordNow')));
}
