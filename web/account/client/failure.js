import { ApiProblem } from './apiProblem.js';
import { text } from './words.js';

/**
 * Puts what went wrong into words for the person.
 * @param {unknown} error
 * @returns {string}
 */
export function failureText(error) {
  if (error instanceof ApiProblem) return problemText(error);
  if (!navigator.onLine) return text('offline');
  if (error instanceof TypeError) return text('unreachable');
  const code = error instanceof Error && 'error' in error ? String(error.error) : '';
  if (code === 'timeout') return text('unreachable');
  if (code === 'access_denied') return text('cameBack');
  if (code === 'missing_transaction' || code === 'state_mismatch') return text('foreignAnswer');
  return text('failed');
}

/** @param {ApiProblem} problem */
function problemText({ status }) {
  if (status === 404) return text('gone');
  if (status === 429) return text('tooOften');
  if (status === 403) return text('forbidden');
  return text(status >= 500 ? 'unreachable' : 'failed');
}
