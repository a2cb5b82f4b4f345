import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import { type CodeMessage, enqueueCode } from './codeMessages.ts';
import { enqueuePush, type PushRequest } from './push/pushMessages.ts';
import { outboxRoute } from './route.ts';

/**
 * Leaves a code or a request to a device, which is nobody's, where the outbox of `--dev` shows it, past the
 * queue: for a test that answers at once, with no server running.
 *
 * @throws what `enqueueCode` and `enqueuePush` throw.
 */
export async function leaveInOutbox(
  trx: Db,
  vault: Vault,
  clock: Clock,
  message: CodeMessage | PushRequest,
): Promise<void> {
  if ('code' in message) await enqueueCode(trx, vault, clock, message);
  else await enqueuePush(trx, vault, clock, message);
  const { id, name } = outboxRoute(message.channel);
  await trx
    .updateTable('messages')
    .set({ user_id: null, status: 'sent', sent_at: clock(), provider_id: id, provider: name })
    .where('challenge_id', '=', message.challengeId)
    .execute();
}
