import { button, element } from '../dom.js';
import { longestName } from '../editMethod.js';
import { carryOut } from '../errands.js';
import { failureText } from '../failure.js';
import { field, taskForm } from '../form.js';
import { nameOf } from '../methodName.js';
import { tell } from '../stage.js';
import { text } from '../words.js';
import { codesOf, showCodes } from './showCodes.js';

/** @typedef {import('./adding.js').Task} Task */
/** @typedef {import('../myAccount.js').Begun} Begun */
/** @typedef {import('../myAccount.js').Method} Method */

/**
 * The method counts from now on. Recovery codes that came with it are shown, and the person may give it a name
 * by which they know it again.
 * @param {Task} task
 * @param {Begun} begun
 * @param {Method} method
 */
export async function finish(task, begun, method) {
  const { account, sheet } = task;
  // Who had no second factor hasn't proved one yet, and a name takes that.
  const isFirst = account.ownMethods.length === 0;
  sheet.signal.addEventListener('abort', () => void look(account));
  const codes = codesOf(begun);
  const goOn = () => (isFirst ? showEnd(task) : showNaming(task, method));
  if (codes.length === 0) goOn();
  else showCodes(sheet, codes, { onKept: goOn });
}

/** Shows the account with the new method in it. @param {Task['account']} account */
async function look(account) {
  try {
    await account.refresh();
  } catch (error) {
    tell(failureText(error), { isFault: true });
  }
}

/** @param {Task} task */
function showEnd({ sheet }) {
  sheet.show(
    text('doneTitle'),
    element('p', {}, text('doneFirst')),
    button({ class: 'primary', autofocus: true }, [text('done')], () => sheet.close()),
  );
}

/** @param {Task} task @param {Method} method */
function showNaming({ account, sheet }, method) {
  const name = nameOf(method);
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
        }
        sheet.close();
        tell(text('addedNow', { name: given || name }));
      },
    }),
  );
}
