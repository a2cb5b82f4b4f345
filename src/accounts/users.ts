import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { canonicalEmail } from '../config/emailAddress.ts';
import { hexId } from '../crypto/ids.ts';
import type { Db } from '../database/database.ts';
import type { UsersTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';

/** What a person says about themselves, as the OpenID Connect claims of these names. */
export interface Profile {
  name?: string;
  nickname?: string;
  givenName?: string;
  familyName?: string;
  /** https URL. */
  picture?: string;
  /** BCP 47 tag of the language their messages are written in. */
  locale?: string;
}

/** A person's account in one connection. Times are epoch milliseconds. */
export interface User extends Profile {
  /** `auth0|` and 24 hex digits. */
  id: string;
  connection: string;
  /** Canonical form. */
  email: string;
  emailVerified: boolean;
  blocked: boolean;
  userMetadata: Record<string, unknown>;
  appMetadata: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
  lastLoginAt?: number;
  loginsCount: number;
  /** Proofs given before it count for nothing any more, wherever they are remembered. */
  proofsVoidBefore: number;
  /** The password was chosen by a link in a message, and nothing but the mailbox has vouched for it since. */
  isPasswordByMail: boolean;
  /** From where all that was asked for was last proved, as the engine keeps it; absent until it was once. */
  provedAddress?: string;
  /** Name of the factor that they want to be asked for first. */
  preferredFactor?: string;
}

export interface NewUser {
  /** A fresh one when absent. */
  id?: string;
  connection: string;
  /** Canonical form. */
  email: string;
  emailVerified: boolean;
  /** PHC string; null for an account that can't log in by password. */
  passwordHash: string | null;
  profile?: Profile;
  userMetadata?: Record<string, unknown>;
  appMetadata?: Record<string, unknown>;
}

/** A new user id in Auth0's form for database connections. */
export function newUserId(clock: Clock): string {
  return `auth0|${hexId(clock)}`;
}

/**
 * Creates the account, or returns undefined when the connection has one with this address. One
 * statement either way, so that the two cost the same (S-83).
 */
export async function insertUser(db: Db, clock: Clock, user: NewUser): Promise<User | undefined> {
  const now = clock();
  const row = await db
    .insertInto('users')
    .values({
      id: user.id ?? newUserId(clock),
      connection: user.connection,
      email: user.email,
      email_verified: user.emailVerified ? 1 : 0,
      password_hash: user.passwordHash,
      password_changed_at: user.passwordHash === null ? null : now,
      proofs_void_before: 0,
      blocked: 0,
      profile: JSON.stringify(user.profile ?? {}),
      user_metadata: JSON.stringify(user.userMetadata ?? {}),
      app_metadata: JSON.stringify(user.appMetadata ?? {}),
      created_at: now,
      updated_at: now,
      last_login_at: null,
      logins_count: 0,
    })
    .onConflict((conflict) => conflict.columns(['connection', 'email']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && toUser(row);
}

const byId = statement((db, { id }: { id: string }) =>
  db.selectFrom('users').selectAll().where('id', '=', id),
);

export async function findUserById(db: Db, id: string): Promise<User | undefined> {
  const row = await byId.first(db, { id });
  return row && toUser(row);
}

/** Takes any spelling of the address. */
export async function findUserByEmail(db: Db, connection: string, email: string): Promise<User | undefined> {
  const canonical = canonicalEmail(email);
  if (canonical === undefined) return undefined;
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('connection', '=', connection)
    .where('email', '=', canonical)
    .executeTakeFirst();
  return row && toUser(row);
}

/** Newest first. */
export async function listUsers(db: Db, page: { offset: number; limit: number }): Promise<User[]> {
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return rows.map(toUser);
}

/**
 * Takes the worth from every proof given so far: in sessions, logins under way, refresh tokens and tokens
 * of the MFA API. For a changed password, a block, or a reset of the second factors.
 */
export async function voidProofs(trx: Db, clock: Clock, userId: string): Promise<void> {
  await trx.updateTable('users').set({ proofs_void_before: clock() }).where('id', '=', userId).execute();
}

/** Makes a password good for nothing, where there is one: `unknown` is the hash of a text that nobody knows. */
export async function spoilPassword(trx: Db, userId: string, unknown: string): Promise<void> {
  await trx
    .updateTable('users')
    .set({ password_hash: unknown })
    .where('id', '=', userId)
    .where('password_hash', 'is not', null)
    .execute();
}

const countLogin = statement((db, { id, at }: { id: string; at: number }) =>
  db
    .updateTable('users')
    .set({ last_login_at: at, logins_count: sql`logins_count + 1` })
    .where('id', '=', id),
);

/** Counts a completed login. */
export async function recordLogin(db: Db, clock: Clock, userId: string): Promise<void> {
  await countLogin.run(db, { id: userId, at: clock() });
}

/** Another second factor than the mailbox was proved: who chose the password is its owner (S-32). */
export async function vouchForPassword(trx: Db, userId: string): Promise<void> {
  await trx.updateTable('users').set({ password_by_mail: 0 }).where('id', '=', userId).execute();
}

/** Keeps from where all that was asked for was proved just now. */
export async function noteProvedAddress(trx: Db, userId: string, address: string): Promise<void> {
  await trx.updateTable('users').set({ proved_address: address }).where('id', '=', userId).execute();
}

/** When the account was made and its password chosen; undefined for who has no password. */
export async function passwordChangedAt(
  db: Db,
  userId: string,
): Promise<{ createdAt: number; changedAt: number } | undefined> {
  const row = await db
    .selectFrom('users')
    .select(['created_at', 'password_changed_at'])
    .where('id', '=', userId)
    .where('password_hash', 'is not', null)
    .executeTakeFirst();
  return row && { createdAt: row.created_at, changedAt: row.password_changed_at ?? row.created_at };
}

/** Keeps which factor the person wants to be asked for first; none when it is undefined. */
export async function preferFactor(
  trx: Db,
  clock: Clock,
  userId: string,
  factor: string | undefined,
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ preferred_factor: factor ?? null, updated_at: clock() })
    .where('id', '=', userId)
    .execute();
}

/** Marks the address as proven, provided that it is still the account's; tells whether it is. */
export async function markEmailVerified(
  db: Db,
  clock: Clock,
  userId: string,
  email: string,
): Promise<User | undefined> {
  const row = await db
    .updateTable('users')
    .set({ email_verified: 1, updated_at: clock() })
    .where('id', '=', userId)
    .where('email', '=', email)
    .returningAll()
    .executeTakeFirst();
  return row && toUser(row);
}

/** Reads a row; the password's hash stays behind. */
export function toUser(row: Selectable<UsersTable>): User {
  return {
    ...(JSON.parse(row.profile) as Profile),
    id: row.id,
    connection: row.connection,
    email: row.email,
    emailVerified: row.email_verified === 1,
    blocked: row.blocked === 1,
    userMetadata: JSON.parse(row.user_metadata) as Record<string, unknown>,
    appMetadata: JSON.parse(row.app_metadata) as Record<string, unknown>,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.last_login_at !== null && { lastLoginAt: row.last_login_at }),
    loginsCount: row.logins_count,
    proofsVoidBefore: row.proofs_void_before,
    isPasswordByMail: row.password_by_mail === 1,
    ...(row.proved_address !== null && { provedAddress: row.proved_address }),
    ...(row.preferred_factor !== null && { preferredFactor: row.preferred_factor }),
  };
}
