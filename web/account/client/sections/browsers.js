import { act } from '../act.js';
import { button, element } from '../dom.js';
import { dayOf } from '../format.js';
import { ask } from '../sheet.js';
import { part } from '../stage.js';
import { currentLocale, text } from '../words.js';
import { browserText, lastUseLine } from './lastUse.js';

/** @typedef {import('../account.js').Account} Account */
/** @typedef {import('../myAccount.js').TrustedBrowser} TrustedBrowser */

/**
 * Browsers that aren't asked for a second factor for a while.
 * @param {Account} account
 */
export function browsersPart(account) {
  const { browsers } = account;
  return part(
    'browsers',
    text('browsersTitle'),
    element('p', { class: 'lead' }, text(browsers.length === 0 ? 'browsersNone' : 'browsersLead')),
    browsers.length > 0 &&
      element('ul', { class: 'rows' }, ...browsers.map((browser) => browserRow(account, browser))),
    browsers.length > 1 &&
      button({ class: 'secondary' }, [text('forgetAll')], async () => {
        const isSure = await ask({
          title: text('forgetAllTitle'),
          words: [text('forgetAllText')],
          confirm: text('forgetAll'),
        });
        if (isSure) await act(account, { kind: 'forgetBrowser' }, text('forgottenAll'));
      }),
  );
}

/** @param {Account} account @param {TrustedBrowser} browser */
function browserRow(account, browser) {
  const name = browserText(browser);
  return element(
    'li',
    { class: 'row' },
    element(
      'div',
      { class: 'row-words' },
      element('p', { class: 'row-name' }, name),
      browser.application !== undefined &&
        element('p', { class: 'detail' }, text('trustedIn', { application: browser.application })),
      lastUseLine(browser.last_used_at),
      element(
        'p',
        { class: 'detail' },
        text('trustedUntil', { day: dayOf(Date.parse(browser.expires_at), currentLocale()) }),
      ),
    ),
    element(
      'div',
      { class: 'tools' },
      button({ class: 'tool', 'aria-label': `${text('forget')}: ${name}` }, [text('forget')], () =>
        act(account, { kind: 'forgetBrowser', id: browser.id }, text('forgotten', { name })),
      ),
    ),
  );
}
