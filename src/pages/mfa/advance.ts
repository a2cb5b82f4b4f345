import type { FastifyReply } from 'fastify';
import type { Transaction } from '../../mfa/transaction.ts';
import { endRefused } from '../endRefused.ts';
import { showExpired, showLocked, showMfaRequired } from '../statusPages.ts';
import type { InteractionVisit } from '../visit.ts';
import { finishLogin } from './finishLogin.ts';
import { isPhone } from './isPhone.ts';
import { type ScreenStep, stepOf } from './step.ts';

/**
 * Goes on with a transaction: to its next screen, beginning what that screen needs, or, when
 * everything is proved, back to the application.
 */
export async function advance(visit: InteractionVisit, transaction: Transaction): Promise<FastifyReply> {
  const step = await stepOf(visit.parts.engine, transaction, isPhone(visit.request));
  switch (step.kind) {
    case 'screen':
      return openScreen(visit, transaction, step);
    case 'choose-enrolment':
      return chooseEnrolment(visit, transaction);
    case 'complete':
      return complete(visit, transaction);
    case 'blocked':
      return showMfaRequired(visit);
    case 'locked':
      return showLockOf(visit, transaction);
    case 'over':
      return showExpired(visit);
  }
}

/** Begins to enrol a factor and goes to its screen. */
export async function openEnrolment(
  visit: InteractionVisit,
  transaction: Transaction,
  factor: string,
): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const begun = await engine.beginEnrolment(transaction.id, factor, visit.context);
  if (begun.outcome === 'refused') return endRefused(visit, begun);
  return advance(visit, { ...transaction, state: 'enrolling' });
}

/** Begins a challenge by a factor and goes to its screen. */
export async function openChallenge(
  visit: InteractionVisit,
  transaction: Transaction,
  factor: string,
): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const isSent = engine.registry.get(factor)?.wire.challengeType !== undefined;
  if (isSent) {
    const begun = await engine.beginChallenge(transaction.id, { factor }, visit.context);
    if (begun.outcome === 'refused') return endRefused(visit, begun);
  }
  const screen = engine.registry.get(factor)?.screens.screens.find(({ step }) => step === 'challenge');
  return screen ? visit.goTo(screen.id) : showMfaRequired(visit);
}

async function openScreen(
  visit: InteractionVisit,
  transaction: Transaction,
  { screen, factor }: ScreenStep,
): Promise<FastifyReply> {
  if (screen.step === 'challenge' && transaction.state === 'pending') {
    return openChallenge(visit, transaction, factor.name);
  }
  return visit.goTo(screen.id);
}

/** The list of factors, where the tenant wants it, else the strongest one straight away. */
async function chooseEnrolment(visit: InteractionVisit, transaction: Transaction): Promise<FastifyReply> {
  const factors = transaction.requirement.kind === 'enrol' ? transaction.requirement.factors : [];
  const [strongest] = factors;
  if (strongest === undefined) return showMfaRequired(visit);
  if (factors.length > 1 && visit.settings.showFactorListOnEnrolment)
    return visit.goTo('mfa-begin-enroll-options');
  return openEnrolment(visit, transaction, strongest);
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
