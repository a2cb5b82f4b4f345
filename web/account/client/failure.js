import { ApiProblem } from './apiProblem.js';
import { text } from './words.js';

/** @typedef {import('./words.js').TextKey} TextKey */

/**
 * What the API's own kinds of problems mean to the person.
 * @type {Readonly<Record<string, TextKey>>}
 */
const kinds = {
  'invalid-proof': 'codeWrong',
  'challenge-over': 'begunTooLongAgo',
  'auth-session-over': 'begunTooLongAgo',
  'insufficient-user-authentication': 'proofTooWeak',
  locked: 'locked',
  'not-offered': 'notOffered',
  'nothing-enrolled': 'anotherFirst',
  'too-many-methods': 'tooMany',
};

/** @type {Readonly<Record<number, TextKey>>} */
const statuses = { 403: 'forbidden', 404: 'gone', 429: 'tooOften' };

/**
 * Puts what went wrong into words for the person.
 * @param {unknown} error
 * @returns {string}
 */
export function failureText(error) {
  return text(failureKey(error));
}

/** @param {unknown} error @returns {TextKey} */
function failureKey(error) {
  if (error instanceof ApiProblem) {
    const { kind, status } = error;
    return kinds[kind] ?? statuses[status] ?? (status >= 500 ? 'unreachable' : 'failed');
  }
  if (!navigator.onLine) return 'offline';
  if (error instanceof TypeError) return 'unreachable';
  const code = error instanceof Error && 'error' in error ? error.error : '';
  if (code === 'timeout') return 'unreachable';
  if (code === 'access_denied') return 'cameBack';
  return code === 'missing_transaction' || code === 'state_mismatch' ? 'foreignAnswer' : 'failed';
}
