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
import { enqueueLink } from './messageLinks.ts';
import { judgePassword, type PasswordFault } from './passwordPolicy.ts';
import { normalisePassword } from './passwordText.ts';
import { findUserByEmail, insertUser, newUserId, type Profile, type User } from './users.ts';

export interface SignUp {
  connection: string;
  /** As typed. */
  email: string;
  password: string;
  profile?: Profile;
  userMetadata?: Record<string, unknown>;
  context: RequestContext;
  clientId?: string;
}

export type SignUpRefusal =
  | { outcome: 'invalid_email' }
  | { outcome: 'weak_password'; fault: PasswordFault }
  | ({ outcome: 'throttled' } & ThrottleResult);

/**
 * `exists` is for the caller alone: what it answers to strangers is docs/adr/0030's matter. `email` is
 * the address in canonical form.
 */
export type SignUpResult =
  | { outcome: 'created'; user: User }
  | { outcome: 'exists'; email: string }
  | SignUpRefusal;

/** Sign-ups from one address, of either kind. */
const signUpsPerAddress: Limit = { name: 'sign-up', burst: 50, refillSeconds: 60 };

/** A sign-up whose address is proven first: what waits in the request and then in the ticket. */
export interface PendingSignUp {
  connection: string;
  email: string;
  passwordHash: string;
  profile: Profile;
  clientId?: string;
}

/**
 * Creates an account at once, its address not yet verified, as `POST /dbconnections/signup` must. A
 * message follows: a link that verifies the address, or, where the address has an account already, a
 * word to its owner (S-83). Known and unknown addresses cost the same hash and statements.
 */
export async function signUp(parts: AccountsParts, input: SignUp): Promise<SignUpResult> {
  const { database, vault, clock } = parts;
  const prepared = await prepare(parts, input);
  if ('outcome' in prepared) return prepared;
  const { pending } = prepared;
  const { connection, email, passwordHash, profile, clientId } = pending;
  const result = await database.transaction<SignUpResult>(async (trx) => {
    const user = await insertUser(trx, clock, {
      connection,
      email,
      emailVerified: false,
      passwordHash,
      profile,
      userMetadata: input.userMetadata ?? {},
    });
    await recordEvent(trx, clock, {
      ...eventOf(pending, input.context),
      type: user ? 'ss' : 'fs',
      ...(user && { userId: user.id }),
      details: user ? {} : { reason: 'the address has an account' },
    });
    const data: SignUpFollowUp = {
      connection,
      email,
      isNew: user !== undefined,
      ...(clientId !== undefined && { clientId }),
    };
    await enqueueRequest(trx, vault, clock, { kind: 'sign_up_follow_up', data });
    return user ? { outcome: 'created', user } : { outcome: 'exists', email };
  });
  parts.afterQueueing();
  return result;
}

/**
 * Takes a sign-up of the hosted pages: the account comes into being when the link in the message is
 * opened, so neither the answer nor a login attempt afterwards tells whether the address had one (S-83).
 */
export async function requestSignUp(
  parts: AccountsParts,
  input: SignUp,
): Promise<{ outcome: 'mailed' } | SignUpRefusal> {
  const { database, vault, clock } = parts;
  const prepared = await prepare(parts, input);
  if ('outcome' in prepared) return prepared;
  await database.transaction((trx) =>
    enqueueRequest(trx, vault, clock, { kind: 'sign_up', data: prepared.pending }),
  );
  parts.afterQueueing();
  return { outcome: 'mailed' };
}

/** Handles `sign_up`. */
export async function handleSignUp(parts: AccountsParts, trx: Db, data: unknown): Promise<void> {
  const pending = data as PendingSignUp;
  const { connection, email, profile } = pending;
  const user = await findUserByEmail(trx, connection, email);
  if (user) return tellOwner(parts, trx, user);
  if (!(await mayWriteTo(parts, trx, email))) return;
  // The id is given now and the ticket is its own, so each link leads to the password typed for it.
  const recipient = { userId: newUserId(parts.clock), to: email, locale: profile.locale };
  await enqueueLink(trx, parts, 'email-verification', 'verify_email', recipient, { signUp: pending });
}

interface SignUpFollowUp {
  connection: string;
  email: string;
  isNew: boolean;
  clientId?: string;
}

/** Handles `sign_up_follow_up`. */
export async function handleSignUpFollowUp(parts: AccountsParts, trx: Db, data: unknown): Promise<void> {
  const { connection, email, isNew, clientId } = data as SignUpFollowUp;
  const user = await findUserByEmail(trx, connection, email);
  if (!user) return;
  if (!isNew) return tellOwner(parts, trx, user);
  if (!(await mayWriteTo(parts, trx, email))) return;
  const recipient = { userId: user.id, to: user.email, locale: user.locale };
  await enqueueLink(trx, parts, 'email-verification', 'verify_email', recipient, {
    email,
    ...(clientId !== undefined && { clientId }),
  });
}

async function tellOwner(parts: AccountsParts, trx: Db, user: User): Promise<void> {
  if (user.blocked || !(await mayWriteTo(parts, trx, user.email))) return;
  const recipient = { userId: user.id, to: user.email, locale: user.locale };
  await enqueueLink(trx, parts, 'password-reset', 'account_exists', recipient, { email: user.email });
}

/** Judges what was typed and hashes the password, the same for every address. */
async function prepare(
  { database, clock }: AccountsParts,
  input: SignUp,
): Promise<{ pending: PendingSignUp } | SignUpRefusal> {
  const email = canonicalEmail(input.email);
  if (email === undefined) return { outcome: 'invalid_email' };
  const fault = await judgePassword(input.password, { ...input.profile, email });
  if (fault) return { outcome: 'weak_password', fault };
  const spent = await spend(database.db, clock, signUpsPerAddress, addressBudgetKey(input.context.ip));
  if (!spent.allowed) return { outcome: 'throttled', ...spent };
  const { language } = input.context;
  const pending: PendingSignUp = {
    connection: input.connection,
    email,
    passwordHash: await hashPassword(normalisePassword(input.password)),
    profile: { ...(language !== undefined && { locale: language }), ...input.profile },
    ...(input.clientId !== undefined && { clientId: input.clientId }),
  };
  return { pending };
}

function eventOf({ connection, email, clientId }: PendingSignUp, { ip, userAgent }: RequestContext) {
  return { connection, userName: email, ip, userAgent, ...(clientId !== undefined && { clientId }) };
}
