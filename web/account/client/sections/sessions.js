import { act } from '../act.js';
import { button, element } from '../dom.js';
import { dayOf } from '../format.js';
import { ask } from '../sheet.js';
import { part } from '../stage.js';
import { currentLocale, text } from '../words.js';
import { browserText, lastUseLine } from './lastUse.js';

/** @typedef {import('../account.js').Account} Account */
/** @typedef {import('../myAccount.js').SignIn} SignIn */

/**
 * Where the person is signed in.
 * @param {Account} account
 */
export function sessionsPart(account) {
  const sessions = [...account.sessions].sort((one, other) => Number(other.current) - Number(one.current));
  return part(
    'sessions',
    text('sessionsTitle'),
    element('p', { class: 'lead' }, text('sessionsLead')),
    element('ul', { class: 'rows' }, ...sessions.map((session) => sessionRow(account, session))),
    button({ class: 'secondary' }, [text('signOutEverywhere')], () => signOutEverywhere(account)),
  );
}

/** @param {Account} account @param {SignIn} session */
function sessionRow(account, session) {
  const name = browserText(session);
  return element(
    'li',
    { class: 'row' },
    element(
      'div',
      { class: 'row-words' },
      element(
        'p',
        { class: 'row-name' },
        name,
        session.current && ' ',
        session.current && element('span', { class: 'badge' }, text('thisBrowser')),
      ),
      lastUseLine(session.last_used_at, { ip: session.ip }),
      element(
        'p',
        { class: 'detail' },
        text('signedInSince', { day: dayOf(Date.parse(session.created_at), currentLocale()) }),
      ),
    ),
    !session.current &&
      element(
        'div',
        { class: 'tools' },
        button({ class: 'tool', 'aria-label': `${text('signOut')}: ${name}` }, [text('signOut')], () =>
          act(account, { kind: 'endSession', id: session.id }, text('signedOut', { name })),
        ),
      ),
  );
}

/** @param {Account} account */
async function signOutEverywhere(account) {
  const isSure = await ask({
    title: text('everywhereTitle'),
    words: [text('everywhereText')],
    confirm: text('signOutEverywhere'),
  });
  if (isSure) await act(account, { kind: 'endSession' }, text('everywhereNow'));
}
