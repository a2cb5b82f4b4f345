import type { Db } from '../database/database.ts';
import { endOperatorSessions } from './operators.ts';

/**
 * Signs a person out everywhere: login sessions, the operator console's too, with the grants, refresh tokens
 * and codes kept here. Access tokens that applications verify by themselves live until they expire. Runs
 * inside the caller's transaction.
 */
export async function endSessions(trx: Db, userId: string): Promise<void> {
  await trx.deleteFrom('sessions').where('user_id', '=', userId).execute();
  await endOperatorSessions(trx, userId);
  await trx.deleteFrom('oidc_records').where('account_id', '=', userId).execute();
}
