import { element } from '../dom.js';
import { text } from '../words.js';

/**
 * Asks before something that can't be undone.
 * @param {{ title: string, words: string, confirm: string }} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, words, confirm }) {
  const cancel = element('button', { class: 'secondary', value: 'cancel', autofocus: true }, text('cancel'));
  const dialog = element(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'dialog-title', 'aria-describedby': 'dialog-words' },
    element(
      'form',
      { method: 'dialog' },
      element('h2', { id: 'dialog-title' }, title),
      element('p', { id: 'dialog-words' }, words),
      element('button', { class: 'danger', value: 'confirm' }, confirm),
      cancel,
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'confirm');
      dialog.remove();
    });
  });
}
