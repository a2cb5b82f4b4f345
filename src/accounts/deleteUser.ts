import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import { endAccess } from './endAccess.ts';

/**
 * Removes the account and all that belongs to it: authentication methods, sessions, tokens, tickets,
 * waiting messages. The tenant log keeps its lines, as evidence. Runs inside the caller's transaction;
 * tells whether there was such an account.
 */
export async function deleteUser(trx: Db, clock: Clock, userId: string): Promise<boolean> {
  const row = await trx
    .deleteFrom('users')
    .where('id', '=', userId)
    .returning(['email', 'connection'])
    .executeTakeFirst();
  if (!row) return false;
  await endAccess(trx, userId);
  await trx.deleteFrom('authentication_methods').where('user_id', '=', userId).execute();
  await trx.deleteFrom('method_changes').where('user_id', '=', userId).execute();
  await trx.deleteFrom('second_factor_locks').where('user_id', '=', userId).execute();
  await trx.deleteFrom('messages').where('user_id', '=', userId).execute();
  await recordEvent(trx, clock, { type: 'sdu', userId, userName: row.email, connection: row.connection });
  return true;
}
