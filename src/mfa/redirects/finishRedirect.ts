import type { RequestContext } from '../../config/requestContext.ts';
import type { Challenge } from '../challenges.ts';
import type { EngineParts } from '../parts.ts';
import { type Satisfied, type StillPending, submitProof } from '../submit.ts';
import { isOpen, type Refusal, refuse } from '../transaction.ts';
import type { Redirect } from './redirectDesk.ts';
import type { BroughtBack } from './redirectFactor.ts';
import { nonceOf, openRedirectStep, type RedirectStep, serviceOf } from './redirectStep.ts';

interface Taken {
  outcome: 'taken';
  step: RedirectStep;
  challenge: Challenge;
}

/**
 * The challenge is spent first, whatever comes of it: of two requests with the same answer one is told no, and the
 * service is asked once. A process that ends in between costs the person another try.
 */
export async function finishRedirect(
  parts: EngineParts,
  transactionId: string,
  redirect: Redirect,
  broughtBack: BroughtBack,
  context: RequestContext,
): Promise<Satisfied | StillPending | Refusal> {
  const taken = await take(parts, transactionId, redirect, broughtBack, context);
  if (taken.outcome === 'refused') return taken;
  const { factor, settings } = taken.step;
  const service = serviceOf(parts, factor, settings, redirect);
  const challenge = { ...taken.challenge, isTaken: true } as const;
  const proof = await factor.redirect.exchange(service, challenge.state, broughtBack);
  return parts.database.transaction(async (trx): Promise<Satisfied | StillPending | Refusal> => {
    const transaction = await parts.transactions.find(trx, transactionId);
    if (!transaction) return refuse('expired');
    const user = await parts.findUser(trx, transaction.userId);
    return submitProof(parts, trx, { transaction, user }, { taken: challenge, proof }, context, 'satisfied');
  });
}

function take(
  parts: EngineParts,
  transactionId: string,
  redirect: Redirect,
  broughtBack: BroughtBack,
  context: RequestContext,
): Promise<Taken | Refusal> {
  return parts.database.transaction(async (trx): Promise<Taken | Refusal> => {
    const opened = await openRedirectStep(parts, trx, transactionId, redirect, context);
    if (opened.outcome === 'refused') return opened;
    const { step } = opened;
    if (!isOpen(step.transaction.state)) return refuse('expired');
    const nonce = nonceOf(step.factor, broughtBack);
    if (nonce === undefined) return refuse('wrong_challenge');
    const found = await parts.challenges.find(trx, transactionId, { nonce });
    if (found.outcome === 'unknown') return refuse('wrong_challenge');
    if (found.outcome === 'over') return refuse('challenge_expired');
    const { challenge } = found;
    if (challenge.factor !== step.factor.name) return refuse('wrong_challenge');
    return (await parts.challenges.consume(trx, challenge.id))
      ? { outcome: 'taken', step, challenge }
      : refuse('challenge_expired');
  });
}
