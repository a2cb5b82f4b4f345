import { element } from '../dom.js';
import { longestName } from '../editMethod.js';
import { carryOut } from '../errands.js';
import { field, taskForm } from '../form.js';
import { nameOf } from '../methodName.js';
import { tell } from '../stage.js';
import { text } from '../words.js';

/** @typedef {import('./adding.js').Task} Task */
/** @typedef {import('../myAccount.js').Method} Method */

/**
 * The method counts from now on; the person may give it a name by which they know it again.
 * @param {Task} task
 * @param {Method} method
 */
export async function finish({ account, sheet }, method) {
  await account.load();
  const name = nameOf(method);
  tell(text('addedNow', { name }));
  sheet.show(
    text('doneTitle'),
    element('p', {}, text('doneLead')),
    taskForm({
      fields: [
        field({
          name: 'name',
          label: text('nameLabel'),
          hint: text('nameHint'),
          input: { value: name, maxlength: longestName },
        }),
      ],
      submit: text('done'),
      act: async (values) => {
        const given = String(values.get('name')).trim();
        if (given !== '' && given !== name) {
          await carryOut(account, { kind: 'update', id: method.id, change: { name: given } });
          tell(text('addedNow', { name: given }));
        }
        sheet.close();
      },
    }),
  );
}
