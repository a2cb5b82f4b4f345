import { element } from '../dom.js';
import { text } from '../words.js';
import { waysToAdd } from './welcome.js';

/**
 * The ways of adding another account.
 * @returns {import('../stage.js').Screen}
 */
export function addScreen() {
  return {
    title: text('addAccount'),
    back: '#',
    content: [element('p', { class: 'lead' }, text('addLead')), ...waysToAdd()],
  };
}
