import { element, find } from './dom.js';
import { indenture, mark, picture } from './pictures.js';
import { text } from './words.js';

/**
 * One screen; `update` brings it up to date when something has changed.
 * @typedef {{
 *   title: string,
 *   windowTitle?: string,
 *   isTitleHidden?: boolean,
 *   back?: string,
 *   brand?: string,
 *   tools?: Node[],
 *   className?: string,
 *   content: (Node | string)[],
 *   update?: () => void,
 * }} Screen
 */

let isFirst = true;

/**
 * Puts a screen in the place of the one before. The cursor goes to its heading, so that screen readers begin
 * there; the first screen leaves it where the browser put it.
 * @param {Screen} screen
 */
export function show({ title, windowTitle, isTitleHidden, back, brand, tools, className, content }) {
  const heading = element('h1', { tabindex: '-1', class: isTitleHidden ? 'unseen' : undefined }, title);
  const main = element('main', {}, heading, ...content);
  const slip = find('slip');
  slip.className = `slip ${className ?? ''}`;
  slip.replaceChildren(counterfoil(back, brand, tools), indenture(), main);
  document.title = `${windowTitle ?? title} · Countersign`;
  if (!isFirst) {
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
  isFirst = false;
}

/**
 * Says something to who can't see it, without moving them.
 * @param {string} words
 */
export function announce(words) {
  const place = find('news');
  // The same words again are news again.
  place.textContent = '';
  requestAnimationFrame(() => {
    place.textContent = words;
  });
}

/**
 * @param {string | undefined} back address of the screen above
 * @param {string | undefined} brand
 * @param {Node[]} [tools]
 */
function counterfoil(back, brand, tools = []) {
  const start =
    back === undefined
      ? mark()
      : element('a', { class: 'foil-tool', href: back, 'aria-label': text('back') }, picture('back'));
  const name = element('span', { class: 'tenant' }, brand ?? text('productName'));
  return element('header', { class: 'counterfoil' }, start, name, ...tools);
}
