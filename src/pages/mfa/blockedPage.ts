import type { FastifyReply } from 'fastify';
import type { Transaction } from '../../mfa/transaction.ts';
import { type FormTarget, form } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { factorName } from '../locale/factorName.ts';
import { pageText, type TextOf } from '../locale/screenText.ts';
import { contact } from '../rendering/contact.ts';
import { settleInteraction } from '../settleInteraction.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance } from './advance.ts';
import { beginLogin } from './beginLogin.ts';
import { blockedScreen, unreached } from './goToBlocked.ts';
import { stepOf } from './step.ts';

/** Why there is no way on. */
type Cause =
  /** The operator switched off all that the person set up. */
  | 'switched-off'
  /** Nothing is sent any more to the only method that they have. */
  | typeof unreached
  /** They have nothing, and there is nothing that they could set up. */
  | 'nothing';

const retryAction = 'retry';
const leaveAction = 'leave';

/**
 * Tells who can't prove what is demanded what happened, whom to ask and what else there is. The application learns
 * of it when the person goes back.
 */
export const blockedPage: InteractionPage = {
  name: blockedScreen,
  prompts: ['login', 'mfa'],
  get: whenBlocked((visit, transaction, cause) => showBlocked(visit, transaction, cause)),
  post: whenBlocked(answer),
};

type Handler = (
  visit: InteractionVisit,
  transaction: Transaction,
  cause: Cause,
) => Promise<FastifyReply> | FastifyReply;

function whenBlocked(handler: Handler): InteractionPage['get'] {
  return async (visit) => {
    const transaction = await visit.parts.engine.findByInteraction(visit.interaction.uid);
    if (!transaction) return visit.goTo('mfa');
    const cause = await causeOf(visit, transaction);
    return cause === undefined ? advance(visit, transaction) : handler(visit, transaction, cause);
  };
}

async function causeOf(visit: InteractionVisit, transaction: Transaction): Promise<Cause | undefined> {
  const step = await stepOf(visit.parts.engine, transaction, visit.browser);
  if (step.kind === 'blocked') {
    const isSwitchedOff = transaction.reasons.some(({ code }) => code === 'methods_switched_off');
    return isSwitchedOff ? 'switched-off' : 'nothing';
  }
  const isAsked = step.kind === 'screen' && step.screen.step === 'challenge';
  return isAsked && visit.parameter('because') === unreached ? unreached : undefined;
}

async function showBlocked(
  visit: InteractionVisit,
  { id }: Transaction,
  cause: Cause,
): Promise<FastifyReply> {
  const text = pageText(visit.locale, 'mfa', blockedScreen, visit.variables);
  const buttons = html`<button class="primary" type="submit" name="action" value="${retryAction}">${text('tryAgainButtonText')}</button>
${!visit.isErrand && html`<p class="aside-action"><button class="link" type="submit" name="action" value="${leaveAction}">${text('leaveButtonText')}</button></p>`}`;
  return visit.show(403, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
${cause === 'switched-off' ? await switchedOffText(visit, id, text) : html`<p class="lead">${text(cause === unreached ? 'unreachedText' : 'nothingText')}</p>`}
${contact(visit.settings, text)}
${form(formAbout(visit, cause), 'step', buttons)}`,
  });
}

function formAbout(visit: InteractionVisit, cause: Cause): FormTarget {
  const { action, hidden } = visit.formTo(blockedScreen);
  return { action: cause === unreached ? `${action}&because=${unreached}` : action, hidden };
}

async function switchedOffText(
  visit: InteractionVisit,
  transactionId: string,
  text: TextOf<'switchedOffText' | 'passwordText'>,
): Promise<Markup> {
  const { engine } = visit.parts;
  const names = (await engine.choices.switchedOff(transactionId)).flatMap((name) => {
    const factor = engine.registry.get(name);
    return factor ? factorName(visit, factor) : [];
  });
  const methods = new Intl.ListFormat(visit.locale, { type: 'conjunction' }).format(names);
  return html`<p class="lead">${text('switchedOffText', { methods })}</p><p>${text('passwordText')}</p>`;
}

/** Judged anew, since the operator may have changed something meanwhile; or back, with an error. */
async function answer(visit: InteractionVisit, { userId, proofs }: Transaction): Promise<FastifyReply> {
  const { interaction, parts } = visit;
  if (visit.field('action') !== leaveAction || visit.isErrand) return beginLogin(visit, { userId, proofs });
  const description = 'The person can’t use the second factor that is demanded';
  const leave = () => parts.interactions.reject(interaction.uid, 'access_denied', description);
  return settleInteraction(visit, leave, 'leaveTitle');
}
