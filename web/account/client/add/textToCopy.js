import { button, element, picture } from '../dom.js';
import { inGroups } from '../format.js';
import { text } from '../words.js';

/**
 * A text to take over by hand, or to copy.
 * @param {string} content
 * @param {string} label
 */
export function textToCopy(content, label) {
  const status = element('p', { class: 'tool-status', role: 'status' });
  return element(
    'div',
    { class: 'shown-code' },
    element('p', { class: 'code-text', role: 'group', 'aria-label': label }, inGroups(content)),
    element('div', { class: 'tools' }, copyButton(content, status)),
    status,
  );
}

/**
 * A long link to copy.
 * @param {string} link
 * @param {string} label
 */
export function linkToCopy(link, label) {
  const status = element('p', { class: 'tool-status', role: 'status' });
  return element(
    'div',
    { class: 'field' },
    element('label', { for: 'link' }, label),
    element('input', { id: 'link', type: 'text', readonly: true, value: link }),
    element('div', { class: 'tools' }, copyButton(link, status)),
    status,
  );
}

/**
 * @param {string} content
 * @param {HTMLElement} status where it says that it did
 */
export function copyButton(content, status) {
  return button({ class: 'tool' }, [picture('copy'), element('span', {}, text('copy'))], async () => {
    await navigator.clipboard.writeText(content);
    status.textContent = text('copied');
  });
}
