import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import type { Screen } from '../../mfa/screens.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import { errorSummary, type FieldError, form } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { factorText, pageText } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance, openChallenge, openEnrolment } from './advance.ts';
import { type OptionScreen, optionButton } from './optionButton.ts';
import { sendErrorText } from './sentChallenge.ts';
import { choicesOf, stepOf } from './step.ts';

/** Which other factor to answer with. */
export const loginOptionsPage = optionPage('mfa-login-options', 'challenge', openChallenge);

/** Which factor to enrol. */
export const enrolmentOptionsPage: InteractionPage = {
  ...optionPage('mfa-begin-enroll-options', 'enrol', openEnrolment),
  isForEnrolment: true,
};

type Open = (visit: InteractionVisit, transaction: Transaction, factor: string) => Promise<FastifyReply>;

function optionPage(name: OptionScreen, kind: 'challenge' | 'enrol', open: Open): InteractionPage {
  const withOptions =
    (
      handler: (
        visit: InteractionVisit,
        transaction: Transaction,
        options: Factor[],
      ) => Promise<FastifyReply> | FastifyReply,
    ) =>
    async (visit: InteractionVisit): Promise<FastifyReply> => {
      const transaction = await visit.parts.engine.findByInteraction(visit.interaction.uid);
      if (!transaction) return visit.goTo('mfa');
      const options = await optionsOf(visit, transaction, kind);
      return options.length > 1 ? handler(visit, transaction, options) : advance(visit, transaction);
    };
  return {
    name,
    prompts: ['login', 'mfa'],
    get: withOptions((visit, transaction, options) => showOptions(visit, transaction, name, options)),
    post: withOptions((visit, transaction, options) => {
      const chosen = options.find((factor) => factor.name === visit.field('action'));
      return chosen ? open(visit, transaction, chosen.name) : advance(visit, transaction);
    }),
  };
}

/** The factors that would do now; none when another step comes first. */
async function optionsOf(
  visit: InteractionVisit,
  transaction: Transaction,
  kind: 'challenge' | 'enrol',
): Promise<Factor[]> {
  const { engine } = visit.parts;
  const { requirement } = transaction;
  const step = await stepOf(engine, transaction, visit.browser);
  const isDue = step.kind === 'choose-enrolment' || (step.kind === 'screen' && takesProof(step.screen));
  return isDue && requirement.kind === kind ? choicesOf(engine, transaction, visit.browser) : [];
}

function takesProof({ step }: Screen): boolean {
  return step === 'challenge' || step === 'enrolment';
}

function showOptions(
  visit: InteractionVisit,
  { state }: Transaction,
  name: OptionScreen,
  options: readonly Factor[],
): FastifyReply {
  const text = pageText(visit.locale, 'mfa', name, visit.variables);
  const errors = sendRefusals(visit, options);
  const buttons = options.map((factor) => optionButton(visit, name, factor));
  // Nothing was sent yet: the way back would only lead to the same refusal.
  const hasWayBack = errors.length === 0 || state === 'challenged';
  const back = html`<p class="aside-action"><button class="link" type="submit" name="action" value="back-action">${text('backText')}</button></p>`;
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
<p class="lead">${text('description')}</p>
${errorSummary(text('alertListTitle'), errors)}
${form(visit.formTo(name), 'step', html`<ul class="options">${buttons}</ul>${hasWayBack && back}`)}`,
  });
}

/** Why the factor that was tried before can't be used now. */
function sendRefusals(visit: InteractionVisit, options: readonly Factor[]): FieldError[] {
  const refused = options.find(({ name }) => name === visit.parameter('refused'));
  const screen = refused?.screens.screens.find(({ step }) => step === 'challenge');
  const key = screen && sendErrorText(visit.parameter('because'), screen);
  if (!refused || !screen || !key) return [];
  const text = factorText(visit.locale, refused.texts, screen.prompt, screen.id, visit.variables);
  return [{ text: text(key) }];
}
