import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';

/** Claim in access tokens for the My Account API: the session in which the token was granted. */
export const sessionClaim = 'urn:countersign:session';

/** A browser in which a person is signed in. Times are epoch milliseconds. */
export interface SessionView {
  /** `ses_…`; says nothing of how the session is kept. */
  id: string;
  /** Of the latest sign-in or step-up. */
  ip: string;
  userAgent: string;
  createdAt: number;
  lastUsedAt: number;
  expiresAt: number;
}

/** What a session is called towards its person. */
export function sessionIdOf(vault: Vault, uid: string): string {
  return `ses_${vault
    .hash(uid, 'session-id')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 24)}`;
}

/** Where a person is signed in, latest used first; a session that was left idle isn't there any more. */
export async function sessionsOfPerson(
  db: Db,
  vault: Vault,
  clock: Clock,
  userId: string,
): Promise<SessionView[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['uid', 'ip', 'user_agent', 'created_at', 'updated_at', 'expires_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', clock())
    .orderBy('updated_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: sessionIdOf(vault, row.uid),
    ip: row.ip,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastUsedAt: row.updated_at,
    expiresAt: row.expires_at,
  }));
}

/** Ends one of a person's sessions in the caller's transaction; false when they have none of this id. */
export async function endSession(trx: Db, vault: Vault, userId: string, id: string): Promise<boolean> {
  const rows = await trx.selectFrom('sessions').select('uid').where('user_id', '=', userId).execute();
  const uid = rows.find((row) => sessionIdOf(vault, row.uid) === id)?.uid;
  if (uid === undefined) return false;
  const { numDeletedRows } = await trx
    .deleteFrom('sessions')
    .where('uid', '=', uid)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  await trx.deleteFrom('oidc_records').where('model', '=', 'Session').where('uid', '=', uid).execute();
  return numDeletedRows === 1n;
}
