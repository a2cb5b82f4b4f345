import { approve } from '../answer.js';
import { cleanText } from '../cleanText.js';
import { button, element } from '../dom.js';
import { hostOf } from '../format.js';
import { placeOf } from '../place.js';
import { announce } from '../stage.js';
import { checkUser } from '../userCheck.js';
import { text } from '../words.js';
import { expiryClock, timeSince } from './clocks.js';
import { factList } from './facts.js';
import { numberChoices, numberField } from './numbers.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../app.js').Asked} Asked */

/** A screen that comes up under a finger must not take the press that was meant for the one before. */
const settleMs = 500;

/**
 * A request, alone on the screen: who asks for whom, from where, and the number of the sign-in page.
 * @param {App} app
 * @param {Asked} asked
 * @param {number} others how many more wait
 * @param {AbortSignal} signal
 * @returns {import('../stage.js').Screen}
 */
export function requestScreen(app, asked, others, signal) {
  const { account, request } = asked;
  const application = cleanText(request.application) || account.issuer;
  const progress = element('p', { class: 'progress', role: 'status' });
  const fault = element('p', { class: 'field-error', role: 'alert' });
  const denial = button({ class: 'secondary deny' }, [text('deny')], () => {
    app.denying = request.transaction_token;
    app.changed();
  });

  /** @param {string | undefined} number */
  const give = async (number) => {
    const pressed = document.activeElement;
    fault.textContent = '';
    controls.disabled = true;
    progress.textContent = text('checking');
    const outcome = await checkUser(signal);
    if (signal.aborted) return;
    progress.textContent = outcome === 'refused' ? '' : text('sending');
    const result =
      outcome === 'refused' ? 'checkRefused' : await app.sendAnswer(asked, () => approve(asked, number));
    if (isFault(result)) {
      progress.textContent = '';
      controls.disabled = false;
      fault.textContent = text(result, { host: hostOf(account.device.baseUrl) });
      // What is disabled loses the cursor.
      if (pressed instanceof HTMLElement) pressed.focus();
    } else {
      app.end(asked, result);
    }
  };
  const controls = element('fieldset', { class: 'answers', disabled: true }, ...answersFor(asked, give));
  setTimeout(() => {
    controls.disabled = false;
  }, settleMs);

  app.seen(asked);
  if (app.isReplaced) announce(text('replaced'));
  return {
    title: text('requestTitle'),
    brand: account.issuer,
    tools: [expiryClock(app, asked, signal)],
    className: 'is-request',
    content: [
      ...(app.isReplaced ? [element('p', { class: 'notice' }, text('replaced'))] : []),
      factList([
        {
          picture: 'application',
          name: text('factApplication'),
          value: application,
          detail: account.accountName,
        },
        { picture: 'place', name: text('factPlace'), ...placeFact(request) },
        { picture: 'browser', name: text('factBrowser'), value: browserOf(request) },
        { picture: 'time', name: text('factTime'), value: timeSince(asked, signal) },
      ]),
      controls,
      progress,
      fault,
      denial,
      ...(others > 0 ? [element('p', { class: 'detail' }, othersText(others))] : []),
    ],
  };
}

/**
 * @param {import('../app.js').OutcomeKind | import('../answer.js').AnswerFault | 'checkRefused'} result
 * @returns {result is import('../answer.js').AnswerFault | 'checkRefused'}
 */
function isFault(result) {
  return result === 'checkRefused' || result === 'unreachable' || result === 'tooOften';
}

/**
 * @param {Asked} asked
 * @param {(number: string | undefined) => Promise<void>} give
 * @returns {HTMLElement[]}
 */
function answersFor({ request }, give) {
  const { number_choices: choices, number_length: length } = request;
  if (choices && choices.length > 0) return numberChoices(choices, give);
  if (length) return numberField(length, give);
  return [
    element('p', { class: 'lead' }, text('approveLead')),
    button({ class: 'primary' }, [text('approve')], () => give(undefined)),
  ];
}

/** @param {import('../guardianApi.js').WaitingRequest} request */
function placeFact(request) {
  const value = placeOf(request) || text('unknown');
  const address = cleanText(request.ip);
  return { value, ...(address && address !== value ? { detail: address } : {}) };
}

/** @param {import('../guardianApi.js').WaitingRequest} request */
function browserOf({ browser: { name, os } = {} }) {
  const [browser, system] = [cleanText(name), cleanText(os)];
  if (browser && system) return text('browserOnSystem', { browser, system });
  return browser || system || text('unknown');
}

/** @param {number} count */
function othersText(count) {
  return count === 1 ? text('moreOne') : text('moreMany', { count });
}
