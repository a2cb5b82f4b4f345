import { text } from '../words.js';
import { finish } from './finish.js';

/**
 * Confirms an enrolment by a code. What the person can put right is thrown as a text.
 * @param {import('./adding.js').Task} task
 * @param {import('../myAccount.js').Begun} begun
 * @param {string} code
 */
export async function confirmCode(task, begun, code) {
  if (!/^\d{6}$/.test(code)) throw text(code === '' ? 'codeMissing' : 'codeForm');
  await finish(task, begun, await task.account.api.verify(begun, { otp_code: code }));
}
