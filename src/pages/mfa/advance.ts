import type { FastifyReply } from 'fastify';
import type { Factor } from '../../mfa/factor.ts';
import type { Screen } from '../../mfa/screens.ts';
import type { Refusal, Transaction } from '../../mfa/transaction.ts';
import { endRefused } from '../endRefused.ts';
import { showExpired, showLocked } from '../statusPages.ts';
import type { InteractionVisit } from '../visit.ts';
import { finishLogin } from './finishLogin.ts';
import { goToBlocked, unreached } from './goToBlocked.ts';
import { leaveForService } from './redirectAway.ts';
import { resendWait } from './resendWait.ts';
import { choicesOf, isYetToBeSent, type ScreenStep, stepOf } from './step.ts';

/** Where a person is led to set up anew what they lost. */
export const offerScreen = 'mfa-enroll-replacement';

/** Where a browser tells what it can do. */
export const detectScreen = 'mfa-detect-browser-capabilities';

/** Where a person is told that this browser can't do what is demanded. */
export const notAvailableScreen = 'mfa-webauthn-not-available-error';

/**
 * Goes on with a transaction: to its next screen, beginning what that screen needs, or, when
 * everything is proved, back to the application.
 */
export async function advance(visit: InteractionVisit, transaction: Transaction): Promise<FastifyReply> {
  const step = await stepOf(visit.parts.engine, transaction, visit.browser);
  switch (step.kind) {
    case 'screen':
      return openScreen(visit, transaction, step);
    case 'detect':
      return visit.goTo(detectScreen);
    case 'unavailable':
      return mayBeLeft(transaction) ? leaveOffer(visit, transaction) : visit.goTo(notAvailableScreen);
    case 'choose-enrolment':
      return chooseEnrolment(visit, transaction);
    case 'offer':
      return step.reason === 'lost'
        ? visit.goTo(offerScreen)
        : offerForBrowser(visit, transaction, step.factors);
    case 'complete':
      return complete(visit, transaction);
    case 'blocked':
      return goToBlocked(visit);
    case 'locked':
      return showLockOf(visit, transaction);
    case 'over':
      return showExpired(visit);
  }
}

/** Goes on with the transaction as it is stored by now. */
export async function advanceAnew(visit: InteractionVisit, { id }: Transaction): Promise<FastifyReply> {
  const transaction = await visit.parts.engine.findByInteraction(visit.interaction.uid);
  return transaction?.id === id ? advance(visit, transaction) : visit.goTo('mfa');
}

/** Whether this enrolment was the person's choice. */
export function mayBeLeft({ requirement }: Transaction): boolean {
  return requirement.kind === 'enrol' && requirement.offer !== undefined;
}

/** Goes on without what was offered. */
export async function leaveOffer(visit: InteractionVisit, transaction: Transaction): Promise<FastifyReply> {
  const left = await visit.parts.engine.declineOffer(transaction.id);
  return left.outcome === 'refused' ? endRefused(visit, left) : advanceAnew(visit, transaction);
}

/** Begins to enrol a factor, by its screen for what an enrolment begins with if there is one. */
export async function openEnrolment(
  visit: InteractionVisit,
  transaction: Transaction,
  factorName: string,
): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const factor = engine.registry.get(factorName);
  const input = factor && inputScreen(factor, engine.registry.channelsOf(factor, visit.settings));
  if (input) return visit.goTo(input.id);
  const begun = await engine.beginEnrolment(transaction.id, { factor: factorName }, visit.context);
  if (begun.outcome === 'refused') return endRefused(visit, begun);
  return advance(visit, { ...transaction, state: 'enrolling' });
}

/** Begins a challenge by a factor, or one method of it, and goes to its screen. */
export async function openChallenge(
  visit: InteractionVisit,
  transaction: Transaction,
  factorName: string,
  methodId?: string,
): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const factor = engine.registry.get(factorName);
  if (factor?.redirect) return openService(visit, transaction, factor);
  if (await isJustSent(visit, transaction, factorName, methodId)) return advance(visit, transaction);
  if (factor?.wire.challengeType !== undefined) {
    const choice = { factor: factorName, ...(methodId === undefined ? {} : { methodId }) };
    const begun = await engine.beginChallenge(transaction.id, choice, visit.context);
    if (begun.outcome === 'refused') return refuseChallenge(visit, transaction, factorName, begun);
    if (begun.channel !== undefined) return advance(visit, { ...transaction, state: 'challenged' });
  }
  const screen = factor?.screens.screens.find(({ step }) => step === 'challenge');
  return screen ? visit.goTo(screen.id) : goToBlocked(visit);
}

/** To the page of the factor's service; straight on where that is down and people are let in then. */
export async function openService(
  visit: InteractionVisit,
  transaction: Transaction,
  factor: Factor,
): Promise<FastifyReply> {
  return (await leaveForService(visit, transaction, factor)) ?? advanceAnew(visit, transaction);
}

/** Whether that was sent a moment ago: the way round by the list of factors is no way to send it again. */
async function isJustSent(
  { parts: { engine, clock } }: InteractionVisit,
  { id, state }: Transaction,
  factorName: string,
  methodId: string | undefined,
): Promise<boolean> {
  const latest = state === 'challenged' ? await engine.latestChallenge(id) : undefined;
  if (latest?.factor !== factorName || resendWait(latest.sentAt, clock()) === 0) return false;
  return methodId === undefined || methodId === latest.methodId;
}

/** Where nothing more may be sent, another factor may still do. */
function refuseChallenge(
  visit: InteractionVisit,
  { requirement }: Transaction,
  factor: string,
  refusal: Refusal,
): FastifyReply {
  const hasOthers = requirement.kind === 'challenge' && requirement.factors.length > 1;
  const isUnreached = refusal.code === 'destination_refused';
  if (hasOthers && (isUnreached || refusal.code === 'too_many_sends'))
    return visit.goTo('mfa-login-options', { refused: factor, because: refusal.code });
  return isUnreached ? goToBlocked(visit, unreached) : endRefused(visit, refusal);
}

/** The screen for the set of channels that is on. */
function inputScreen({ screens }: Factor, channelsOn: readonly string[] | undefined): Screen | undefined {
  const inputs = screens.screens.filter(({ step }) => step === 'input');
  return inputs.find(
    ({ channels }) =>
      !channels ||
      (channels.length === channelsOn?.length && channels.every((channel) => channelsOn.includes(channel))),
  );
}

async function openScreen(
  visit: InteractionVisit,
  transaction: Transaction,
  step: ScreenStep,
): Promise<FastifyReply> {
  const { screen, factor } = step;
  const isFirst = screen.step === 'challenge' && transaction.state === 'pending';
  if (isFirst || isYetToBeSent(step)) return openChallenge(visit, transaction, factor.name);
  return visit.goTo(screen.id);
}

/** Straight to the screen that sets it up, which may be left again: what this browser could prove is worth asking. */
async function offerForBrowser(
  visit: InteractionVisit,
  transaction: Transaction,
  factors: readonly string[],
): Promise<FastifyReply> {
  const [factor = ''] = factors;
  return takeOffer(visit, transaction, factor);
}

/** Begins an enrolment that nothing demands, so that a refusal is no reason to stop. */
export async function takeOffer(
  visit: InteractionVisit,
  transaction: Transaction,
  factor: string,
): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const accepted = await engine.acceptOffer(transaction.id, { removesEarlier: false });
  if (accepted.outcome === 'refused') return endRefused(visit, accepted);
  const begun = await engine.beginEnrolment(transaction.id, { factor }, visit.context);
  return begun.outcome === 'refused' ? leaveOffer(visit, transaction) : advanceAnew(visit, transaction);
}

/** The list of factors, where the tenant wants it, else the strongest one straight away. */
async function chooseEnrolment(visit: InteractionVisit, transaction: Transaction): Promise<FastifyReply> {
  const factors = choicesOf(visit.parts.engine, transaction, visit.browser);
  const [strongest] = factors;
  if (strongest === undefined) return goToBlocked(visit);
  if (factors.length > 1 && visit.settings.showFactorListOnEnrolment)
    return visit.goTo('mfa-begin-enroll-options');
  return openEnrolment(visit, transaction, strongest.name);
}

/** Spends the transaction. Its demands are judged once more, so that another step may still come. */
async function complete(visit: InteractionVisit, transaction: Transaction): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const completed = await engine.complete(transaction.id);
  if (completed.outcome === 'completed') {
    return finishLogin(visit, { userId: completed.userId, proofs: completed.proofs });
  }
  if (completed.outcome === 'refused') return endRefused(visit, completed);
  return advance(visit, { ...transaction, state: 'pending', requirement: completed.requirement });
}

async function showLockOf(visit: InteractionVisit, transaction: Transaction): Promise<FastifyReply> {
  const lock = await visit.parts.engine.lockOf(transaction.userId);
  return lock ? showLocked(visit, lock) : showExpired(visit);
}
