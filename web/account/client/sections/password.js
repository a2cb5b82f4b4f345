import { changePassword } from '../changePassword.js';
import { button, element } from '../dom.js';
import { timeAgo } from '../format.js';
import { part } from '../stage.js';
import { currentLocale, text } from '../words.js';

/**
 * The password: when it was changed, and the way to a new one.
 * @param {import('../account.js').Account} account
 */
export function passwordPart(account) {
  const password = account.methods.find(({ type }) => type === 'password');
  if (!password) return undefined;
  const { last_password_reset: changedAt } = password;
  const when = changedAt && timeAgo(Date.parse(changedAt), Date.now(), currentLocale());
  return part(
    'password',
    text('password'),
    when && element('p', { class: 'detail' }, text('passwordChanged', { when })),
    button({ class: 'secondary' }, [text('passwordChange')], () => changePassword(account)),
  );
}
