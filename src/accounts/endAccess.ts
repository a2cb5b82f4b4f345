import type { Db } from '../database/database.ts';
import { endSessions } from './endSessions.ts';

/**
 * Ends everything that lets this person in or on: sessions and tokens, remembered browsers, logins under way,
 * links in messages (S-79). Runs inside the caller's transaction.
 */
export async function endAccess(trx: Db, userId: string): Promise<void> {
  await endSessions(trx, userId);
  await trx.deleteFrom('remembered_browsers').where('user_id', '=', userId).execute();
  await trx.deleteFrom('device_requests').where('user_id', '=', userId).execute();
  await trx.deleteFrom('challenges').where('user_id', '=', userId).execute();
  await trx.deleteFrom('mfa_transactions').where('user_id', '=', userId).execute();
  await trx.deleteFrom('tickets').where('user_id', '=', userId).execute();
  await trx.deleteFrom('errands').where('user_id', '=', userId).execute();
}
