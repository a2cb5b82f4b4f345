import { element } from '../dom.js';
import { codeField, codeOf, taskForm } from '../form.js';
import { text } from '../words.js';
import { confirmCode } from './confirmCode.js';
import { qrCode } from './qrCode.js';
import { textToCopy } from './textToCopy.js';

/** @typedef {import('./adding.js').Task} Task */

/**
 * An app for one-time codes: a key to scan or to type, and the first code.
 * @param {Task} task
 */
export async function addApp(task) {
  const begun = await task.account.begin({ type: 'totp' });
  task.sheet.show(
    text('appTitle'),
    element('p', {}, text('appLead')),
    await qrCode(begun.barcode_uri ?? '', text('appQr')),
    element(
      'details',
      {},
      element('summary', {}, text('appByHand')),
      textToCopy(begun.manual_input_code ?? '', text('appKey')),
    ),
    taskForm({
      fields: [codeField(text('appCode'))],
      submit: text('goOn'),
      more: [task.sheet.cancelButton()],
      act: (values) => confirmCode(task, begun, codeOf(values)),
    }),
  );
}
