import { ApiProblem } from '../apiProblem.js';
import { element } from '../dom.js';
import { text } from '../words.js';
import { finish } from './finish.js';
import { qrCode } from './qrCode.js';
import { linkToCopy } from './textToCopy.js';

/** @typedef {import('./adding.js').Task} Task */
/** @typedef {import('../myAccount.js').Begun} Begun */

/** The server answers no more often than every five seconds. */
const askEveryMs = 6000;

/**
 * The app that answers requests: a code or link for it, and waiting until it has enrolled.
 * @param {Task} task
 */
export async function addDevice(task) {
  const begun = await task.account.begin({ type: 'push-notification' });
  const uri = begun.barcode_uri ?? '';
  task.sheet.show(
    text('pushTitle'),
    element('p', {}, text('pushLead')),
    await qrCode(uri, text('pushQr')),
    element(
      'details',
      {},
      element('summary', {}, text('pushHere')),
      element(
        'p',
        {},
        element(
          'a',
          { href: `/authenticator/#add=${encodeURIComponent(uri)}`, target: '_blank' },
          text('pushOpen'),
        ),
      ),
      linkToCopy(uri, text('pushLink')),
    ),
    element('p', { class: 'progress', role: 'status' }, text('pushWaiting')),
    task.sheet.cancelButton(),
  );
  await waitForDevice(task, begun);
}

/** Asks until the device is there, or the person gave up. @param {Task} task @param {Begun} begun */
async function waitForDevice(task, begun) {
  while (!task.sheet.signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    if (task.sheet.signal.aborted) return;
    const method = await confirmed(task, begun);
    if (method && !task.sheet.signal.aborted) return finish(task, begun, method);
  }
}

/** @param {Task} task @param {Begun} begun */
async function confirmed({ account }, begun) {
  try {
    return await account.api.verify(begun);
  } catch (error) {
    if (error instanceof ApiProblem && [409, 429].includes(error.status)) return undefined;
    throw error;
  }
}
