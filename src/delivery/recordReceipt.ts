import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import { recordFailed } from './messageEvents.ts';
import type { Receipt } from './providers/provider.ts';

/** `unknown`: no message of this provider has that id, or not yet. `known`: it changes nothing any more. */
export type ReceiptOutcome = 'recorded' | 'known' | 'unknown';

/**
 * Writes what a provider reports about a message, with the log event of a code that did not arrive. Only
 * forward, by a conditional write: a receipt that comes twice, late or out of order changes nothing (S-97).
 */
export async function recordReceipt(
  { database, vault, clock }: { database: Database; vault: Vault; clock: Clock },
  providerId: string,
  { providerMessageId, status, code, cost }: Receipt,
): Promise<ReceiptOutcome> {
  const { db } = database;
  const row = await db
    .selectFrom('messages')
    .select(['id', 'channel', 'user_id', 'template', 'attempts', 'challenge_id', 'recipient_masked'])
    .select(['provider', 'status'])
    .where('provider_id', '=', providerId)
    .where('provider_message_id', '=', providerMessageId)
    .executeTakeFirst();
  if (!row) return 'unknown';
  const priced = cost && { cost_amount: cost.amount, cost_currency: cost.currency };
  const change = {
    ...priced,
    ...(status !== 'sent' && { status, receipt_at: clock() }),
    ...(status === 'undelivered' && { last_error: code ?? status }),
  };
  if (Object.keys(change).length === 0) return 'known';
  return database.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('messages')
      .set(change)
      .where('id', '=', row.id)
      .where('status', '=', 'sent')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return 'known';
    if (status === 'undelivered') {
      const details = { reason: status, ...(code !== undefined && { code }) };
      await recordFailed(trx, { vault, clock, message: row, details });
    }
    return 'recorded';
  });
}
