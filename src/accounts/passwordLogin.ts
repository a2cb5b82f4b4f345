import type { Selectable } from 'kysely';
import { canonicalIdentifier } from '../config/emailAddress.ts';
import { addressBudgetKey } from '../config/networkAddress.ts';
import type { RequestContext } from '../config/requestContext.ts';
import { verifyPassword } from '../crypto/passwordHash.ts';
import type { Db } from '../database/database.ts';
import type { UsersTable } from '../database/schema.ts';
import { forgive, type Limit, refund, spend, type ThrottleResult } from '../database/throttle.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import type { AccountsParts } from './accountsParts.ts';
import { normalisePassword } from './passwordText.ts';
import { toUser, type User } from './users.ts';

export interface PasswordLogin {
  /** As typed. */
  identifier: string;
  password: string;
  connection: string;
  context: RequestContext;
  /** The application that asks, for the log. */
  clientId?: string;
}

/** `refused` stands for an unknown account, a wrong password and a blocked account alike (S-82). */
export type PasswordLoginResult =
  | { outcome: 'accepted'; user: User }
  | { outcome: 'refused' }
  | ({ outcome: 'throttled' } & ThrottleResult);

/** Wrong passwords for one account from one address: an attacker elsewhere doesn't lock the owner out. */
export const failuresPerAccountAndAddress: Limit = { name: 'login', burst: 10, refillSeconds: 6 * 60 };

/** Wrong passwords for any accounts from one address. */
export const failuresPerAddress: Limit = { name: 'login-address', burst: 100, refillSeconds: 60 };

/** One line in the log for each budget that ran out, not one for each attempt after it. */
const pauseNotices: Limit = { name: 'login-pause', burst: 1, refillSeconds: 6 * 60 };

type CredentialRow = Selectable<UsersTable> | undefined;

/**
 * Judges a password. The attempt is spent before the password is looked at, so parallel guesses can't
 * exceed the budget, and given back when it was right. Unknown, wrong and blocked cost the same: one
 * password hash, the same statements (S-82). The log names the reason, the result doesn't.
 */
export async function checkPassword(
  { database, vault, clock }: AccountsParts,
  login: PasswordLogin,
): Promise<PasswordLoginResult> {
  const identifier = canonicalIdentifier(login.identifier);
  const address = addressBudgetKey(login.context.ip);
  // Hashed, since a stranger may type anything here and limits are kept in the database.
  const account = vault.hash(`${login.connection}\0${identifier}\0${address}`, 'login-limit');

  const spent = await database.transaction(async (trx) => {
    const ofAddress = await spend(trx, clock, failuresPerAddress, address);
    const ofAccount = await spend(trx, clock, failuresPerAccountAndAddress, account);
    const refused = [ofAddress, ofAccount].find((result) => !result.allowed);
    if (!refused) return undefined;
    const type = refused === ofAddress ? 'limit_mu' : 'limit_wc';
    const notice = await spend(trx, clock, pauseNotices, `${type}:${account}`);
    if (notice.allowed) await recordEvent(trx, clock, eventOf(type, login));
    return refused;
  });
  if (spent) return { outcome: 'throttled', ...spent };

  const row = await findCredentials(database.db, login.connection, identifier);
  const matches = await verifyPassword(row?.password_hash ?? null, normalisePassword(login.password));

  return database.transaction(async (trx) => {
    if (!row || !matches || row.blocked === 1) {
      await recordEvent(trx, clock, {
        ...eventOf(refusalType(row, matches), login),
        ...(row && nameOf(row)),
      });
      return { outcome: 'refused' };
    }
    // In the order in which they are spent: two sign-ins at once would wait for each other otherwise.
    await refund(trx, failuresPerAddress, address);
    await forgive(trx, failuresPerAccountAndAddress, account);
    return { outcome: 'accepted', user: toUser(row) };
  });
}

async function findCredentials(db: Db, connection: string, email: string): Promise<CredentialRow> {
  return db
    .selectFrom('users')
    .selectAll()
    .where('connection', '=', connection)
    .where('email', '=', email)
    .executeTakeFirst();
}

function refusalType(row: CredentialRow, matches: boolean): 'fu' | 'fp' | 'f' {
  if (!row) return 'fu';
  return matches ? 'f' : 'fp';
}

function nameOf(row: { id: string; email: string; blocked: number }) {
  return {
    userId: row.id,
    userName: row.email,
    ...(row.blocked === 1 && { details: { reason: 'user is blocked' } }),
  };
}

/** What was typed is left out: people type passwords into the wrong field. */
function eventOf(type: string, { connection, context, clientId }: PasswordLogin) {
  return {
    type,
    connection,
    ip: context.ip,
    userAgent: context.userAgent,
    ...(clientId !== undefined && { clientId }),
  };
}
