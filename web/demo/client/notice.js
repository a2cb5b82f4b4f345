import { find } from './dom.js';

/**
 * Tells the person something above everything else; screen readers say it at once.
 * @param {string} text
 * @param {{ label: string, act: () => unknown }} [action] a way on
 */
export function tell(text, action) {
  const button = find('notice-action');
  find('notice-text').textContent = text;
  button.hidden = !action;
  button.textContent = action?.label ?? '';
  button.onclick = action ? () => void action.act() : null;
  find('notice').hidden = false;
  find('notice').scrollIntoView({ block: 'nearest' });
}

/** Takes it away again. */
export function clearNotice() {
  find('notice').hidden = true;
}
