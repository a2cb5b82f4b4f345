import type { Clock } from '../config/clock.ts';
import type { Db } from './database.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/**
 * Deletes what has expired. Nothing relies on it: every look-up judges expiry itself, this only keeps
 * the tables small. Tickets, transactions, challenges and requests to devices stay a day for whoever investigates,
 * messages (without their content, once sent) a week.
 */
export async function prune(db: Db, clock: Clock): Promise<void> {
  const now = clock();
  const unexpired = db.selectFrom('mfa_transactions').select('id').where('expires_at', '>', now);
  await db
    .deleteFrom('authentication_methods')
    .where('confirmed_at', 'is', null)
    .where('created_at', '<', now - hour)
    .where('transaction_id', 'not in', unexpired)
    .execute();
  await db.deleteFrom('oidc_records').where('expires_at', '<', now).execute();
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute();
  await db.deleteFrom('operator_sessions').where('expires_at', '<', now).execute();
  await db.deleteFrom('remembered_browsers').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('second_factor_locks')
    .where('failures', '=', 0)
    .where((where) => where.or([where('locked_until', 'is', null), where('locked_until', '<', now - day)]))
    .where((where) => where.or([where('notified_at', 'is', null), where('notified_at', '<', now - day)]))
    .execute();
  await db
    .deleteFrom('send_back_offs')
    .where('updated_at', '<', now - day)
    .execute();
  await db
    .deleteFrom('send_conversions')
    .where('window_start', '<', now - 30 * day)
    .where((where) => where.or([where('paused_until', 'is', null), where('paused_until', '<', now)]))
    .execute();
  await db.deleteFrom('throttles').where('arrival', '<', now).execute();
  await db
    .deleteFrom('mfa_transactions')
    .where('expires_at', '<', now - day)
    .execute();
  await db
    .deleteFrom('challenges')
    .where('expires_at', '<', now - day)
    .execute();
  await db
    .deleteFrom('device_requests')
    .where('expires_at', '<', now - day)
    .execute();
  await db
    .deleteFrom('device_denials')
    .where('paused_until', '<', now)
    .where('updated_at', '<', now - day)
    .execute();
  await db
    .deleteFrom('messages')
    .where('expires_at', '<', now - 7 * day)
    .execute();
  await db.deleteFrom('method_changes').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('errands')
    .where('expires_at', '<', now - day)
    .execute();
  await db
    .deleteFrom('tickets')
    .where('expires_at', '<', now - day)
    .execute();
}
