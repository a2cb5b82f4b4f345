import { canonicalEmail } from '../config/emailAddress.ts';
import { addressBudgetKey } from '../config/networkAddress.ts';
import type { RequestContext } from '../config/requestContext.ts';
import { hashPassword } from '../crypto/passwordHash.ts';
import type { Db } from '../database/database.ts';
import { type Limit, spend, type ThrottleResult } from '../database/throttle.ts';
import { enqueueRequest } from '../delivery/requests.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import type { AccountsParts } from './accountsParts.ts';
import { mayWriteTo } from './messageLimit.ts';
import { judgePassword, type PasswordFault } from './passwordPolicy.ts';
import { normalisePassword } from './passwordText.ts';
import { sendPasswordReset } from './sendPasswordReset.ts';
import { setPassword } from './setPassword.ts';
import { consumeTicket, findTicket } from './tickets.ts';
import { findUserByEmail, findUserById, markEmailVerified, type User } from './users.ts';

/** Requests for reset links from one address. */
const requestsPerAddress: Limit = { name: 'reset-request', burst: 20, refillSeconds: 60 };

interface ResetRequest {
  connection: string;
  email: string;
  locale?: string;
  clientId?: string;
  ip: string;
  userAgent: string;
}

/** What the ticket in a reset link holds. */
export interface ResetData {
  email: string;
  clientId?: string;
}

/**
 * Takes the wish for a new password. Whether the address has an account is looked up after the answer,
 * from the queue, so known and unknown cost the same and get the same (S-83).
 *
 * @returns `invalid_email` for a text that is no address at all.
 */
export async function requestPasswordReset(
  parts: AccountsParts,
  input: { connection: string; email: string; context: RequestContext; clientId?: string },
): Promise<
  { outcome: 'accepted' } | { outcome: 'invalid_email' } | ({ outcome: 'throttled' } & ThrottleResult)
> {
  const { database, vault, clock } = parts;
  const { ip, userAgent, language } = input.context;
  const email = canonicalEmail(input.email);
  if (email === undefined) return { outcome: 'invalid_email' };
  const data: ResetRequest = {
    connection: input.connection,
    email,
    ...(language !== undefined && { locale: language }),
    ...(input.clientId !== undefined && { clientId: input.clientId }),
    ip,
    userAgent,
  };
  const spent = await database.transaction(async (trx) => {
    const result = await spend(trx, clock, requestsPerAddress, addressBudgetKey(ip));
    if (result.allowed) await enqueueRequest(trx, vault, clock, { kind: 'password_reset', data });
    return result;
  });
  if (!spent.allowed) return { outcome: 'throttled', ...spent };
  parts.afterQueueing();
  return { outcome: 'accepted' };
}

/** Handles `password_reset`. */
export async function handlePasswordReset(parts: AccountsParts, trx: Db, data: unknown): Promise<void> {
  const { connection, email, locale, ...origin } = data as ResetRequest;
  const user = await findUserByEmail(trx, connection, email);
  const event = { connection, userName: email, ...origin };
  if (!user || user.blocked) {
    const reason = user ? 'user is blocked' : 'no such user';
    await recordEvent(trx, parts.clock, { ...event, type: 'fcpr', details: { reason } });
    return;
  }
  if (!(await mayWriteTo(parts, trx, email))) return;
  await sendPasswordReset(trx, parts, user, { ...(locale !== undefined && { locale }), ...origin });
}

/**
 * Whether the link is enough, or what was proved beside it. Asked before a password costs anything, and again in
 * the transaction of the change (S-28). `data` is what the ticket holds.
 */
export type Admission = (db: Db, userId: string, data: ResetData) => Promise<boolean>;

/** Refusals for want of a second factor that are logged for one person. */
const refusalsLogged: Limit = { name: 'reset-refusals-logged', burst: 20, refillSeconds: 60 };

/**
 * Sets a new password with the ticket of a reset link. The ticket is used up only with the change, so a
 * weak password can be tried again. It signs nobody in and satisfies no second factor (S-64). Reading
 * the message proved the address, so it counts as verified.
 *
 * @returns `changed` with `clientId` where the link was asked for in an application; `needs_second_factor` when
 * `admit` says no, which is logged.
 * @param input.endsSessions the person's choice: signs out everywhere in the same transaction (S-46).
 * @param input.spend uses up what the admission rests on, in the transaction of the change; false when it was.
 */
export async function changePassword(
  parts: AccountsParts,
  input: {
    ticket: string;
    password: string;
    endsSessions: boolean;
    admit: Admission;
    spend?: (trx: Db) => Promise<boolean>;
    context: RequestContext;
  },
): Promise<
  | { outcome: 'changed'; clientId?: string }
  | { outcome: 'invalid_ticket' }
  | { outcome: 'needs_second_factor' }
  | { outcome: 'weak_password'; fault: PasswordFault }
> {
  const { database } = parts;
  const found = await findTicket(database.db, parts, 'password-reset', input.ticket);
  const user = found && (await findUserById(database.db, found.userId));
  if (!user) return { outcome: 'invalid_ticket' };
  const { endsSessions, admit, context } = input;
  const data = found.data as ResetData;
  const refuse = async (db: Db) => {
    await recordRefusal(db, parts, user, data, context);
    return 'needs_second_factor' as const;
  };
  if (!(await admit(database.db, user.id, data))) return { outcome: await refuse(database.db) };
  const fault = await judgePassword(input.password, user);
  if (fault) return { outcome: 'weak_password', fault };
  const passwordHash = await hashPassword(normalisePassword(input.password));

  const outcome = await database.transaction(async (trx) => {
    if (!(await admit(trx, user.id, data))) return refuse(trx);
    if (input.spend && !(await input.spend(trx))) return 'invalid_ticket';
    if (!(await consumeTicket(trx, parts, 'password-reset', input.ticket))) return 'invalid_ticket';
    await markEmailVerified(trx, parts.clock, user.id, data.email);
    const change = { userId: user.id, passwordHash, endsSessions, isByMail: true, context } as const;
    return (await setPassword(trx, parts, change)) ? 'changed' : 'invalid_ticket';
  });
  if (outcome !== 'changed') return { outcome };
  parts.afterQueueing();
  const { clientId } = data;
  return { outcome, ...(clientId !== undefined && { clientId }) };
}

async function recordRefusal(
  db: Db,
  { clock }: AccountsParts,
  user: User,
  { clientId }: ResetData,
  { ip, userAgent }: RequestContext,
): Promise<void> {
  if (!(await spend(db, clock, refusalsLogged, user.id)).allowed) return;
  await recordEvent(db, clock, {
    type: 'fcp',
    userId: user.id,
    userName: user.email,
    connection: user.connection,
    ...(clientId !== undefined && { clientId }),
    ip,
    userAgent,
    details: { reason: 'second factor missing' },
  });
}
