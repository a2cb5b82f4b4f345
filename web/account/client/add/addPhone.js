import { ApiProblem } from '../apiProblem.js';
import { element } from '../dom.js';
import { field, taskForm } from '../form.js';
import { text } from '../words.js';
import { channelField } from './channelField.js';
import { askForCode } from './sentCode.js';

/** @typedef {import('./adding.js').Task} Task */
/** @typedef {import('../myAccount.js').Factor} Factor */
/** @typedef {import('../myAccount.js').Beginning} Beginning */

/**
 * A phone for codes by message or call.
 * @param {Task} task
 * @param {Beginning} [given]
 */
export async function addPhone(task, given) {
  if (given?.phone_number) return send(task, given);
  const { channels = [], choices } = (await task.account.api.choices('phone')) ?? {};
  const { options: countries = [], preferred } = choices?.country ?? {};
  task.sheet.show(
    text('phoneTitle'),
    element('p', { class: 'remark' }, text('phoneRestricted')),
    taskForm({
      fields: [
        countryField(countries, preferred),
        field({
          name: 'number',
          label: text('numberLabel'),
          input: { type: 'tel', inputmode: 'tel', autocomplete: 'tel', autofocus: true },
        }),
        ...(channels.length > 1 ? [channelField(channels)] : []),
      ],
      submit: text('sendCode'),
      more: [task.sheet.cancelButton()],
      act: (values) => {
        const typed = String(values.get('number')).trim();
        const channel = values.get('channel') ?? channels[0];
        const country = countries.find(({ value }) => value === values.get('country'));
        return send(task, {
          type: 'phone',
          phone_number: internationalNumber(typed, country?.prefix ?? ''),
          ...(channel ? { preferred_authentication_method: String(channel) } : {}),
        });
      },
    }),
  );
}

/**
 * A number with its calling code: what was typed when that has one already.
 * @param {string} typed
 * @param {string} prefix of the country that was chosen: `+49`
 */
export function internationalNumber(typed, prefix) {
  if (typed.startsWith('+')) return typed;
  return typed.startsWith('00') ? `+${typed.slice(2)}` : `${prefix}${typed}`;
}

/** @param {NonNullable<Factor['choices']>[string]['options']} options @param {string | undefined} preferred */
function countryField(options, preferred) {
  return element(
    'div',
    { class: 'field' },
    element('label', { for: 'field-country' }, text('countryLabel')),
    element(
      'select',
      { id: 'field-country', name: 'country', autocomplete: 'country' },
      ...options.map(({ value, label }) =>
        element('option', { value, selected: value === preferred }, label),
      ),
    ),
  );
}

/** @param {Task} task @param {Beginning} beginning */
async function send(task, beginning) {
  const address = beginning.phone_number ?? '';
  if (!/\d{4}/.test(address)) throw text('numberForm');
  const sendCode = () => task.account.begin(beginning);
  try {
    const begun = await sendCode();
    askForCode(task, { begun, address, sendAgain: sendCode, change: () => addPhone(task) });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 400) throw text('numberForm');
    throw error;
  }
}
