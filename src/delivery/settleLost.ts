import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import { recordFailed } from './messageEvents.ts';
import { findLost, settle } from './queue.ts';
import type { SendParts } from './sendMessage.ts';

/** Settled in one transaction; few, since other writers wait meanwhile. */
const batch = 50;

/**
 * Gives up what nobody will send any more, and logs it: messages and requests that are dead, and texts and
 * calls that were being handed over when their process died. Those may have arrived, and what may have
 * arrived is not sent again. Any number of processes may do this at once.
 */
export async function settleLost(
  parts: { database: Database; vault: Vault; clock: Clock } & Pick<SendParts, 'onOutcome'>,
): Promise<void> {
  const { database, vault, clock } = parts;
  for (;;) {
    const lost = await findLost(database.db, clock, batch);
    if (lost.length === 0) return;
    const settled = await database.transaction(async (trx) => {
      const written: typeof lost = [];
      for (const row of lost) {
        const status = row.isDead ? 'dead' : 'failed';
        const reason = row.isDead ? 'expired' : 'interrupted';
        const last = row.isDead ? (row.last_error ?? reason) : reason;
        if (!(await settle(trx, row, { status, last_error: last, isEmptied: true }))) continue;
        const details = row.isDead
          ? { reason, ...(row.last_error !== null && { last_error: row.last_error }) }
          : { reason, may_have_arrived: true };
        await recordFailed(trx, { vault, clock, message: row, details });
        written.push(row);
      }
      return written;
    });
    for (const { channel, provider, isDead } of settled) {
      if (channel === 'request') continue;
      parts.onOutcome?.({ channel, provider: provider ?? 'none', outcome: isDead ? 'dead' : 'failed' });
    }
    if (lost.length < batch) return;
  }
}
