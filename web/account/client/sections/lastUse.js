import { element } from '../dom.js';
import { timeAgo } from '../format.js';
import { currentLocale, text } from '../words.js';

/** @typedef {import('../myAccount.js').Place} Place */

/**
 * A browser and its system, as far as they are known.
 * @param {{ browser?: string, system?: string }} place
 */
export function browserText({ browser, system }) {
  if (browser && system) return text('browserOnSystem', { browser, system });
  return browser ?? system ?? text('unknownBrowser');
}

/**
 * When something was used last and from where: “Last used 3 hours ago, Chrome on macOS, 203.0.113.9”.
 * @param {string | undefined} at ISO 8601
 * @param {Partial<Place>} [use]
 */
export function lastUseLine(at, use = {}) {
  if (at === undefined) return element('p', { class: 'detail' }, text('neverUsed'));
  const when = timeAgo(Date.parse(at), Date.now(), currentLocale());
  const place = [use.browser || use.system ? browserText(use) : undefined, use.ip].filter(Boolean);
  return element(
    'p',
    { class: 'detail' },
    element(
      'time',
      { datetime: at, title: new Date(at).toLocaleString(currentLocale()) },
      text('lastUsed', { when }),
    ),
    ...place.map((known) => `, ${known}`),
  );
}
