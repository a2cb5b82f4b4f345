import { methodTypes } from './methodTypes.js';
import { text } from './words.js';

/** @typedef {import('./myAccount.js').Method} Method */

/**
 * Where a method's codes go; empty for one that gets none.
 * @param {Method} method
 */
export function addressOf(method) {
  return method.phone_number ?? method.email ?? '';
}

/**
 * What the person calls a method, else where it is, else what it is.
 * @param {Method} method
 */
export function nameOf(method) {
  return method.name || addressOf(method) || text(methodTypes[method.type].name);
}
