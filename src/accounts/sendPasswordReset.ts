import type { Db } from '../database/database.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import type { AccountsParts } from './accountsParts.ts';
import { enqueueLink } from './messageLinks.ts';
import type { User } from './users.ts';

/**
 * Queues the message with which a person chooses a new password, and logs that. Whether there is such a
 * person, and whether a message may go out, was decided before. Runs inside the caller's transaction.
 *
 * @param origin who asked: language of the message, and what the log is to say.
 */
export async function sendPasswordReset(
  trx: Db,
  parts: Pick<AccountsParts, 'vault' | 'clock'>,
  user: User,
  { locale, ...origin }: { locale?: string; clientId?: string; ip: string; userAgent: string },
): Promise<void> {
  const recipient = { userId: user.id, to: user.email, locale: locale ?? user.locale };
  await enqueueLink(trx, parts, 'password-reset', 'reset_email', recipient, {
    email: user.email,
    ...(origin.clientId !== undefined && { clientId: origin.clientId }),
  });
  await recordEvent(trx, parts.clock, {
    type: 'scpr',
    userId: user.id,
    userName: user.email,
    connection: user.connection,
    ...origin,
  });
}
