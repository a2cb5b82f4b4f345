import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import type { Screen } from '../../mfa/screens.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import { form } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { factorText, pageText } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance, openChallenge, openEnrolment } from './advance.ts';
import { isPhone } from './isPhone.ts';
import { stepOf } from './step.ts';

/** Which other factor to answer with. */
export const loginOptionsPage = optionPage('mfa-login-options', 'challenge', openChallenge);

/** Which factor to enrol. */
export const enrolmentOptionsPage = optionPage('mfa-begin-enroll-options', 'enrol', openEnrolment);

type OptionScreen = 'mfa-login-options' | 'mfa-begin-enroll-options';
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
    get: withOptions((visit, _transaction, options) => showOptions(visit, name, options)),
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
  const step = await stepOf(engine, transaction, isPhone(visit.request));
  const isDue = step.kind === 'choose-enrolment' || (step.kind === 'screen' && takesProof(step.screen));
  if (!isDue || requirement.kind !== kind) return [];
  return requirement.factors.flatMap((name) => engine.registry.get(name) ?? []);
}

function takesProof({ step }: Screen): boolean {
  return step === 'challenge' || step === 'enrolment';
}

function showOptions(visit: InteractionVisit, name: OptionScreen, options: readonly Factor[]): FastifyReply {
  const text = pageText(visit.locale, 'mfa', name, visit.variables);
  const buttons = options.map((factor) => optionButton(visit, name, factor));
  const back = html`<p class="aside-action"><button class="link" type="submit" name="action" value="back-action">${text('backText')}</button></p>`;
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
<p class="lead">${text('description')}</p>
${form(visit.formTo(name), 'step', html`<ul class="options">${buttons}</ul>${back}`)}`,
  });
}

function optionButton(visit: InteractionVisit, name: OptionScreen, factor: Factor): Markup {
  const { nameText, icon: picture } = factor.screens;
  const label = factorText(visit.locale, factor.texts, 'mfa', name, visit.variables)(nameText);
  return html`<li><button class="option" type="submit" name="action" value="${factor.name}">${icon(picture)}<span>${label}</span>${icon('forward')}</button></li>`;
}
