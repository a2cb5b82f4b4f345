import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { CodeMessage } from './codeMessages.ts';
import { enqueueCode } from './codeMessages.ts';
import { outboxRoute } from './route.ts';

/**
 * Leaves a code, which is nobody's, where the outbox of `--dev` shows it, past the queue: for a test that
 * answers at once, with no server running.
 *
 * @throws what `enqueueCode` throws.
 */
export async function leaveInOutbox(
  trx: Db,
  vault: Vault,
  clock: Clock,
  message: CodeMessage,
): Promise<void> {
  await enqueueCode(trx, vault, clock, message);
  const { id, name } = outboxRoute(message.channel);
  await trx
    .updateTable('messages')
    .set({ user_id: null, status: 'sent', sent_at: clock(), provider_id: id, provider: name })
    .where('challenge_id', '=', message.challengeId)
    .execute();
}
