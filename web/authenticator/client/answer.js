import { answerRequest, GuardianError } from './guardianApi.js';
import { serverNow } from './serverClock.js';

/** @typedef {import('./app.js').Asked} Asked */
/** Why nothing came of an answer, so that it can be given again. */
/** @typedef {'unreachable' | 'tooOften'} AnswerFault */

/**
 * Approves a request.
 * @param {Asked} asked
 * @param {string | undefined} number from the sign-in page
 * @returns {Promise<import('./app.js').OutcomeKind | AnswerFault>}
 */
export function approve(asked, number) {
  return send(asked, { isAccepted: true, ...(number === undefined ? {} : { number }) }, 'approved');
}

/**
 * Denies a request. It needs no proof: nobody gets in by it.
 * @param {Asked} asked
 * @param {boolean} wasMe false when the person did not start the sign-in
 * @returns {Promise<import('./app.js').OutcomeKind | AnswerFault>}
 */
export function deny(asked, wasMe) {
  return send(asked, { isAccepted: false, wasMe }, wasMe ? 'denied' : 'foreign');
}

/**
 * @param {Asked} asked
 * @param {import('./claims.js').Decision} decision
 * @param {import('./app.js').OutcomeKind} outcome when the server takes it
 */
async function send({ account, request }, decision, outcome) {
  try {
    await answerRequest(account.device, request, decision);
    return outcome;
  } catch (error) {
    if (!(error instanceof GuardianError) || error.status >= 500) return 'unreachable';
    if (error.status === 429) return 'tooOften';
    if (error.code === 'number_mismatch') return 'mismatch';
    const isLate = Date.parse(request.expires_at) <= serverNow(account.device.baseUrl);
    if (isLate || error.code === 'transaction_expired') return 'expired';
    return error.code === 'invalid_challenge' ? 'notAccepted' : 'over';
  }
}
