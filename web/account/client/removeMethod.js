import { act } from './act.js';
import { nameOf } from './methodName.js';
import { ask } from './sheet.js';
import { text } from './words.js';

/** @typedef {import('./account.js').Account} Account */
/** @typedef {import('./myAccount.js').Method} Method */

/**
 * Removes a method, once the person has read what that means.
 * @param {Account} account
 * @param {Method} method
 */
export async function removeMethod(account, method) {
  const name = nameOf(method);
  const isSure = await ask({
    title: text('removeTitle', { name }),
    words: consequences(account, method),
    confirm: text('remove'),
  });
  if (isSure) await act(account, { kind: 'remove', id: method.id }, text('removed', { name }));
}

/** @param {Account} account @param {Method} method */
function consequences({ ownMethods, methods }, { type }) {
  const isLast = ownMethods.length === 1;
  const isLastOfKind = ownMethods.filter((other) => other.type === type).length === 1;
  const hasCodes = methods.some((other) => other.type === 'recovery-code');
  return [
    text(isLast ? 'removeLast' : isLastOfKind ? 'removeLastOfKind' : 'removeOneOfMany'),
    ...(isLast && hasCodes ? [text('removeCodesToo')] : []),
    ...(type === 'totp' ? [text('removeFromApp')] : []),
    text('removeForgets'),
  ];
}
