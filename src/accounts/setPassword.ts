import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { enqueueEmail } from '../delivery/messages.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import type { AccountsParts } from './accountsParts.ts';
import { endSessions } from './endSessions.ts';
import { voidTickets } from './tickets.ts';
import { findUserById, type User } from './users.ts';

/**
 * Replaces the password by the one that `passwordHash` was made of, with everything that goes with it:
 * links for choosing a password become void (S-67), and so do proofs given so far; the hooks run (S-46),
 * the person is told, the log has a line. Sessions end where that was chosen. Runs inside the caller's
 * transaction.
 *
 * @param endsSessions signs the person out everywhere.
 * @param context who did it; absent for an operator at the command line.
 * @returns the account, or undefined when there is none.
 */
export async function setPassword(
  trx: Db,
  { vault, clock, onPasswordChanged }: AccountsParts,
  change: {
    userId: string;
    passwordHash: string;
    endsSessions: boolean;
    /** The right to choose it came by a message. */
    isByMail?: true;
    context?: RequestContext;
  },
): Promise<User | undefined> {
  const { userId, passwordHash, endsSessions, isByMail, context } = change;
  const now = clock();
  await trx
    .updateTable('users')
    .set({
      password_hash: passwordHash,
      password_changed_at: now,
      password_by_mail: isByMail ? 1 : 0,
      proofs_void_before: now,
      updated_at: now,
    })
    .where('id', '=', userId)
    .execute();
  const user = await findUserById(trx, userId);
  if (!user) return undefined;
  await voidTickets(trx, userId, 'password-reset');
  for (const hook of onPasswordChanged) await hook(trx, userId);
  if (endsSessions) await endSessions(trx, userId);
  const locale = context?.language ?? user.locale;
  const origin = context && { ip: context.ip, userAgent: context.userAgent };
  await enqueueEmail(trx, vault, clock, {
    to: user.email,
    userId,
    template: 'password_changed',
    ...(locale !== undefined && { locale }),
    variables: { at: now, ...origin },
  });
  await recordEvent(trx, clock, {
    type: 'scp',
    userId,
    userName: user.email,
    connection: user.connection,
    ...origin,
    details: { sessions_ended: endsSessions },
  });
  return user;
}
