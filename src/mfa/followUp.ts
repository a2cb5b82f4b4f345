import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { cutMethodName, plainMethodName } from './methodName.ts';
import type { AuthenticationMethod } from './methods.ts';
import { viewOf } from './methodViews.ts';
import type { EngineParts } from './parts.ts';
import { type Refusal, refuse, type Transaction, type Verdict } from './transaction.ts';
import type { StoredTransaction } from './transactions.ts';

/** The method just enrolled, about which something is still to be said. */
export interface FollowUp {
  factor: string;
  /** The name that it has so far. */
  name?: string;
}

/** What this satisfied transaction still has to hear about the method that it enrolled. */
export async function followUp(parts: EngineParts, transactionId: string): Promise<FollowUp | undefined> {
  const { db } = parts.database;
  const transaction = await parts.transactions.find(db, transactionId);
  const method = transaction && (await justEnrolled(parts, db, transaction));
  const factor = method && parts.registry.get(method.factor);
  if (!factor) return undefined;
  const { name } = viewOf(parts, await parts.settings(db), method);
  return { factor: factor.name, ...(name === undefined ? {} : { name }) };
}

/** Ends the follow-up, with another name for the method if one is given. What is offered besides stays. */
export async function settleFollowUp(
  parts: EngineParts,
  transactionId: string,
  name: string | undefined,
  context: RequestContext,
): Promise<{ outcome: 'settled' } | Refusal> {
  return parts.database.transaction(async (trx): Promise<{ outcome: 'settled' } | Refusal> => {
    const transaction = await parts.transactions.find(trx, transactionId);
    const method = transaction && (await justEnrolled(parts, trx, transaction));
    if (!method) return refuse('not_allowed');
    const decision: Verdict = { ...transaction, requirement: withoutFollowUp(transaction) };
    const isMoved = await parts.transactions.move(trx, transactionId, 'satisfied', { decision }, [
      'satisfied',
    ]);
    if (!isMoved) return refuse('expired');
    const label = cutMethodName(plainMethodName(name ?? ''));
    if (label === '' || label === viewOf(parts, await parts.settings(trx), method).name) {
      return { outcome: 'settled' };
    }
    await parts.methods.label(trx, method, label);
    const user = await parts.findUser(trx, transaction.userId);
    await parts.record(trx, transaction, user, context, {
      type: 'gd_update_device_account',
      details: { authenticator: { id: method.id, type: method.factor } },
    });
    return { outcome: 'settled' };
  });
}

function withoutFollowUp({ requirement }: Transaction): Transaction['requirement'] {
  if (requirement.kind !== 'none') return requirement;
  const { followUp: _, ...rest } = requirement;
  return rest;
}

async function justEnrolled(
  parts: EngineParts,
  db: Db,
  { userId, state, requirement }: StoredTransaction,
): Promise<AuthenticationMethod | undefined> {
  if (state !== 'satisfied' || requirement.kind !== 'none' || !requirement.followUp) return undefined;
  const methods = await parts.methods.ofUser(db, userId);
  return methods.find(({ id, isConfirmed }) => id === requirement.followUp && isConfirmed);
}
