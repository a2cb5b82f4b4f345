import { button, element, find } from './dom.js';
import { supportLine } from './home.js';
import { show } from './stage.js';
import { text } from './words.js';

/** @typedef {import('./session.js').Config} Config */

/**
 * Nobody is signed in here, or not recently enough. It waits for a press: signing in may send a message.
 * @param {Config} config
 * @param {() => Promise<unknown>} onSignIn
 */
export function showWelcome(config, onSignIn) {
  showAlone(
    config,
    text('welcomeTitle'),
    [text('welcomeLead', { name: config.name })],
    button({ class: 'primary' }, [text('signIn')], onSignIn),
  );
}

/**
 * The page can't show the account.
 * @param {Config} config
 * @param {string} words
 * @param {() => unknown} onRetry
 */
export function showFault(config, words, onRetry) {
  showAlone(config, text('faultTitle'), [words], button({ class: 'primary' }, [text('retry')], onRetry));
}

/** Something is under way. @param {Config} config */
export function showLoading(config) {
  show(config.name, element('p', { class: 'progress', role: 'status' }, text('loading')));
}

/** @param {Config} config @param {string} title @param {string[]} words @param {Node} way */
function showAlone(config, title, words, way) {
  find('tools').replaceChildren();
  const heading = element('h1', { tabindex: '-1' }, title);
  show(
    `${title} · ${config.name}`,
    element(
      'section',
      { class: 'card alone' },
      heading,
      ...words.map((sentence) => element('p', { class: 'lead' }, sentence)),
      way,
    ),
    supportLine(config),
  );
}
