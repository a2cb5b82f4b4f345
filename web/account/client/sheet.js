import { button, element } from './dom.js';
import { tell } from './stage.js';
import { text } from './words.js';

/** A task in front of the page, which may take several steps. Earlier news go. Closing it ends the task. */
export class Sheet {
  #dialog = element('dialog', { class: 'sheet', 'aria-labelledby': 'sheet-title' });
  #end = new AbortController();
  #isHeld = false;

  constructor() {
    tell('');
    document.body.append(this.#dialog);
    this.#dialog.addEventListener('close', () => {
      this.#end.abort();
      this.#dialog.remove();
    });
    this.#dialog.addEventListener('cancel', (event) => {
      if (this.#isHeld) event.preventDefault();
    });
    this.#dialog.showModal();
  }

  /** Aborts when the sheet is closed, by whomever. */
  get signal() {
    return this.#end.signal;
  }

  /**
   * Shows a step in the place of the one before. The cursor goes where `autofocus` says, else to the heading.
   * @param {string} title
   * @param {...(import('./dom.js').Child)} content
   */
  show(title, ...content) {
    this.#isHeld = false;
    const heading = element('h2', { id: 'sheet-title', tabindex: '-1' }, title);
    this.#dialog.replaceChildren(element('div', { class: 'sheet-step' }, heading, ...content));
    const first = this.#dialog.querySelector('[autofocus]') ?? heading;
    if (first instanceof HTMLElement) first.focus();
    this.#dialog.scrollTo(0, 0);
  }

  /** A key pressed by mistake doesn't close this step: what it shows won't be seen again. */
  hold() {
    this.#isHeld = true;
  }

  close() {
    this.#dialog.close();
  }

  /** The way out of a step. @param {string} [label] */
  cancelButton(label = text('cancel')) {
    return button({ class: 'secondary' }, [label], () => this.close());
  }
}

/**
 * Asks before something that can't be undone.
 * @param {{ title: string, words: string[], confirm: string }} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, words, confirm }) {
  const sheet = new Sheet();
  return new Promise((resolve) => {
    sheet.signal.addEventListener('abort', () => resolve(false));
    sheet.show(
      title,
      ...words.map((sentence) => element('p', {}, sentence)),
      element(
        'div',
        { class: 'pair' },
        button({ class: 'danger' }, [confirm], () => {
          resolve(true);
          sheet.close();
        }),
        sheet.cancelButton(),
      ),
    );
  });
}
