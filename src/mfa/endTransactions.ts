import type { Db } from '../database/database.ts';
import type { EngineParts } from './parts.ts';

/** Ends every transaction under way of a user, and what their devices were asked, in the caller's transaction. */
export async function endTransactions(parts: EngineParts, trx: Db, userId: string): Promise<void> {
  await parts.transactions.endAll(trx, userId);
  await parts.deviceRequests.endAll(trx, userId);
}
