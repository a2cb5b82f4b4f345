import type { Clock } from '../config/clock.ts';
import { canonicalEmail } from '../config/emailAddress.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import { issueTicket } from './tickets.ts';
import { findUserByEmail, insertUser, toUser, type User } from './users.ts';

/**
 * The connection of the people who run this server. It takes no sign-ups, no application but the
 * operator console signs in through it, and there is nobody in it at first (S-107).
 */
export const operatorConnection = 'Countersign-Operators';

const invitationDays = 3;

/** A one-time link by which an operator chooses a password and signs in for the first time. */
export interface OperatorInvitation {
  user: User;
  url: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export type InviteOperatorResult =
  | ({ outcome: 'invited' } & OperatorInvitation)
  | { outcome: 'invalid_email' }
  /** The operator has a password already. */
  | { outcome: 'active'; user: User };

/**
 * Invites an operator, creating the account if there is none. A new invitation voids the one before.
 * Runs inside the caller's transaction.
 *
 * @param parts `publicUrl` with a trailing slash: the start of the link.
 */
export async function inviteOperator(
  trx: Db,
  parts: { vault: Vault; clock: Clock; publicUrl: string },
  emailAsTyped: string,
): Promise<InviteOperatorResult> {
  const email = canonicalEmail(emailAsTyped);
  if (email === undefined) return { outcome: 'invalid_email' };
  const newcomer = { connection: operatorConnection, email, emailVerified: true, passwordHash: null };
  const user =
    (await insertUser(trx, parts.clock, newcomer)) ?? (await findUserByEmail(trx, operatorConnection, email));
  if (!user) throw new Error('An account that exists could not be read.');
  if (await hasPassword(trx, user.id)) return { outcome: 'active', user };

  const lifetimeSeconds = invitationDays * 24 * 60 * 60;
  const ticket = await issueTicket(trx, parts, {
    kind: 'operator-invitation',
    userId: user.id,
    lifetimeSeconds,
  });
  const url = new URL('operator/welcome', parts.publicUrl);
  url.searchParams.set('ticket', ticket);
  return { outcome: 'invited', user, url: url.href, expiresAt: parts.clock() + lifetimeSeconds * 1000 };
}

/** Whether anybody can sign in as an operator. */
export async function hasActiveOperator(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('connection', '=', operatorConnection)
    .where('password_hash', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the account is of somebody who may run this server, now. */
export function isOperator(user: Pick<User, 'connection' | 'blocked'>): boolean {
  return user.connection === operatorConnection && !user.blocked;
}

/** An operator, and whether they have taken up their invitation. */
export interface ListedOperator {
  user: User;
  hasPassword: boolean;
}

/** Everybody who may run this server, or was invited to; the first invited first. */
export async function listOperators(db: Db): Promise<ListedOperator[]> {
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where('connection', '=', operatorConnection)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ user: toUser(row), hasPassword: row.password_hash !== null }));
}

/** Ends an operator's sessions at the console, in the caller's transaction. */
export async function endOperatorSessions(trx: Db, userId: string): Promise<void> {
  await trx.deleteFrom('operator_sessions').where('user_id', '=', userId).execute();
}

/** Whether the account can sign in by password: an operator who was only invited can't yet. */
export async function hasPassword(db: Db, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirst();
  return row?.password_hash != null;
}
