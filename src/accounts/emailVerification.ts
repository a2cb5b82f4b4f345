import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { enqueueRequest } from '../delivery/requests.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import type { AccountsParts } from './accountsParts.ts';
import { mayWriteTo } from './messageLimit.ts';
import { enqueueLink } from './messageLinks.ts';
import type { PendingSignUp } from './signUp.ts';
import { consumeTicket, type Ticket } from './tickets.ts';
import { findUserById, insertUser, markEmailVerified, type User } from './users.ts';

/** What the ticket in a verification link holds. */
type VerificationData = { email: string; clientId?: string } | { signUp: PendingSignUp };

/**
 * Takes the ticket of a verification link: the address is proven, and a sign-up of the hosted pages
 * becomes an account. Single use (S-67). It signs nobody in.
 *
 * @returns with `clientId` where the person came from an application; `invalid` for a ticket that is unknown, used, void or expired, or whose account or address
 * is another by now.
 */
export async function verifyEmail(
  { database, vault, clock }: AccountsParts,
  { ticket: token, context }: { ticket: string; context: RequestContext },
): Promise<{ outcome: 'verified'; user: User; clientId?: string } | { outcome: 'invalid' }> {
  return database.transaction(async (trx) => {
    const ticket = await consumeTicket(trx, { vault, clock }, 'email-verification', token);
    const user = ticket && (await applyTicket(trx, clock, ticket, context));
    const origin = { ip: context.ip, userAgent: context.userAgent };
    if (!user) {
      await recordEvent(trx, clock, { type: 'fv', ...origin, ...(ticket && { userId: ticket.userId }) });
      return { outcome: 'invalid' };
    }
    const named = { userId: user.id, userName: user.email, connection: user.connection };
    await recordEvent(trx, clock, { type: 'sv', ...origin, ...named });
    const clientId = clientOf(ticket.data as VerificationData);
    return { outcome: 'verified', user, ...(clientId !== undefined && { clientId }) };
  });
}

function clientOf(data: VerificationData): string | undefined {
  return 'signUp' in data ? data.signUp.clientId : data.clientId;
}

async function applyTicket(
  trx: Db,
  clock: AccountsParts['clock'],
  ticket: Ticket,
  context: RequestContext,
): Promise<User | undefined> {
  const data = ticket.data as VerificationData;
  if ('email' in data) return markEmailVerified(trx, clock, ticket.userId, data.email);
  const { connection, email, passwordHash, profile, clientId } = data.signUp;
  const user = await insertUser(trx, clock, {
    id: ticket.userId,
    connection,
    email,
    emailVerified: true,
    passwordHash,
    profile,
  });
  await recordEvent(trx, clock, {
    type: user ? 'ss' : 'fs',
    userId: user?.id ?? ticket.userId,
    userName: email,
    connection,
    ip: context.ip,
    userAgent: context.userAgent,
    ...(clientId !== undefined && { clientId }),
    details: user ? {} : { reason: 'the address has an account' },
  });
  return user;
}

/** Sends the link once more, to a person who is known by now. */
export async function requestEmailVerification(parts: AccountsParts, userId: string): Promise<void> {
  const { database, vault, clock } = parts;
  await database.transaction((trx) =>
    enqueueRequest(trx, vault, clock, { kind: 'email_verification', data: { userId } }),
  );
  parts.afterQueueing();
}

/** Handles `email_verification`. */
export async function handleEmailVerification(parts: AccountsParts, trx: Db, data: unknown): Promise<void> {
  const { userId } = data as { userId: string };
  const user = await findUserById(trx, userId);
  if (!user || user.emailVerified || !(await mayWriteTo(parts, trx, user.email))) return;
  const recipient = { userId, to: user.email, locale: user.locale };
  await enqueueLink(trx, parts, 'email-verification', 'verify_email', recipient, { email: user.email });
  await recordEvent(trx, parts.clock, {
    type: 'svr',
    userId,
    userName: user.email,
    connection: user.connection,
  });
}
