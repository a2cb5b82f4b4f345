import type { SessionView } from '../../accounts/sessionsOfPerson.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { EnrolmentInput, Shown } from '../factor.ts';
import type { MethodView } from '../methodViews.ts';
import type { Proof } from '../transaction.ts';
import type { OwnRefusal } from './ownRefusal.ts';

/** Somebody who looks after their own account through an application, by a token that the surface checked. */
export interface Caller {
  userId: string;
  /** The application. */
  client: { id: string; name: string };
  /** By which the token was granted. */
  proofs: readonly Proof[];
}

/** What a person wants to add. */
export interface OwnChoice {
  factor: string;
  /** By which of its channels the code is to come. */
  channel?: string;
  /** What the factor begins with: a number, an address. */
  input?: EnrolmentInput;
  /** The name by which it is confirmed, instead of its id. */
  alias?: string;
}

/** Something that was begun and waits to be confirmed with `authSession`. */
export interface OwnBegun {
  outcome: 'begun';
  /** Names the passage, for the same person and application only; opaque. */
  authSession: string;
  methodId: string;
  /** For the person's eyes, once; with WebAuthn, what the browser needs. */
  shown: Shown;
  /** What comes beside a first enrolment; valid once that is confirmed. */
  beside?: Shown;
}

/** How something that was begun is confirmed. */
export interface OwnConfirmation {
  /** Id of the method, or its alias. */
  name: string;
  authSession: string;
  /** Absent where a device answers by itself, or nothing is to be proved. */
  proof?: unknown;
}

export interface OwnConfirmed {
  outcome: 'confirmed';
  method: MethodView;
}

export interface OwnChange {
  /** What the person calls it, of any form. */
  label?: string;
  /** By which channel its codes come at first. */
  channel?: string;
}

/**
 * What people do about their own account. Each call is one database transaction, and a refusal commits too.
 * Changes need fresh proofs (S-40).
 */
export interface SelfServiceDesk {
  /** Whether the caller's proofs still count and their account does; asked at every call. */
  isInForce(caller: Caller): Promise<boolean>;
  /** Names of the factors that this person could set up now, strongest first. */
  enrollable(userId: string): Promise<string[]>;
  /** Begins to add a method (S-39), or to replace the codes that stand by for lost ones. */
  begin(caller: Caller, choice: OwnChoice, context: RequestContext): Promise<OwnBegun | OwnRefusal>;
  /** Judges what confirms it. Single use, atomic (S-01). */
  confirm(
    caller: Caller,
    confirmation: OwnConfirmation,
    context: RequestContext,
  ): Promise<OwnConfirmed | OwnRefusal>;
  /** Names a method, or chooses the channel of its codes. */
  change(
    caller: Caller,
    methodId: string,
    change: OwnChange,
    context: RequestContext,
  ): Promise<{ outcome: 'changed'; method: MethodView } | OwnRefusal>;
  /** Removes a method. */
  remove(
    caller: Caller,
    methodId: string,
    context: RequestContext,
  ): Promise<{ outcome: 'removed' } | OwnRefusal>;
  /** Name of the factor that the person is asked for first; undefined where they left it open. */
  preference(userId: string): Promise<string | undefined>;
  /** Chooses it, among what the person has, or leaves it open. */
  prefer(
    caller: Caller,
    factor: string | undefined,
    context: RequestContext,
  ): Promise<{ outcome: 'preferred' } | OwnRefusal>;
  /** Begins to change the password. */
  beginPassword(
    caller: Caller,
    context: RequestContext,
  ): Promise<{ outcome: 'begun'; authSession: string } | OwnRefusal>;
  /** Spends that, once, in the caller's database transaction that changes the password; undefined when it may. */
  spendPassword(
    trx: Db,
    caller: Caller,
    authSession: string,
    context: RequestContext,
  ): Promise<OwnRefusal | undefined>;
  /** Where the person is signed in, latest used first. */
  sessions(userId: string): Promise<SessionView[]>;
  /** Signs them out there. */
  endSession(
    caller: Caller,
    sessionId: string,
    context: RequestContext,
  ): Promise<{ outcome: 'ended' } | OwnRefusal>;
  /** Signs them out everywhere, tokens of applications included. */
  endAllSessions(caller: Caller, context: RequestContext): Promise<{ outcome: 'ended' } | OwnRefusal>;
}
