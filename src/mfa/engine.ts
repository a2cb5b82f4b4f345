import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import type { ThrottleResult } from '../database/throttle.ts';
import { currentLock } from './attempts.ts';
import { type Begun, begin, beginSelfService } from './begin.ts';
import { beginChallenge, type ChallengeBegun, type ChallengeChoice } from './challenge.ts';
import { type Completed, completeTransaction } from './complete.ts';
import { decideNow } from './decideNow.ts';
import { beginEnrolment, type EnrolmentBegun, type PendingEnrolment, pendingEnrolment } from './enrol.ts';
import { countMethods, type MfaFigures } from './figures.ts';
import {
  type Actor,
  forgetBrowsersFor,
  type Removed,
  removeMethod,
  resetUser,
  unlockUser,
} from './manage.ts';
import type { MethodView } from './methods.ts';
import { type EngineDependencies, EngineParts } from './parts.ts';
import { type Redeemed, type Redemption, redeem } from './redeem.ts';
import type { FactorRegistry } from './registry.ts';
import type { BrowserView } from './rememberedBrowsers.ts';
import { type Satisfied, type StillPending, type Submission, submitProof } from './submit.ts';
import {
  type Decision,
  type DecisionInput,
  isOver,
  type Refusal,
  refuse,
  type Transaction,
} from './transaction.ts';
import type { Binding } from './transactions.ts';

/** A look-up by `mfa_token`. */
export type FoundTransaction =
  | { outcome: 'found'; transaction: Transaction }
  | { outcome: 'malformed' | 'expired' | 'foreign' };

/**
 * Multi-factor authentication, for every surface. It answers what a login requires, whether a step may
 * happen now, whether a proof is good and unused, and whether somebody abuses it. Each call is one
 * database transaction, and a refusal commits too.
 */
export class MfaEngine {
  readonly registry: FactorRegistry;
  readonly #parts: EngineParts;

  constructor(dependencies: EngineDependencies) {
    this.#parts = new EngineParts(dependencies);
    this.registry = dependencies.registry;
  }

  /** What is required now, and why. Changes nothing. */
  decide(input: DecisionInput): Promise<Decision> {
    return decideNow(this.#parts, this.#parts.database.db, input);
  }

  /**
   * Decides, and opens a transaction when something is required. `request` is what the tokens will
   * answer later; it is sealed.
   */
  begin(
    input: DecisionInput,
    binding: Binding,
    context: RequestContext,
    request: Record<string, unknown> = {},
  ): Promise<Begun> {
    return begin(this.#parts, input, binding, context, request);
  }

  /** Opens a transaction to add a method on the authority of a checked access token (S-39). */
  beginSelfService(
    input: DecisionInput,
    accessToken: string,
    context: RequestContext,
    request: Record<string, unknown>,
  ): Promise<Begun> {
    return beginSelfService(this.#parts, input, accessToken, context, request);
  }

  /** The open transaction an `mfa_token` names. With `clientId`, only that client's (S-26). */
  async findByToken(mfaToken: string, clientId?: string): Promise<FoundTransaction> {
    const transaction = await this.#parts.transactions.findByToken(this.#parts.database.db, mfaToken);
    if (!transaction) return { outcome: 'malformed' };
    if (clientId !== undefined && transaction.clientId !== clientId) return { outcome: 'foreign' };
    if (isOver(transaction.state)) return { outcome: 'expired' };
    return { outcome: 'found', transaction };
  }

  /** The latest transaction of a browser's interaction, over or not. */
  findByInteraction(interactionId: string): Promise<Transaction | undefined> {
    return this.#parts.transactions.findByInteraction(this.#parts.database.db, interactionId);
  }

  /** A user's methods, described for that user; pending ones included. */
  async methods(userId: string): Promise<MethodView[]> {
    const methods = await this.#parts.methods.ofUser(this.#parts.database.db, userId);
    return methods.map(({ id, factor, state, isConfirmed, createdAt, lastUsedAt }) => ({
      id,
      factor,
      ...this.registry.get(factor)?.describe(state),
      isConfirmed,
      createdAt,
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    }));
  }

  /** Begins to enrol a factor; refused while the person has a method that wasn't proved (S-39). */
  beginEnrolment(
    transactionId: string,
    factor: string,
    context: RequestContext,
  ): Promise<EnrolmentBegun | Refusal> {
    return beginEnrolment(this.#parts, transactionId, factor, context);
  }

  /** The enrolment the transaction waits for, to show its screen again. */
  pendingEnrolment(transactionId: string): Promise<PendingEnrolment | undefined> {
    return pendingEnrolment(this.#parts, transactionId);
  }

  /** Starts a challenge through a confirmed method. */
  beginChallenge(
    transactionId: string,
    choice: ChallengeChoice,
    context: RequestContext,
  ): Promise<ChallengeBegun | Refusal> {
    return beginChallenge(this.#parts, transactionId, choice, context);
  }

  /** Judges a proof: confirms the pending enrolment, or answers the challenge. Single use, atomic (S-01). */
  submit(
    transactionId: string,
    submission: Submission,
    context: RequestContext,
  ): Promise<Satisfied | StillPending | Refusal> {
    return this.#parts.database.transaction(async (trx): Promise<Satisfied | StillPending | Refusal> => {
      const transaction = await this.#parts.transactions.find(trx, transactionId);
      return transaction
        ? submitProof(this.#parts, trx, transaction, submission, context, 'satisfied')
        : refuse('expired');
    });
  }

  /** The person stored what was shown once; it is forgotten. */
  acknowledge(transactionId: string): Promise<void> {
    return this.#parts.transactions.clearReveal(this.#parts.database.db, transactionId);
  }

  /** Spends a satisfied transaction, once. */
  complete(transactionId: string): Promise<Completed | StillPending | Refusal> {
    return this.#parts.database.transaction(async (trx): Promise<Completed | StillPending | Refusal> => {
      const transaction = await this.#parts.transactions.find(trx, transactionId);
      return transaction ? completeTransaction(this.#parts, trx, transaction) : refuse('expired');
    });
  }

  /** `submit` and `complete` in one database transaction, by `mfa_token`: what token grants call. */
  redeem(redemption: Redemption, context: RequestContext): Promise<Redeemed> {
    return redeem(this.#parts, redemption, context);
  }

  /** The lock on a user's second factors, to tell when to try again; undefined when there is none. */
  async lockOf(userId: string): Promise<ThrottleResult | undefined> {
    const { db } = this.#parts.database;
    return currentLock(db, this.#parts.clock, await this.#parts.settings(db), userId);
  }

  /** Removes one method of a user; the surface has checked for fresh authority (S-40). */
  removeMethod(
    userId: string,
    methodId: string,
    actor: Actor,
    context: RequestContext,
  ): Promise<Removed | Refusal> {
    return removeMethod(this.#parts, userId, methodId, actor, context);
  }

  /** Removes every method of a user. */
  resetUser(userId: string, actor: Actor, context: RequestContext): Promise<Removed | Refusal> {
    return resetUser(this.#parts, userId, actor, context);
  }

  /**
   * Remembers the browser that satisfied this transaction, when its demands allow that.
   *
   * @returns the cookie's value and latest end, or undefined when remembering doesn't apply.
   */
  rememberBrowser(
    transactionId: string,
    context: RequestContext,
  ): Promise<{ token: string; expiresAt: number } | undefined> {
    return this.#parts.database.transaction(async (trx) => {
      const transaction = await this.#parts.transactions.find(trx, transactionId);
      if (transaction?.state !== 'satisfied' || !transaction.allowsRememberBrowser) return undefined;
      const settings = await this.#parts.settings(trx);
      return this.#parts.browsers.remember(trx, settings, transaction.userId, context);
    });
  }

  /** Ends every transaction under way of a user, in the caller's transaction. */
  endTransactions(trx: Db, userId: string): Promise<void> {
    return this.#parts.transactions.endAll(trx, userId);
  }

  /** Forgets every remembered browser of a user, in the caller's transaction (S-46). */
  forgetBrowsers(trx: Db, userId: string): Promise<void> {
    return this.#parts.browsers.forgetAll(trx, userId);
  }

  /** The browsers in which a user asked not to be asked again, and that still count. */
  async rememberedBrowsers(userId: string): Promise<BrowserView[]> {
    const { db } = this.#parts.database;
    return this.#parts.browsers.ofUser(db, await this.#parts.settings(db), userId);
  }

  /** Forgets every remembered browser of a user, for an operator: logged in the same transaction (S-108). */
  forgetBrowsersFor(
    userId: string,
    actor: Actor,
    context: RequestContext,
  ): Promise<{ outcome: 'forgotten' } | Refusal> {
    return forgetBrowsersFor(this.#parts, userId, actor, context);
  }

  /** Lifts the lock on a user's second factors, for an operator: logged in the same transaction (S-108). */
  unlockUser(
    userId: string,
    actor: Actor,
    context: RequestContext,
  ): Promise<{ outcome: 'unlocked' } | Refusal> {
    return unlockUser(this.#parts, userId, actor, context);
  }

  /** How many people of a connection have enrolled, are locked, and which factors they use. */
  figures(connection: string): Promise<MfaFigures> {
    const independent = this.registry.all.filter(({ kind }) => kind === 'independent');
    const names = independent.map(({ name }) => name);
    return countMethods(this.#parts.database.db, this.#parts.clock, names, connection);
  }
}
