import { element } from '../dom.js';
import { text } from '../words.js';

/**
 * The app where it can keep no keys.
 * @returns {import('../stage.js').Screen}
 */
export function cannotScreen() {
  return {
    title: text('cannotTitle'),
    windowTitle: text('productName'),
    content: [element('p', { class: 'lead' }, text(isSecureContext ? 'cannotStore' : 'cannotInsecure'))],
  };
}
