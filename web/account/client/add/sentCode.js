import { button, element } from '../dom.js';
import { failureText } from '../failure.js';
import { codeField, codeOf, taskForm } from '../form.js';
import { text } from '../words.js';
import { confirmCode } from './confirmCode.js';

/** @typedef {import('./adding.js').Task} Task */
/** @typedef {import('../myAccount.js').Begun} Begun */

/** After a code was sent, a button for another one waits. */
const resendAfterMs = 30_000;

/**
 * Asks for the code that is on its way.
 * @param {Task} task
 * @param {{ begun: Begun, address: string, sendAgain: () => Promise<Begun>, change: () => unknown }} sent
 */
export function askForCode(task, { begun, address, sendAgain, change }) {
  let latest = begun;
  const status = element('p', { class: 'tool-status', role: 'status' });
  const again = button({ class: 'link', hidden: true }, [text('sendAgain')], async () => {
    try {
      latest = await sendAgain();
      status.textContent = text('sentAgain');
      wait();
    } catch (error) {
      status.textContent = failureText(error);
    }
  });
  const wait = () => {
    again.hidden = true;
    setTimeout(() => {
      again.hidden = false;
    }, resendAfterMs);
  };
  wait();
  task.sheet.show(
    text('codeTitle'),
    element('p', {}, text('codeLead', { address })),
    taskForm({
      fields: [codeField(text('codeLabel'))],
      submit: text('goOn'),
      more: [task.sheet.cancelButton()],
      act: (values) => confirmCode(task, latest, codeOf(values)),
    }),
    status,
    again,
    button({ class: 'link' }, [text('changeAddress')], change),
  );
}
