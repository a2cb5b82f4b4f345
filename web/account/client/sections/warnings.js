import { openAddingOf } from '../add/adding.js';
import { button, element, picture } from '../dom.js';
import { text } from '../words.js';

/** @typedef {import('../account.js').Account} Account */
/** @typedef {import('../words.js').TextKey} TextKey */

/** With as many codes left it is time for new ones. */
const fewCodes = 3;

/** Those that new codes help with. @type {readonly TextKey[]} */
const aboutCodes = ['warnFewCodes', 'warnNoCodesLeft', 'warnNoCodes'];

/**
 * What the person should see to, the most pressing first.
 * @param {Pick<Account, 'ownMethods' | 'methods' | 'enrollable'>} account
 * @returns {TextKey[]}
 */
export function warningsOf({ ownMethods, methods, enrollable }) {
  const lasting = ownMethods.filter(({ expires_at: end }) => end === undefined);
  const codes = methods.find(({ type }) => type === 'recovery-code');
  /** @type {TextKey[]} */
  const warnings = [];
  if (lasting.length === 0) return ['warnNone'];
  if (lasting.every(({ type }) => type === 'phone')) warnings.push('warnPhoneOnly');
  if (lasting.length === 1) warnings.push(codes ? 'warnOneBeside' : 'warnOne');
  if (codes?.remaining !== undefined && codes.remaining <= fewCodes) {
    warnings.push(codes.remaining === 0 ? 'warnNoCodesLeft' : 'warnFewCodes');
  }
  if (!codes && enrollable.includes('recovery-code')) warnings.push('warnNoCodes');
  return warnings;
}

/** @param {Account} account */
export function warningsPart(account) {
  const warnings = warningsOf(account);
  if (warnings.length === 0) return undefined;
  return element(
    'ul',
    { class: 'warnings', 'aria-label': text('warnings') },
    ...warnings.map((key) =>
      element(
        'li',
        { class: 'warning' },
        picture('notice'),
        element('p', {}, text(key)),
        aboutCodes.includes(key) &&
          button({ class: 'link' }, [text('newCodes')], () => openAddingOf(account, 'recovery-code')),
      ),
    ),
  );
}
