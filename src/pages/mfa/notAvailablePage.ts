import type { FastifyReply } from 'fastify';
import type { Transaction } from '../../mfa/transaction.ts';
import { form } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { noAbilitiesCookie } from '../browser/abilities.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { pageText } from '../locale/screenText.ts';
import { contact } from '../rendering/contact.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance, notAvailableScreen, openChallenge } from './advance.ts';
import { answerOption } from './optionButton.ts';
import { type Step, stepOf } from './step.ts';

type Unavailable = Step & { kind: 'unavailable' };

const retryAction = 'retry';

/** This browser can't do what is demanded: what else the person can do. */
export const notAvailablePage: InteractionPage = {
  name: notAvailableScreen,
  prompts: ['login', 'mfa'],
  get: whenDue((visit, _transaction, step) => showNotAvailable(visit, step)),
  post: whenDue(answer),
};

type Handler = (
  visit: InteractionVisit,
  transaction: Transaction,
  step: Unavailable,
) => Promise<FastifyReply> | FastifyReply;

function whenDue(handler: Handler): InteractionPage['get'] {
  return async (visit) => {
    const { engine } = visit.parts;
    const transaction = await engine.findByInteraction(visit.interaction.uid);
    if (!transaction) return visit.goTo('mfa');
    const step = await stepOf(engine, transaction, visit.browser);
    return step.kind === 'unavailable' ? handler(visit, transaction, step) : advance(visit, transaction);
  };
}

function showNotAvailable(visit: InteractionVisit, { factors }: Unavailable): FastifyReply {
  const text = pageText(visit.locale, 'mfa-webauthn', notAvailableScreen, visit.variables);
  const { registry } = visit.parts.engine;
  const others = factors.flatMap((name) => registry.get(name) ?? []);
  const options = others.map((factor) => answerOption(visit, { factor, value: factor.name }));
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('errorTitle')}</h1>
<p class="lead">${text('errorDescription')}</p>
${form(
  visit.formTo(notAvailableScreen),
  'step',
  html`<button class="primary" type="submit" name="action" value="${retryAction}">${text('tryAgainLinkText')}</button>
${options.length > 0 && html`<p>${text('otherMethodsText')}</p><ul class="options">${options}</ul>`}`,
)}
${contact(visit.settings, text)}`,
  });
}

async function answer(
  visit: InteractionVisit,
  transaction: Transaction,
  { factors }: Unavailable,
): Promise<FastifyReply> {
  const action = visit.field('action') ?? '';
  if (action === retryAction) {
    visit.reply.header('set-cookie', noAbilitiesCookie(visit.parts.publicUrl));
    return visit.goTo('mfa');
  }
  return factors.includes(action)
    ? openChallenge(visit, transaction, action)
    : visit.goTo(notAvailableScreen);
}
