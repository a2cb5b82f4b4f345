import type { RequestContext } from '../config/requestContext.ts';
import { newId } from '../crypto/ids.ts';
import type { Db } from '../database/database.ts';
import { spend } from '../database/throttle.ts';
import { challengeLimit } from './challenge.ts';
import { isPendingProof } from './enrol.ts';
import type { Factor, Shown } from './factor.ts';
import { levelContext } from './levelContext.ts';
import type { AuthenticationMethod } from './methods.ts';
import { type OpenedStep, openStep } from './openStep.ts';
import type { EngineParts } from './parts.ts';
import { personBudgetKey } from './personBudgetKey.ts';
import { failureEvent, recordStep, type Step } from './step.ts';
import { type Refusal, refuse } from './transaction.ts';

/** A challenge for the page that is being shown. */
export interface ChallengeShown {
  outcome: 'shown';
  shown: Shown;
}

type ShowingFactor = Factor & Required<Pick<Factor, 'showChallenge'>>;

/**
 * Makes the challenge of a factor whose page answers it, for the pending enrolment or for the confirmed
 * methods; it voids the transaction's challenge before, so it is made whenever the page is shown.
 */
export async function showChallenge(
  parts: EngineParts,
  transactionId: string,
  factorName: string,
  context: RequestContext,
): Promise<ChallengeShown | Refusal> {
  return parts.database.transaction((trx) => showIn(parts, trx, transactionId, factorName, context));
}

/** Likewise in the caller's database transaction. */
export async function showIn(
  parts: EngineParts,
  trx: Db,
  transactionId: string,
  factorName: string,
  context: RequestContext,
): Promise<ChallengeShown | Refusal> {
  const opened = await openStep(parts, trx, transactionId, context);
  if (opened.outcome === 'refused') return opened;
  const { settings, user, transaction } = opened.step;
  const factor = parts.registry.get(factorName);
  if (!factor || !shows(factor)) return refuse('unsupported');
  if (!parts.registry.isEnabled(factor, settings)) return refuse('factor_disabled');
  const budgetKey = personBudgetKey(user.id, context.ip);
  const budget = await spend(trx, parts.clock, challengeLimit, budgetKey);
  if (!budget.allowed) return refuse('rate_limited', budget);

  const methods = await parts.methodsOf(trx, user, settings);
  const step = { ...opened.step, factor, methods };
  const answering = answerers(step);
  const [first] = answering;
  if (!first) return refuse('not_allowed');
  const isEnrolment = !first.isConfirmed;
  const states = answering.map(({ state }) => state);
  const { shown, ...made } = factor.showChallenge(levelContext(step, states), {
    purpose: isEnrolment ? 'enrolment' : 'verification',
    states,
    confirmed: methods.filter(({ isConfirmed }) => isConfirmed),
  });
  await parts.challenges.create(trx, {
    id: newId('chl', parts.clock),
    transactionId,
    userId: user.id,
    factor: factor.name,
    made,
    ...(isEnrolment ? { methodId: first.id } : {}),
  });
  if (!isEnrolment) {
    await parts.deviceRequests.endOf(trx, transactionId);
    await parts.transactions.move(trx, transaction.id, 'challenged');
    await recordStep(step, 'gd_start_auth');
  }
  return { outcome: 'shown', shown };
}

/** Notes that the person's browser made nothing of the challenge; `detail` is its word for why. Counts no try. */
export async function reportUnanswered(
  parts: EngineParts,
  transactionId: string,
  factorName: string,
  detail: string,
  context: RequestContext,
): Promise<void> {
  await parts.database.transaction(async (trx) => {
    const opened = await openStep(parts, trx, transactionId, context);
    const factor = parts.registry.get(factorName);
    if (opened.outcome === 'refused' || !factor || !isDemanded(opened.step, factor)) return;
    const { user } = opened.step;
    const budgetKey = personBudgetKey(user.id, context.ip);
    const budget = await spend(trx, parts.clock, challengeLimit, budgetKey);
    if (!budget.allowed) return;
    const step = { ...opened.step, factor, methods: [] };
    await recordStep(step, failureEvent(step), { detail });
  });
}

function shows(factor: Factor): factor is ShowingFactor {
  return factor.showChallenge !== undefined;
}

/** Methods that may answer now: the pending one of an enrolment, else the confirmed ones. */
export function answerers({ parts, transaction, factor, methods }: Step): AuthenticationMethod[] {
  if (!isDemanded({ transaction }, factor)) return [];
  const own = methods.filter((method) => method.factor === factor.name);
  return transaction.requirement.kind === 'enrol'
    ? own.filter((method) => isPendingProof(parts, method, transaction.id, methods))
    : own.filter((method) => method.isConfirmed);
}

function isDemanded(
  { transaction: { requirement } }: Pick<OpenedStep, 'transaction'>,
  { name }: Factor,
): boolean {
  return 'factors' in requirement && requirement.factors.includes(name);
}
