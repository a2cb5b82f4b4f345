import type { Db } from '../database/database.ts';
import { endOperatorSessions } from './operators.ts';

/**
 * Ends everything that lets this person in or on: login sessions, the operator console's too, grants and
 * tokens kept here, remembered browsers, logins under way, links in messages (S-79). Access tokens that applications verify by
 * themselves live until they expire. Runs inside the caller's transaction.
 */
export async function endAccess(trx: Db, userId: string): Promise<void> {
  await trx.deleteFrom('sessions').where('user_id', '=', userId).execute();
  await endOperatorSessions(trx, userId);
  await trx.deleteFrom('oidc_records').where('account_id', '=', userId).execute();
  await trx.deleteFrom('remembered_browsers').where('user_id', '=', userId).execute();
  await trx.deleteFrom('challenges').where('user_id', '=', userId).execute();
  await trx.deleteFrom('mfa_transactions').where('user_id', '=', userId).execute();
  await trx.deleteFrom('tickets').where('user_id', '=', userId).execute();
}
