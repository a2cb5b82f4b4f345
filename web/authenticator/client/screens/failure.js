import { GuardianError } from '../guardianApi.js';
import { text } from '../words.js';

/**
 * What went wrong between this app and a server, in words.
 * @param {unknown} error
 * @param {string} host
 */
export function failureText(error, host) {
  if (!(error instanceof GuardianError)) return text('unreachable', { host });
  if (error.status === 429) return text('tooOften');
  return text('failed');
}
