import { cleanText } from '../cleanText.js';
import { button, element } from '../dom.js';
import { mark } from '../pictures.js';
import { text } from '../words.js';

/** @typedef {import('../app.js').App} App */

/** What the seal does: its halves come together, or stay apart. */
const seals = /** @type {const} */ ({
  approved: 'seal is-joining',
  denied: 'seal is-apart',
  foreign: 'seal is-apart',
  mismatch: 'seal is-apart',
  expired: 'seal is-apart',
  over: 'seal is-apart',
  notAccepted: 'seal is-apart',
});

/**
 * How a request ended.
 * @param {App} app
 * @param {import('../app.js').Outcome} outcome
 * @returns {import('../stage.js').Screen}
 */
export function outcomeScreen(app, { kind, application, issuer }) {
  const values = { application: cleanText(application) || issuer };
  const close = button({ class: kind === 'foreign' ? 'secondary' : 'primary' }, [text('close')], () => {
    app.outcome = undefined;
    app.changed();
  });
  return {
    title: text(`${kind}Title`),
    brand: issuer,
    className: `is-outcome ends-${kind}`,
    content: [
      element('div', { class: seals[kind] }, mark()),
      element('p', { class: 'lead' }, text(`${kind}Text`, values)),
      close,
    ],
  };
}
