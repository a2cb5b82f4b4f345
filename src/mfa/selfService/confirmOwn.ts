import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { Factor } from '../factor.ts';
import type { AuthenticationMethod } from '../methods.ts';
import { viewOf } from '../methodViews.ts';
import type { EngineParts } from '../parts.ts';
import { comesBeside } from '../standby.ts';
import { confirmEnrolment, type Submission, submitProof } from '../submit.ts';
import { isOpen } from '../transaction.ts';
import type { StoredTransaction } from '../transactions.ts';
import type { OwnRequest } from './beginOwn.ts';
import { inOwnAccount, type OwnAccount, objectionTo } from './ownAccount.ts';
import { type OwnRefusal, refuseOwn } from './ownRefusal.ts';
import type { Caller, OwnConfirmation, OwnConfirmed } from './selfServiceDesk.ts';

/** Judges what confirms a method that was begun, and ends the passage with it (S-01, S-41). */
export function confirmOwn(
  parts: EngineParts,
  caller: Caller,
  { name, authSession, proof }: OwnConfirmation,
  context: RequestContext,
): Promise<OwnConfirmed | OwnRefusal> {
  return inOwnAccount(parts, caller, context, async (account): Promise<OwnConfirmed | OwnRefusal> => {
    const { trx, settings, user } = account;
    const transaction = await findPassage(parts, trx, caller, authSession, 'method');
    const pending = transaction && begunIn(account, transaction, name);
    const factor = pending && parts.registry.get(pending.factor);
    if (!factor) return refuseOwn('not_found');
    if (!isOpen(transaction.state)) return refuseOwn('expired');
    const step = { ...account, transaction, factor };
    const refusal = comesBeside(factor)
      ? await confirmRenewal(step, pending)
      : await confirmProved(step, submissionOf(factor, pending.id, proof));
    if (refusal) return refusal;
    const method = (await parts.methodsOf(trx, user, settings)).find(({ id }) => id === pending.id);
    if (!method?.isConfirmed) throw new Error('A confirmed method is there.');
    return { outcome: 'confirmed', method: viewOf(parts, settings, method) };
  });
}

/** The passage that a session names, for whoever began it; another's is an unknown one (S-11, S-26). */
export async function findPassage(
  { transactions }: EngineParts,
  trx: Db,
  caller: Caller,
  authSession: string,
  kind: OwnRequest['kind'],
): Promise<StoredTransaction | undefined> {
  const transaction = await transactions.findByAuthSession(trx, authSession);
  const isOwn = transaction?.userId === caller.userId && transaction.clientId === caller.client.id;
  return isOwn && transaction.request.kind === kind ? transaction : undefined;
}

/** The method that this passage began, if it goes by that name; what a device brought along isn't it. */
function begunIn(
  { methods }: OwnAccount,
  { id, request, requirement }: StoredTransaction,
  name: string,
): AuthenticationMethod | undefined {
  if (!('factors' in requirement)) return undefined;
  const begun = methods.find(
    ({ transactionId, factor }) => transactionId === id && requirement.factors.includes(factor),
  );
  return name === (request.alias ?? begun?.id) ? begun : undefined;
}

function submissionOf(factor: Factor, methodId: string, proof: unknown): Submission {
  const answersChallenge = factor.beginChallenge || factor.showChallenge || factor.device;
  return answersChallenge ? { challenge: 'latest', proof } : { factor: factor.name, methodId, proof };
}

type OwnStep = OwnAccount & { transaction: StoredTransaction; factor: Factor };

async function confirmProved(
  { parts, trx, transaction, user, context }: OwnStep,
  submission: Submission,
): Promise<OwnRefusal | undefined> {
  const submitted = await submitProof(parts, trx, { transaction, user }, submission, context, 'completed');
  return submitted.outcome === 'refused' ? submitted : undefined;
}

/** Nothing is to be proved but who asks: the new codes count from now on, and the old ones no longer. */
async function confirmRenewal(step: OwnStep, method: AuthenticationMethod): Promise<OwnRefusal | undefined> {
  const { parts, trx, transaction, methods, user, factor, context } = step;
  const objection = objectionTo(step, factor);
  if (objection) return objection;
  if (!(await parts.transactions.move(trx, transaction.id, 'completed', { reveal: null }))) {
    return refuseOwn('expired');
  }
  const earlier = methods.filter((one) => one.factor === factor.name && one.isConfirmed);
  await parts.methods.remove(
    trx,
    user.id,
    earlier.map(({ id }) => id),
  );
  for (const { id } of earlier) {
    const details = { authenticator: { id, type: factor.name } };
    await parts.record(trx, transaction, user, context, { type: 'gd_unenroll', details });
  }
  await confirmEnrolment(step, { method });
  return undefined;
}
