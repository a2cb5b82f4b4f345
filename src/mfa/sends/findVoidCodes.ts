import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import { isOpen, type TransactionState } from '../transaction.ts';

/**
 * Which of these challenges nobody can answer any more: replaced by a newer one, answered, or with their
 * transaction over or deleted. A code of one of them, or a request to a device, is of no use to its person, and
 * confuses them.
 */
export async function findVoidCodes(
  db: Db,
  clock: Clock,
  challengeIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = await db
    .selectFrom('challenges')
    .innerJoin('mfa_transactions', 'mfa_transactions.id', 'challenges.transaction_id')
    .leftJoin('device_requests', 'device_requests.challenge_id', 'challenges.id')
    .select(['challenges.id', 'mfa_transactions.state'])
    .where('device_requests.answer', 'is', null)
    .where('challenges.id', 'in', challengeIds)
    .where('challenges.consumed_at', 'is', null)
    .where('mfa_transactions.expires_at', '>', clock())
    .execute();
  const ofNoUse = new Set(challengeIds);
  for (const { id, state } of known) if (isOpen(state as TransactionState)) ofNoUse.delete(id);
  return ofNoUse;
}
