import { button, element, find } from './dom.js';
import { text } from './words.js';

/**
 * Puts content in the place of the one before. Whoever was in a part that is there again stays there, at its
 * heading when their button is gone.
 * @param {string} windowTitle
 * @param {...(import('./dom.js').Child)} content
 */
export function show(windowTitle, ...content) {
  const part = document.activeElement?.closest('[data-part]')?.getAttribute('data-part');
  document.title = windowTitle;
  find('content').replaceChildren(...content.filter((child) => child !== undefined && child !== false));
  const heading = part && document.querySelector(`[data-part="${part}"] h2`);
  if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
}

/**
 * A part of the page: a heading and what belongs to it.
 * @param {string} name
 * @param {string} title
 * @param {...(import('./dom.js').Child)} content
 */
export function part(name, title, ...content) {
  const heading = element('h2', { id: `${name}-title`, tabindex: '-1' }, title);
  return element(
    'section',
    { class: 'card', 'data-part': name, 'aria-labelledby': heading.id },
    heading,
    ...content,
  );
}

/**
 * Tells how something ended, at the foot of the window and to who listens, until it is put away or something
 * newer is told.
 * @param {string} words nothing to take the last news away
 * @param {{ isFault?: boolean }} [kind]
 */
export function tell(words, { isFault = false } = {}) {
  const place = find('news');
  place.className = isFault ? 'news is-fault' : 'news';
  const close = () => place.replaceChildren();
  place.replaceChildren();
  if (words === '') return;
  place.append(element('p', {}, words), button({ class: 'link' }, [text('dismiss')], close));
}
