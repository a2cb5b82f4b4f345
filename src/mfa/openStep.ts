import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { currentLock, holdUser } from './attempts.ts';
import type { EngineParts } from './parts.ts';
import type { Step } from './step.ts';
import { isOver, type Refusal, refuse } from './transaction.ts';

/** A step that may be taken, before it is known with which factor. */
export type OpenedStep = Omit<Step, 'factor' | 'methods'>;

/**
 * Opens a step of a transaction, whose other steps wait until the caller's database transaction ends, so
 * that what is sent for it is sent while it lasts. Refused when it is over, its person may do nothing, or
 * their second factors are locked (S-20).
 */
export async function openStep(
  parts: EngineParts,
  trx: Db,
  transactionId: string,
  context: RequestContext,
): Promise<{ outcome: 'opened'; step: OpenedStep } | Refusal> {
  if (!(await parts.transactions.hold(trx, transactionId))) return refuse('expired');
  const transaction = await parts.transactions.find(trx, transactionId);
  if (!transaction || isOver(transaction.state)) return refuse('expired');
  const settings = await parts.settings(trx);
  const user = await parts.findUser(trx, transaction.userId);
  if (!user || user.blocked) return refuse('not_allowed');
  const lock = await currentLock(trx, parts.clock, settings, user.id);
  if (lock) return refuse('locked', lock);
  return { outcome: 'opened', step: { parts, trx, transaction, settings, user, context } };
}

/**
 * Likewise, and nobody asks this person's devices, judges a proof of theirs, or enrols or removes a method
 * meanwhile.
 */
export async function openStepAlone(
  parts: EngineParts,
  trx: Db,
  transactionId: string,
  context: RequestContext,
): Promise<{ outcome: 'opened'; step: OpenedStep } | Refusal> {
  const named = await parts.transactions.find(trx, transactionId);
  if (!named) return refuse('expired');
  // The person first, as everywhere: in another order two who wait for each other would wait for ever.
  await holdUser(trx, named.userId);
  return openStep(parts, trx, transactionId, context);
}
