import type { FastifyReply } from 'fastify';
import type { Block, Screen } from '../../mfa/screens.ts';
import type { Refusal } from '../../mfa/transaction.ts';
import type { FieldError } from '../../ui/form.ts';
import { allAbilities } from '../browser/abilities.ts';
import type { KnownBrowser } from '../browser/knownBrowser.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { notAvailableAction } from '../rendering/ceremonyButton.ts';
import type { InteractionVisit } from '../visit.ts';
import { acceptedProof } from './acceptedProof.ts';
import { advance, advanceAnew, leaveOffer, mayBeLeft, openService } from './advance.ts';
import { continueWithout, submitCeremony } from './ceremony.ts';
import { enterDeviceCode, renewEnrolment, takeDeviceAnswer } from './deviceAnswer.ts';
import { isWaiting } from './deviceBlocks.ts';
import { isCeremony, newCodesAction } from './factorBlocks.ts';
import { settleFollowUp } from './followUp.ts';
import { skipAction } from './offerPage.ts';
import { postpone, postponements } from './postpone.ts';
import { isRedirect, setbackErrors } from './redirectAway.ts';
import { changeList, goToInput, isInput, pickMethod, resend, submitInput } from './sentChallenge.ts';
import { downloadShownCode, factorTextAt, showFactorScreen } from './showFactorScreen.ts';
import { type At, type ScreenStep, stepAt, stepOf } from './step.ts';

/** What a challenge leads through; the other steps belong to what is set up. */
const challenging: ReadonlySet<Screen['step']> = new Set(['challenge', 'pick-method', 'replacement']);

/**
 * The page of one screen of a factor, whatever the factor.
 * @param screens those at this address: one may serve two steps
 */
export function factorScreenPage(screenId: string, screens: readonly Screen[]): InteractionPage {
  const onlyAtItsTime =
    (handler: (visit: InteractionVisit, at: At) => Promise<FastifyReply> | FastifyReply) =>
    async (visit: InteractionVisit): Promise<FastifyReply> => {
      const { engine } = visit.parts;
      const transaction = await engine.findByInteraction(visit.interaction.uid);
      if (!transaction) return visit.goTo('mfa');
      const next = await stepOf(engine, transaction, browserOf(visit));
      const step = stepAt(engine, transaction, next, screenId);
      return step ? handler(visit, { transaction, step }) : advance(visit, transaction);
    };
  return {
    name: screenId,
    ...(screens.some(({ step }) => challenging.has(step)) ? {} : { isForEnrolment: true }),
    ...(screens.some(({ blocks }) => blocks.some(isWaiting)) ? { asksServer: true } : {}),
    prompts: ['login', 'mfa'],
    get: onlyAtItsTime((visit, { transaction, step }) =>
      visit.parameter('download') === undefined
        ? showFactorScreen(visit, transaction, step, setbacksAt(visit, step))
        : downloadShownCode(visit, step),
    ),
    post: onlyAtItsTime(answer),
  };
}

function setbacksAt(visit: InteractionVisit, step: ScreenStep): FieldError[] {
  return setbackErrors(visit, step.screen, factorTextAt(visit, step));
}

/** A form is taken from whoever was shown it, though what the browser said has run out meanwhile. */
function browserOf({ request, browser }: InteractionVisit): KnownBrowser {
  const isKnown = request.method !== 'POST' || browser.abilities !== undefined;
  return isKnown ? browser : { ...browser, abilities: allAbilities };
}

async function answer(visit: InteractionVisit, at: At): Promise<FastifyReply> {
  const { transaction, step } = at;
  const { engine } = visit.parts;
  const action = visit.field('action') ?? '';
  if (mayBeLeft(transaction)) {
    const days = postponements.get(action);
    if (days !== undefined) return postpone(visit, at, days);
    if (action === skipAction) return leaveOffer(visit, transaction);
  }
  if (action === 'toggle-view' && step.screen.alternate) return visit.goTo(step.screen.alternate);
  if (action === 'pick-authenticator') {
    const isEnrolling = transaction.requirement.kind === 'enrol';
    return visit.goTo(isEnrolling ? 'mfa-begin-enroll-options' : 'mfa-login-options');
  }
  if (action === 'resend-code') return resend(visit, at);
  if (action.startsWith('switch-to-')) return resend(visit, at, action.slice('switch-to-'.length));
  if (action === 'edit-input') return goToInput(visit, at);
  if (action === 'pick-method' || action === 'back-action') return changeList(visit, at);
  if (step.screen.step === 'pick-method') return pickMethod(visit, at);
  if (step.screen.step === 'follow-up') return settleFollowUp(visit, at);
  if (step.screen.blocks.some(isRedirect)) return openService(visit, transaction, step.factor);
  const waiting = step.screen.blocks.find(isWaiting);
  if (waiting && action === 'renew') return renewEnrolment(visit, at);
  if (waiting && action === 'enter-otp-code') return enterDeviceCode(visit, at);
  if (waiting) return takeDeviceAnswer(visit, at, waiting);
  const ceremony = step.screen.blocks.find(isCeremony);
  if (ceremony && action === notAvailableAction) return continueWithout(visit);
  if (ceremony) return submitCeremony(visit, at, ceremony);
  const input = step.screen.blocks.find(isInput);
  if (input) return submitInput(visit, at, input);
  const code = step.screen.blocks.find((block) => block.kind === 'code-input');
  if (code) return submitCode(visit, at, code);
  if (action === newCodesAction) return renewCodes(visit, at);
  const confirm = step.screen.blocks.find((block) => block.kind === 'confirm');
  if (confirm && visit.field(confirm.field) === undefined) {
    return showFactorScreen(visit, transaction, step, [
      { field: confirm.field, text: factorTextAt(visit, step)('no-confirmation') },
    ]);
  }
  await engine.acknowledge(transaction.id);
  return advanceAnew(visit, transaction);
}

/** The codes that are left give way to new ones, which are shown next. */
async function renewCodes(visit: InteractionVisit, { transaction }: At): Promise<FastifyReply> {
  const renewed = await visit.parts.engine.codes.renew(transaction.id, visit.context);
  return renewed.outcome === 'refused' ? endRefused(visit, renewed) : advanceAnew(visit, transaction);
}

/** The proof. People type spaces and hyphens as they see them; the factor gets the bare code. */
async function submitCode(
  visit: InteractionVisit,
  at: At,
  input: Block & { kind: 'code-input' },
): Promise<FastifyReply> {
  const { transaction, step } = at;
  const { engine } = visit.parts;
  const text = factorTextAt(visit, step);
  const showAgain = (key: string) =>
    showFactorScreen(visit, transaction, step, [{ field: input.field, text: text(key) }]);
  const proof = visit.field(input.field)?.replace(/[\s-]+/g, '');
  if (!proof) return showAgain('no-code');

  const submission = step.sent
    ? ({ challenge: 'latest', proof } as const)
    : { factor: step.factor.name, proof };
  const result = await engine.submit(transaction.id, submission, visit.context);
  if (result.outcome === 'refused') {
    const key = errorTextOf(result, step, input);
    return key ? showAgain(key) : endRefused(visit, result);
  }
  return acceptedProof(visit, at, result);
}

/** Refusals after which the same screen makes sense again; undefined for the others. */
function errorTextOf(
  { code }: Refusal,
  { screen }: ScreenStep,
  input: Block & { kind: 'code-input' },
): string | undefined {
  switch (code) {
    case 'challenge_expired':
    case 'wrong_challenge':
      return screen.expiredText;
    case 'invalid_proof':
      return 'invalid-code';
    case 'malformed_proof':
      return input.malformedText;
    case 'factor_disabled':
    case 'unsupported':
      return 'authenticator-error';
    default:
      return undefined;
  }
}
