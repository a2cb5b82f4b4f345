import { methodTypes } from './methodTypes.js';
import { text } from './words.js';

/** @typedef {import('./myAccount.js').Method} Method */

/**
 * Where a method's codes go; empty for one that gets none.
 * @param {Method} method
 */
export function addressOf(method) {
  if (method.type === 'phone') return method.phone_number;
  return method.type === 'email' ? method.email : '';
}

/**
 * What the person calls a method, else where it is, else what it is.
 * @param {Method} method
 */
export function nameOf(method) {
  const given = 'name' in method ? method.name : undefined;
  return given || addressOf(method) || text(methodTypes[method.type].name);
}
