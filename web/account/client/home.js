import { button, element, find } from './dom.js';
import { browsersPart } from './sections/browsers.js';
import { codesPart } from './sections/codes.js';
import { methodsPart } from './sections/methods.js';
import { passwordPart } from './sections/password.js';
import { sessionsPart } from './sections/sessions.js';
import { warningsPart } from './sections/warnings.js';
import { show } from './stage.js';
import { text } from './words.js';

/**
 * Everything about the account that is signed in.
 * @param {import('./account.js').Account} account
 * @param {import('./session.js').Config} config
 */
export function showHome(account, config) {
  find('tools').replaceChildren(
    element('span', { class: 'bar-kind' }, account.person.email),
    button({ class: 'bar-button' }, [text('signOut')], () => account.signOut()),
  );
  show(
    `${text('title')} · ${config.name}`,
    element('h1', {}, text('title')),
    warningsPart(account),
    methodsPart(account),
    codesPart(account),
    passwordPart(account),
    browsersPart(account),
    sessionsPart(account),
    supportLine(config),
  );
}

/** Whom to ask. @param {import('./session.js').Config} config */
export function supportLine({ supportUrl, supportEmail }) {
  const href = supportUrl ?? (supportEmail === undefined ? undefined : `mailto:${supportEmail}`);
  return (
    href !== undefined &&
    element('p', { class: 'onward' }, element('a', { href, rel: 'noreferrer' }, text('support')))
  );
}
