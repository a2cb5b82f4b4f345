import { button, element, picture } from '../dom.js';
import { taskForm } from '../form.js';
import { inGroups } from '../format.js';
import { tell } from '../stage.js';
import { text } from '../words.js';
import { copyButton } from './textToCopy.js';

/** @typedef {import('./adding.js').Task} Task */
/** @typedef {import('../myAccount.js').Begun} Begun */

/**
 * New recovery codes, shown once; they take the place of the old ones when the person has kept them.
 * @param {Task} task
 */
export async function newCodes(task) {
  const begun = await task.account.begin({ type: 'recovery-code' });
  const codes = begun.recovery_codes ?? (begun.recovery_code === undefined ? [] : [begun.recovery_code]);
  const status = element('p', { class: 'tool-status', role: 'status' });
  task.sheet.show(
    text('codesTitle'),
    element('p', {}, text('codesLead')),
    element(
      'div',
      { class: 'shown-code is-printed' },
      element(
        'ul',
        { class: 'code-list', 'aria-label': text('codesTitle') },
        ...codes.map((code) => element('li', {}, inGroups(code))),
      ),
      element(
        'div',
        { class: 'tools' },
        copyButton(codes.join('\n'), status),
        downloadLink(codes),
        button({ class: 'tool' }, [picture('print'), element('span', {}, text('print'))], () => print()),
      ),
      status,
    ),
    taskForm({
      fields: [
        element(
          'label',
          { class: 'choice' },
          element('input', { type: 'checkbox', name: 'kept' }),
          element('span', {}, text('codesKept')),
        ),
      ],
      submit: text('done'),
      more: [task.sheet.cancelButton(text('codesDiscard'))],
      act: async (values) => {
        if (!values.has('kept')) throw text('codesNotKept');
        await task.account.api.verify(begun);
        await task.account.load();
        task.sheet.close();
        tell(text('codesNow'));
      },
    }),
  );
}

/** @param {readonly string[]} codes */
function downloadLink(codes) {
  const href = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  return element(
    'a',
    { class: 'tool', href, download: 'recovery-codes.txt' },
    picture('download'),
    element('span', {}, text('download')),
  );
}
