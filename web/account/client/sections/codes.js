import { openAddingOf } from '../add/adding.js';
import { button, element } from '../dom.js';
import { dayOf } from '../format.js';
import { part } from '../stage.js';
import { currentLocale, text } from '../words.js';

/** @typedef {import('../account.js').Account} Account */

/**
 * Recovery codes: how many are left, and new ones.
 * @param {Account} account
 */
export function codesPart(account) {
  const codes = account.methods.find(({ type }) => type === 'recovery-code');
  const canHave = account.enrollable.includes('recovery-code') && account.ownMethods.length > 0;
  if (!codes && !canHave) return undefined;
  return part(
    'codes',
    text('codesPart'),
    element('p', { class: 'lead' }, text('codesPartLead')),
    codes &&
      element(
        'p',
        {},
        codes.remaining === undefined ? text('codesThere') : text('codesLeft', { count: codes.remaining }),
        ' ',
        element(
          'span',
          { class: 'detail' },
          text('codesMade', { day: dayOf(Date.parse(codes.created_at), currentLocale()) }),
        ),
      ),
    canHave &&
      button({ class: 'secondary' }, [text(buttonKey(codes))], () => openAddingOf(account, 'recovery-code')),
  );
}

/**
 * One that is there tells how many are left, unless it is a single code.
 * @param {import('../myAccount.js').Method | undefined} codes
 * @returns {import('../words.js').TextKey}
 */
function buttonKey(codes) {
  if (!codes) return 'firstCodes';
  return codes.remaining === undefined ? 'newCode' : 'newCodes';
}
