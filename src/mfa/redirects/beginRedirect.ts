import type { RequestContext } from '../../config/requestContext.ts';
import { newId } from '../../crypto/ids.ts';
import type { Db } from '../../database/database.ts';
import { spend } from '../../database/throttle.ts';
import { challengeLimit } from '../challenge.ts';
import { newNonce } from '../challenges.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { EngineParts } from '../parts.ts';
import { personBudgetKey } from '../personBudgetKey.ts';
import { answerers } from '../showChallenge.ts';
import { failureEvent, recordStep } from '../step.ts';
import { type Refusal, refuse } from '../transaction.ts';
import type { Redirect, RedirectBegun, Waived } from './redirectDesk.ts';
import type { RedirectChallenge } from './redirectFactor.ts';
import { openRedirectStep, type RedirectStep, serviceOf } from './redirectStep.ts';
import { waive } from './waive.ts';

/** A step that may be taken now, and the method that it is about. */
interface DueStep {
  outcome: 'due';
  step: RedirectStep;
  method: AuthenticationMethod;
}

/**
 * Asks the service whether it is there, makes a challenge and stores it. What the budget refuses, the service
 * isn't asked.
 */
export async function beginRedirect(
  parts: EngineParts,
  transactionId: string,
  redirect: Redirect,
  context: RequestContext,
): Promise<RedirectBegun | Waived | Refusal> {
  const due = (trx: Db) => dueStep(parts, trx, transactionId, redirect, context);
  const admitted = await parts.database.transaction(async (trx): Promise<DueStep | Refusal> => {
    const found = await due(trx);
    if (found.outcome === 'refused') return found;
    const budgetKey = personBudgetKey(found.step.user.id, context.ip);
    const budget = await spend(trx, parts.clock, challengeLimit, budgetKey);
    return budget.allowed ? found : refuse('rate_limited', budget);
  });
  if (admitted.outcome === 'refused') return admitted;

  const { step, method } = admitted;
  const { factor, settings } = step;
  const service = serviceOf(parts, factor, settings, redirect);
  const probed = await factor.redirect.probe(service);
  if (!probed.isUp) {
    const { isOutage, detail } = probed;
    return parts.database.transaction(async (trx): Promise<Waived | Refusal> => {
      const found = await due(trx);
      if (found.outcome === 'refused') return found;
      const isWaived = isOutage && (await waive(found.step, found.method, detail));
      if (isWaived) return { outcome: 'waived', detail };
      await recordStep(found.step, failureEvent(found.step), { method: found.method, detail });
      return refuse('service_unavailable');
    });
  }
  const id = newId('chl', parts.clock);
  const nonce = newNonce(id);
  const challenge = await factor.redirect.begin(service, { state: method.state, nonce });
  return parts.database.transaction(async (trx): Promise<RedirectBegun | Refusal> => {
    const found = await due(trx);
    if (found.outcome === 'refused') return found;
    // Another one than the challenge was made for: it was removed or replaced meanwhile.
    if (found.method.id !== method.id) return refuse('not_allowed');
    await store(found, { id, nonce }, challenge);
    return { outcome: 'begun', url: challenge.url };
  });
}

async function dueStep(
  parts: EngineParts,
  trx: Db,
  transactionId: string,
  redirect: Redirect,
  context: RequestContext,
): Promise<DueStep | Refusal> {
  const opened = await openRedirectStep(parts, trx, transactionId, redirect, context);
  if (opened.outcome === 'refused') return opened;
  const [method] = answerers(opened.step);
  return method ? { outcome: 'due', step: opened.step, method } : refuse('not_allowed');
}

/** It takes the place of the transaction's challenge before. */
async function store(
  { step, method }: DueStep,
  { id, nonce }: { id: string; nonce: string },
  { state, lifetimeSeconds }: RedirectChallenge,
): Promise<void> {
  const { parts, trx, transaction, user, factor } = step;
  await parts.challenges.create(trx, {
    id,
    transactionId: transaction.id,
    userId: user.id,
    methodId: method.id,
    factor: factor.name,
    made: { state, lifetimeSeconds },
    nonce,
  });
  if (!method.isConfirmed) return;
  await parts.transactions.move(trx, transaction.id, 'challenged');
  await recordStep(step, 'gd_start_auth', { method });
}
