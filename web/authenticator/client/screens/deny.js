import { deny } from '../answer.js';
import { button, element } from '../dom.js';
import { hostOf } from '../format.js';
import { text } from '../words.js';
import { expiryClock } from './clocks.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../app.js').Asked} Asked */

/**
 * Whether the sign-in was the person's own: if not, somebody knows their password.
 * @param {App} app
 * @param {Asked} asked
 * @param {AbortSignal} signal
 * @returns {import('../stage.js').Screen}
 */
export function denyScreen(app, asked, signal) {
  const { account } = asked;
  const fault = element('p', { class: 'field-error', role: 'alert' });
  const progress = element('p', { class: 'progress', role: 'status' });
  // Where its server can't be told, a request mustn't keep the person here.
  const leave = button({ class: 'secondary', hidden: true }, [text('close')], () => app.putAside(asked));
  /** @param {boolean} wasMe */
  const give = async (wasMe) => {
    fault.textContent = '';
    progress.textContent = text('sending');
    const result = await app.sendAnswer(asked, () => deny(asked, wasMe));
    progress.textContent = '';
    if (result === 'unreachable' || result === 'tooOften') {
      fault.textContent = text(result, { host: hostOf(account.device.baseUrl) });
      leave.hidden = false;
    } else {
      app.end(asked, result);
    }
  };
  /** @param {boolean} wasMe @param {string} label @param {string} hint */
  const choice = (wasMe, label, hint) =>
    button(
      { class: wasMe ? 'big-choice' : 'big-choice is-alarming' },
      [element('strong', {}, label), element('span', {}, hint)],
      () => give(wasMe),
    );
  return {
    title: text('denyTitle'),
    brand: account.issuer,
    tools: [expiryClock(app, asked, signal)],
    className: 'is-request',
    content: [
      element('p', { class: 'lead' }, text('denyLead', { account: account.accountName || account.issuer })),
      choice(false, text('denyNo'), text('denyNoHint')),
      choice(true, text('denyYes'), text('denyYesHint')),
      progress,
      fault,
      leave,
      button({ class: 'link' }, [text('back')], () => {
        app.denying = '';
        app.changed();
      }),
    ],
  };
}
