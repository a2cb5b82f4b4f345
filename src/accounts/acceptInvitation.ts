import type { RequestContext } from '../config/requestContext.ts';
import { hashPassword } from '../crypto/passwordHash.ts';
import type { Db } from '../database/database.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import type { AccountsParts } from './accountsParts.ts';
import { hasPassword, isOperator } from './operators.ts';
import { judgePassword, type PasswordFault } from './passwordPolicy.ts';
import { normalisePassword } from './passwordText.ts';
import { setPassword } from './setPassword.ts';
import { consumeTicket, findTicket } from './tickets.ts';
import { findUserById, type User } from './users.ts';

/** The operator whom an invitation is for, as long as it works. */
export async function findInvited(
  { database, ...parts }: Pick<AccountsParts, 'database' | 'vault' | 'clock'>,
  ticket: string,
): Promise<User | undefined> {
  const found = await findTicket(database.db, parts, 'operator-invitation', ticket);
  return found && (await invitedUser(database.db, found.userId));
}

/**
 * Gives an invited operator the password they chose. The ticket is used up only with that, so a weak
 * password can be tried again (S-67). It signs nobody in: a second factor is still to come (S-107).
 */
export async function acceptInvitation(
  parts: AccountsParts,
  input: { ticket: string; password: string; context: RequestContext },
): Promise<
  { outcome: 'accepted' } | { outcome: 'invalid_ticket' } | { outcome: 'weak_password'; fault: PasswordFault }
> {
  const { database, clock } = parts;
  const { ticket, password, context } = input;
  const invited = await findInvited(parts, ticket);
  if (!invited) return { outcome: 'invalid_ticket' };
  const fault = await judgePassword(password, invited);
  if (fault) return { outcome: 'weak_password', fault };
  const passwordHash = await hashPassword(normalisePassword(password));

  const isAccepted = await database.transaction(async (trx) => {
    const used = await consumeTicket(trx, parts, 'operator-invitation', ticket);
    const user = used && (await invitedUser(trx, used.userId));
    if (!user) return false;
    await setPassword(trx, parts, { userId: user.id, passwordHash, endsSessions: false, context });
    await recordEvent(trx, clock, {
      type: 'sapi',
      description: 'Accept the invitation to the operator console',
      userId: user.id,
      userName: user.email,
      connection: user.connection,
      ip: context.ip,
      userAgent: context.userAgent,
      details: { actor: user.email },
    });
    return true;
  });
  if (!isAccepted) return { outcome: 'invalid_ticket' };
  parts.afterQueueing();
  return { outcome: 'accepted' };
}

/** Nobody who has a password already: an invitation is no way around a forgotten one. */
async function invitedUser(db: Db, userId: string): Promise<User | undefined> {
  const user = await findUserById(db, userId);
  return user && isOperator(user) && !(await hasPassword(db, userId)) ? user : undefined;
}
