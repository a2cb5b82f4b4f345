import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import type { Screen } from '../../mfa/screens.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import { errorSummary, type FieldError, form } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { factorText, pageText } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance, openChallenge, openEnrolment } from './advance.ts';
import { goToBlocked, unreached } from './goToBlocked.ts';
import { answerOption, enrolmentOption, type Option } from './optionButton.ts';
import { sendErrorText } from './sentChallenge.ts';
import { choicesOf, stepOf } from './step.ts';

/** Which other factor, or method of one, to answer with. */
export const loginOptionsPage = optionPage({
  name: 'mfa-login-options',
  kind: 'challenge',
  find: answersOf,
  draw: answerOption,
  open: (visit, transaction, { factor, methodId }) =>
    openChallenge(visit, transaction, factor.name, methodId),
});

/** Which factor to enrol. */
export const enrolmentOptionsPage: InteractionPage = {
  ...optionPage({
    name: 'mfa-begin-enroll-options',
    kind: 'enrol',
    find: factorsToEnrol,
    draw: (visit, { factor }) => enrolmentOption(visit, factor),
    open: (visit, transaction, { factor }) => openEnrolment(visit, transaction, factor.name),
  }),
  isForEnrolment: true,
};

interface OpenableOption extends Option {
  /** The method to ask; any of the factor when absent. */
  methodId?: string | undefined;
}

interface OptionList {
  name: 'mfa-login-options' | 'mfa-begin-enroll-options';
  kind: 'challenge' | 'enrol';
  find(visit: InteractionVisit, transaction: Transaction): Promise<OpenableOption[]>;
  draw(visit: InteractionVisit, option: OpenableOption): Markup;
  open(
    visit: InteractionVisit,
    transaction: Transaction,
    option: OpenableOption,
  ): Promise<FastifyReply> | FastifyReply;
}

type Handler = (
  visit: InteractionVisit,
  transaction: Transaction,
  options: readonly OpenableOption[],
) => Promise<FastifyReply> | FastifyReply;

function optionPage(list: OptionList): InteractionPage {
  const withOptions =
    (handler: Handler) =>
    async (visit: InteractionVisit): Promise<FastifyReply> => {
      const transaction = await visit.parts.engine.findByInteraction(visit.interaction.uid);
      if (!transaction) return visit.goTo('mfa');
      const isDue = transaction.requirement.kind === list.kind && (await isChoosing(visit, transaction));
      const options = isDue ? await list.find(visit, transaction) : [];
      // What was tried before and refused is a choice too, which is made already.
      const hasRefused = isDue && refusedFactor(visit, transaction) !== undefined;
      if (hasRefused && options.length === 0) return goToBlocked(visit, unreached);
      return options.length > (hasRefused ? 0 : 1)
        ? handler(visit, transaction, options)
        : advance(visit, transaction);
    };
  return {
    name: list.name,
    prompts: ['login', 'mfa'],
    get: withOptions((visit, transaction, options) => showOptions(visit, transaction, list, options)),
    post: withOptions((visit, transaction, options) => {
      const chosen = options.find(({ value }) => value === visit.field('action'));
      return chosen ? list.open(visit, transaction, chosen) : advance(visit, transaction);
    }),
  };
}

/** Whether no other step comes first. */
async function isChoosing(visit: InteractionVisit, transaction: Transaction): Promise<boolean> {
  const step = await stepOf(visit.parts.engine, transaction, visit.browser);
  return step.kind === 'choose-enrolment' || (step.kind === 'screen' && takesProof(step.screen));
}

/** What the person can answer by now and here; methods that are asked one by one, each by itself. */
async function answersOf(visit: InteractionVisit, transaction: Transaction): Promise<OpenableOption[]> {
  const { engine } = visit.parts;
  const choices = await engine.choices.of(transaction.id);
  return choicesOf(engine, transaction, visit.browser).flatMap((factor) => {
    const own = choices.filter((choice) => choice.factor === factor.name);
    return own.map(({ names, methodId }) => {
      const one = own.length > 1 ? methodId : undefined;
      return { factor, names, methodId: one, value: one ?? factor.name };
    });
  });
}

async function factorsToEnrol(visit: InteractionVisit, transaction: Transaction): Promise<OpenableOption[]> {
  const factors = choicesOf(visit.parts.engine, transaction, visit.browser);
  return factors.map((factor) => ({ factor, value: factor.name }));
}

function takesProof({ step }: Screen): boolean {
  return step === 'challenge' || step === 'enrolment';
}

function showOptions(
  visit: InteractionVisit,
  transaction: Transaction,
  { name, draw }: OptionList,
  options: readonly OpenableOption[],
): FastifyReply {
  const text = pageText(visit.locale, 'mfa', name, visit.variables);
  const errors = sendRefusals(visit, transaction);
  const buttons = options.map((option) => draw(visit, option));
  // Nothing was sent yet: the way back would only lead to the same refusal.
  const hasWayBack = errors.length === 0 || transaction.state === 'challenged';
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

/** The factor that was tried before, where the address tells of one that this transaction demands. */
function refusedFactor(visit: InteractionVisit, { requirement }: Transaction): Factor | undefined {
  const refused = visit.parts.engine.registry.get(visit.parameter('refused') ?? '');
  return refused && 'factors' in requirement && requirement.factors.includes(refused.name)
    ? refused
    : undefined;
}

/** Why that can't be used now. */
function sendRefusals(visit: InteractionVisit, transaction: Transaction): FieldError[] {
  const refused = refusedFactor(visit, transaction);
  const screen = refused?.screens.screens.find(({ step }) => step === 'challenge');
  const key = screen && sendErrorText(visit.parameter('because'), screen);
  if (!refused || !screen || !key) return [];
  const text = factorText(visit.locale, refused.texts, screen.prompt, screen.id, visit.variables);
  return [{ text: text(key) }];
}
