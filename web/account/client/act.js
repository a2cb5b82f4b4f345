import { carryOut } from './errands.js';
import { failureText } from './failure.js';
import { tell } from './stage.js';

/** @typedef {import('./account.js').Account} Account */

/**
 * Carries out an errand for a button of the page, and tells how it ended.
 * @param {Account} account
 * @param {Exclude<import('./errands.js').Errand, { kind: 'add' }>} errand
 * @param {string} done what to say then
 */
export async function act(account, errand, done) {
  tell('');
  try {
    await carryOut(account, { ...errand, done });
    tell(done);
  } catch (error) {
    tell(failureText(error), { isFault: true });
  }
}
