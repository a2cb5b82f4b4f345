import type { Db } from '../database/database.ts';
import { decideNow } from './decideNow.ts';
import type { EngineParts } from './parts.ts';
import type { StillPending } from './submit.ts';
import { type Proof, type Refusal, refuse } from './transaction.ts';
import type { StoredTransaction } from './transactions.ts';

/** The transaction's one result. */
export interface Completed {
  outcome: 'completed';
  transactionId: string;
  userId: string;
  clientId: string;
  /** Those that count, for the session or the tokens. */
  proofs: Proof[];
  /** What was asked for before the second factor. */
  request: Record<string, unknown>;
}

/**
 * Spends a satisfied transaction, exactly once (S-37), inside the caller's transaction. Policy, user
 * and factors are judged as they are now, not as they were when it began (S-28).
 */
export async function completeTransaction(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
): Promise<Completed | StillPending | Refusal> {
  if (transaction.state !== 'satisfied') return refuse('expired');
  const user = await parts.findUser(trx, transaction.userId);
  if (!user || user.blocked) {
    await parts.transactions.move(trx, transaction.id, 'rejected', { reveal: null });
    return refuse('not_allowed');
  }
  const decision = await decideNow(
    parts,
    trx,
    { ...transaction.decisionInput, proofs: transaction.proofs },
    { user },
  );
  if (decision.requirement.kind !== 'none') {
    await parts.transactions.move(trx, transaction.id, 'pending', { decision });
    return { outcome: 'pending', requirement: decision.requirement };
  }
  const isFirst = await parts.transactions.move(trx, transaction.id, 'completed', { reveal: null }, [
    'satisfied',
  ]);
  if (!isFirst) return refuse('expired');
  return resultOf(transaction, [...decision.standing]);
}

/** What a completed transaction yields. */
export function resultOf({ id, userId, clientId, request }: StoredTransaction, proofs: Proof[]): Completed {
  return { outcome: 'completed', transactionId: id, userId, clientId, proofs, request };
}
