import type { Accounts } from '../accounts/accounts.ts';
import { isOperator } from '../accounts/operators.ts';
import type { Admission, ResetData } from '../accounts/passwordReset.ts';
import { findTicket, judgeTicket } from '../accounts/tickets.ts';
import { findUserById } from '../accounts/users.ts';
import { findClient } from '../applications/clients.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import type { DecisionInput, Proof } from '../mfa/transaction.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { beginErrand, type ErrandBegun } from './beginErrand.ts';
import { readBinding } from './cookies.ts';
import type { Errand, Subject } from './errandStore.ts';
import type { ErrandParts } from './parts.ts';

type Reset = Subject & { kind: 'password-reset' };

/** The right to choose a password: the link itself, or an errand that this browser finished. */
export type ResetAuthority = { ticket: string } | { uid: string; cookieHeader: string | undefined };

/** What the person chose. */
export interface PasswordChoice {
  password: string;
  endsSessions: boolean;
  context: RequestContext;
}

export type PasswordChosen = Awaited<ReturnType<Accounts['changePassword']>>;

/** Whether choosing a password by this link takes more than the link; undefined when it doesn't work. */
export async function resetNeedsProof(parts: ErrandParts, token: string): Promise<boolean | undefined> {
  const { db } = parts.database;
  const ticket = await findTicket(db, parts, 'password-reset', token);
  if (!ticket) return undefined;
  const input = await resetInput(db, ticket.userId, (ticket.data as ResetData).clientId);
  return lacks(parts, db, { ...input, proofs: [linkProof(parts.clock())] });
}

/** Takes up a reset that needs more than the link. */
export async function beginPasswordReset(parts: ErrandParts, token: string): Promise<ErrandBegun> {
  const { standing, ticket } = await judgeTicket(parts.database.db, parts, 'password-reset', token);
  if (standing !== 'valid') return { outcome: 'invalid', standing };
  const { clientId } = ticket.data as ResetData;
  const subject: Reset = {
    kind: 'password-reset',
    ticket: token,
    ...(clientId === undefined ? {} : { clientId }),
  };
  return beginErrand(parts, ticket.userId, subject);
}

/** The reset for which this browser proved what was demanded, and that waits for the password. */
export async function provedReset(
  { database, publicUrl, store }: ErrandParts,
  uid: string,
  cookieHeader: string | undefined,
): Promise<Errand<Reset> | undefined> {
  const errand = await store.find(database.db, uid, readBinding(publicUrl, uid, cookieHeader));
  return errand?.proofs && !errand.isOver && isReset(errand) ? errand : undefined;
}

/**
 * Sets the new password. Whether what was proved is enough is judged in the transaction of the change, as
 * policy, person and factors are then (S-28, S-64), and a result is used once.
 */
export async function choosePassword(
  parts: ErrandParts,
  authority: ResetAuthority,
  choice: PasswordChoice,
): Promise<PasswordChosen> {
  if ('ticket' in authority) {
    const { ticket } = authority;
    const admit = admission(parts, [linkProof(parts.clock())]);
    return parts.accounts.changePassword({ ...choice, ticket, admit });
  }
  const errand = await provedReset(parts, authority.uid, authority.cookieHeader);
  if (!errand) return { outcome: 'invalid_ticket' };
  const { uid, subject, proofs = [] } = errand;
  return parts.accounts.changePassword({
    ...choice,
    ticket: subject.ticket,
    admit: admission(parts, proofs),
    spend: (trx) => parts.store.spend(trx, uid),
  });
}

/**
 * The engine's question about a reset: what the application demands in which the link was asked for, and what the
 * tenant does. An operator needs a second factor for everything (S-107).
 */
export async function resetInput(
  db: Db,
  userId: string,
  clientId: string | undefined,
): Promise<Omit<DecisionInput, 'proofs'>> {
  const client = clientId === undefined ? undefined : await findClient(db, clientId);
  const user = await findUserById(db, userId);
  const { friendlyName } = await readTenantSettings(db);
  const mfaPolicy = user && isOperator(user) ? 'always' : client?.mfaPolicy;
  return {
    purpose: 'password-reset',
    userId,
    client: {
      id: client?.clientId ?? 'password-reset',
      name: client?.name ?? friendlyName,
      ...(mfaPolicy === undefined ? {} : { mfaPolicy }),
    },
    acrValues: [],
    scope: [],
    stepUpScopes: [],
    mfaAudience: false,
  };
}

/** The mailbox is where the link was sent. */
export function linkProof(at: number): Proof {
  return { factor: 'link', channel: 'email', at };
}

export function isReset(errand: Errand): errand is Errand<Reset> {
  return errand.subject.kind === 'password-reset';
}

/** Whether these proofs are all that a reset takes, as things are when that is asked. */
function admission(parts: ErrandParts, proofs: Proof[]): Admission {
  return async (db, userId, { clientId }) => {
    const input = await resetInput(db, userId, clientId);
    return !(await lacks(parts, db, { ...input, proofs }));
  };
}

async function lacks({ engine }: ErrandParts, db: Db, input: DecisionInput): Promise<boolean> {
  const { requirement } = await engine.errands.decide(db, input);
  return requirement.kind !== 'none';
}
