import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import { checkbox, form } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { pageText } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance, advanceAnew, offerScreen, openEnrolment } from './advance.ts';
import { enrolmentOption } from './optionButton.ts';
import { stepOf } from './step.ts';

/** What the button is called that leaves the offer, here and while enrolling. */
export const skipAction = 'skip';

const removeField = 'removeLost';

/** After a recovery code: whether to set up anew what was lost, and what becomes of the old one (S-66). */
export const offerPage: InteractionPage = {
  name: offerScreen,
  isForEnrolment: true,
  prompts: ['login', 'mfa'],
  get: whileOffered(showOffer),
  post: whileOffered(answer),
};

/** The words of the button that leaves the offer. */
export function skipText(visit: InteractionVisit): string {
  return textsOf(visit)('skipButtonText');
}

type Handler = (
  visit: InteractionVisit,
  transaction: Transaction,
  factors: readonly Factor[],
) => Promise<FastifyReply> | FastifyReply;

function whileOffered(handler: Handler): InteractionPage['get'] {
  return async (visit) => {
    const { engine } = visit.parts;
    const transaction = await engine.findByInteraction(visit.interaction.uid);
    if (!transaction) return visit.goTo('mfa');
    const step = await stepOf(engine, transaction, visit.browser);
    if (step.kind !== 'offer' || step.reason !== 'lost') return advance(visit, transaction);
    return handler(
      visit,
      transaction,
      step.factors.flatMap((name) => engine.registry.get(name) ?? []),
    );
  };
}

function showOffer(
  visit: InteractionVisit,
  _transaction: Transaction,
  factors: readonly Factor[],
): FastifyReply {
  const text = textsOf(visit);
  const content = html`${checkbox({ name: removeField, value: 'true', label: text('removeLostText') })}
<ul class="options">${factors.map((factor) => enrolmentOption(visit, factor))}</ul>
<button class="secondary" type="submit" name="action" value="${skipAction}">${text('skipButtonText')}</button>`;
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
<p class="lead">${text('description')}</p>
${form(visit.formTo(offerScreen), 'step', content)}`,
  });
}

/** Anything but one of the offered factors means not now. */
async function answer(
  visit: InteractionVisit,
  transaction: Transaction,
  factors: readonly Factor[],
): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const chosen = factors.find(({ name }) => name === visit.field('action'));
  const removesEarlier = visit.field(removeField) === 'true';
  const answered = chosen
    ? await engine.acceptOffer(transaction.id, { removesEarlier })
    : await engine.declineOffer(transaction.id);
  if (answered.outcome === 'refused') return endRefused(visit, answered);
  if (!chosen) return advanceAnew(visit, transaction);
  const stored = await engine.findByInteraction(visit.interaction.uid);
  return stored ? openEnrolment(visit, stored, chosen.name) : visit.goTo('mfa');
}

function textsOf(visit: InteractionVisit) {
  return pageText(visit.locale, 'mfa', offerScreen, visit.variables);
}
