import { ApiError } from './bankApi.js';

/**
 * What went wrong: `text` for the person; `isSessionOver` when only a new sign-in helps;
 * `needsSecondFactor` when a second factor helps.
 * @typedef {{ text: string, isSessionOver?: boolean, needsSecondFactor?: boolean }} Failure
 */

const secondFactorDescription = 'Multifactor authentication required';

/**
 * Puts an error of the SDK, of an API or of the network into words.
 * @param {unknown} error
 * @returns {Failure}
 */
export function describeFailure(error) {
  if (error instanceof ApiError) return ofApi(error);
  const code = codeOf(error);
  const description = error instanceof Error ? error.message : '';
  if (code === 'mfa_required' || description === secondFactorDescription) {
    return { text: 'Countersign wants a second factor before it goes on.', needsSecondFactor: true };
  }
  if (code === 'login_required' || code === 'invalid_grant') {
    return { text: 'Your session has ended. Please sign in again.', isSessionOver: true };
  }
  if (code === 'missing_transaction' || code === 'state_mismatch') {
    return { text: 'That answer belongs to no request of this page. Please start again.' };
  }
  if (code === 'access_denied') return { text: 'You came back without finishing. Nothing was changed.' };
  if (code === 'timeout') return { text: 'Countersign took too long to answer. Please try again.' };
  if (error instanceof TypeError) {
    return { text: 'Countersign can’t be reached. Is it still running?' };
  }
  if (code) return { text: `That did not work: ${description || code}.` };
  return { text: 'That did not work. Please start again.' };
}

/**
 * @param {ApiError} error
 * @returns {Failure}
 */
function ofApi(error) {
  if (error.code === 'invalid_token') {
    return { text: 'The bank no longer accepts your session. Please sign in again.', isSessionOver: true };
  }
  return { text: error.message };
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'error' in error ? String(error.error) : '';
}
