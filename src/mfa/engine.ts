import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import type { ThrottleResult } from '../database/throttle.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import { currentLock } from './attempts.ts';
import { type Begun, begin, beginSelfService } from './begin.ts';
import type { BrowserDesk } from './browsers/browserDesk.ts';
import { createBrowsers } from './browsers/browsers.ts';
import { beginChallenge, type ChallengeBegun, type ChallengeChoice, resendChallenge } from './challenge.ts';
import { type ChoiceDesk, createChoices } from './choices/choiceDesk.ts';
import { type CodeDesk, createCodes } from './codes/codeDesk.ts';
import { type Completed, completeTransaction } from './complete.ts';
import { decideNow } from './decideNow.ts';
import type { DeviceDesk } from './devices/deviceDesk.ts';
import { createDevices } from './devices/devices.ts';
import { endTransactions } from './endTransactions.ts';
import {
  beginEnrolment,
  type EnrolmentBegun,
  type EnrolmentChoice,
  type PendingEnrolment,
  pendingEnrolment,
} from './enrol.ts';
import type { ErrandDesk } from './errands/errandDesk.ts';
import { createErrands } from './errands/errands.ts';
import type { Factor, InputChoices } from './factor.ts';
import { countSpread, type MfaFigures } from './figures.ts';
import { type FoundMethod, findMethod } from './findMethod.ts';
import {
  type FirstFactorAnswer,
  hasFirstFactor,
  type SignedIn,
  showFirstFactor,
  signInByFirstFactor,
} from './firstFactor.ts';
import { type FollowUp, followUp, settleFollowUp } from './followUp.ts';
import type { ImportDesk } from './imports/importDesk.ts';
import { createImports } from './imports/imports.ts';
import { type LatestChallenge, latestChallenge } from './latestChallenge.ts';
import { type Removed, removeMethod, resetUser, unlockUser } from './manage.ts';
import { type MethodView, viewMethods } from './methodViews.ts';
import { acceptOffer, declineOffer } from './offer.ts';
import { type EngineDependencies, EngineParts } from './parts.ts';
import type { PassDesk } from './passes/passDesk.ts';
import { createPasses } from './passes/passes.ts';
import { type Redeemed, type Redemption, redeem } from './redeem.ts';
import type { RedirectDesk } from './redirects/redirectDesk.ts';
import { createRedirects } from './redirects/redirects.ts';
import type { FactorRegistry } from './registry.ts';
import { createSelfService } from './selfService/selfService.ts';
import type { SelfServiceDesk } from './selfService/selfServiceDesk.ts';
import type { Sent } from './sends/sendChallenge.ts';
import { type ChallengeShown, reportUnanswered, showChallenge } from './showChallenge.ts';
import { signInStands } from './signInStands.ts';
import { type Satisfied, type StillPending, type Submission, submitProof } from './submit.ts';
import {
  type Decision,
  type DecisionInput,
  isOver,
  type Offer,
  type Proof,
  type Refusal,
  refuse,
  type Transaction,
} from './transaction.ts';
import type { Binding } from './transactions.ts';
import type { ChangeDesk } from './undo/changeDesk.ts';
import { createChanges } from './undo/changes.ts';
import type { Actor } from './userAct.ts';

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
  /** What the devices of people may do. */
  readonly devices: DeviceDesk;
  /** Changes that weren't the person's. */
  readonly changes: ChangeDesk;
  /** What people had at another server. */
  readonly imports: ImportDesk;
  /** What operators hand out. */
  readonly passes: PassDesk;
  /** What people may choose among when they are asked. */
  readonly choices: ChoiceDesk;
  /** Codes that were handed out to people. */
  readonly codes: CodeDesk;
  /** Browsers in which people asked not to be asked again. */
  readonly browsers: BrowserDesk;
  /** Passages that belong to no application's request: invitations, password resets. */
  readonly errands: ErrandDesk;
  /** What people do about their own account. */
  readonly selfService: SelfServiceDesk;
  /** Services whose pages answer challenges. */
  readonly redirects: RedirectDesk;
  readonly #parts: EngineParts;

  constructor(dependencies: EngineDependencies) {
    this.#parts = new EngineParts(dependencies);
    this.registry = dependencies.registry;
    this.devices = createDevices(this.#parts);
    this.changes = createChanges(this.#parts);
    this.passes = createPasses(this.#parts);
    this.imports = createImports(this.#parts);
    this.choices = createChoices(this.#parts);
    this.codes = createCodes(this.#parts);
    this.browsers = createBrowsers(this.#parts);
    this.selfService = createSelfService(this.#parts);
    this.redirects = createRedirects(this.#parts);
    this.errands = createErrands(this.#parts);
  }

  /** What is required now, and why. Changes nothing. */
  decide(input: DecisionInput): Promise<Decision> {
    return decideNow(this.#parts, this.#parts.database.db, input);
  }

  /** What would be required if the tenant had these settings. Changes nothing. */
  decideUnder(settings: TenantSettings, input: DecisionInput): Promise<Decision> {
    return decideNow(this.#parts, this.#parts.database.db, input, { settings });
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

  /** A transaction by its id, over or not, for a surface whose own signed token names it. */
  find(transactionId: string): Promise<Transaction | undefined> {
    return this.#parts.transactions.find(this.#parts.database.db, transactionId);
  }

  /** The latest transaction of a browser's interaction, over or not. */
  findByInteraction(interactionId: string): Promise<Transaction | undefined> {
    return this.#parts.transactions.findByInteraction(this.#parts.database.db, interactionId);
  }

  /** A user's methods, described for that user; pending ones and those without enrolment included. */
  async methods(userId: string): Promise<MethodView[]> {
    const { db } = this.#parts.database;
    const user = await this.#parts.findUser(db, userId);
    return user ? viewMethods(this.#parts, await this.#parts.settings(db), user) : [];
  }

  /** A method of anybody's by its id, for who may act on it; undefined where none is stored. */
  findMethod(id: string, actor: Actor): Promise<FoundMethod | undefined> {
    return findMethod(this.#parts, id, actor);
  }

  /** Begins to enrol a factor; refused while the person has a method that wasn't proved (S-39). */
  async beginEnrolment(
    transactionId: string,
    choice: EnrolmentChoice,
    context: RequestContext,
  ): Promise<EnrolmentBegun | Refusal> {
    const begun = await beginEnrolment(this.#parts, transactionId, choice, context);
    this.#parts.afterSending();
    return begun;
  }

  /** Lists to choose from when a person gives what an enrolment of this factor begins with. */
  async inputChoices(factorName: string, locale: string): Promise<InputChoices> {
    const factor = this.registry.get(factorName);
    const settings = await this.#parts.settings(this.#parts.database.db);
    return factor?.inputChoices?.(this.registry.settingsOf(factor, settings), locale) ?? {};
  }

  /** The enrolment the transaction waits for, to show its screen again. */
  pendingEnrolment(transactionId: string): Promise<PendingEnrolment | undefined> {
    return pendingEnrolment(this.#parts, transactionId);
  }

  /** Starts a challenge through a confirmed method. */
  async beginChallenge(
    transactionId: string,
    choice: ChallengeChoice,
    context: RequestContext,
  ): Promise<ChallengeBegun | Refusal> {
    const begun = await beginChallenge(this.#parts, transactionId, choice, context);
    this.#parts.afterSending();
    return begun;
  }

  /** Sends the transaction's latest challenge again, by another channel if one is named. */
  async resendChallenge(
    transactionId: string,
    channel: string | undefined,
    context: RequestContext,
  ): Promise<Sent | Refusal> {
    const sent = await resendChallenge(this.#parts, transactionId, channel, context);
    this.#parts.afterSending();
    return sent;
  }

  /** Makes the challenge that a factor's page answers by itself; it voids the one before. */
  showChallenge(
    transactionId: string,
    factorName: string,
    context: RequestContext,
  ): Promise<ChallengeShown | Refusal> {
    return showChallenge(this.#parts, transactionId, factorName, context);
  }

  /** Logs that the person's browser made nothing of a shown challenge; counts no try. */
  reportUnanswered(
    transactionId: string,
    factorName: string,
    detail: string,
    context: RequestContext,
  ): Promise<void> {
    return reportUnanswered(this.#parts, transactionId, factorName, detail, context);
  }

  /** Whether somebody may sign in by a factor alone, without a password. */
  async hasFirstFactor(): Promise<boolean> {
    return hasFirstFactor(this.registry, await this.#parts.settings(this.#parts.database.db));
  }

  /** Makes the challenge for that, for a browser's interaction. */
  showFirstFactor(interactionId: string, context: RequestContext): Promise<ChallengeShown | Refusal> {
    return showFirstFactor(this.#parts, interactionId, context);
  }

  /** Judges its answer: who signs in, and by what. Single use, atomic (S-01). */
  signInByFirstFactor(answer: FirstFactorAnswer, context: RequestContext): Promise<SignedIn | Refusal> {
    return signInByFirstFactor(this.#parts, answer, context);
  }

  /** Whether what somebody signed in by, without a password, is still theirs. */
  signInStands(userId: string, proofs: readonly Proof[]): Promise<boolean> {
    return signInStands(this.#parts, userId, proofs);
  }

  /** The method just enrolled, while something about it is still to be said: its name. */
  followUp(transactionId: string): Promise<FollowUp | undefined> {
    return followUp(this.#parts, transactionId);
  }

  /** Ends that, with another name for the method if one is given. */
  settleFollowUp(
    transactionId: string,
    name: string | undefined,
    context: RequestContext,
  ): Promise<{ outcome: 'settled' } | Refusal> {
    return settleFollowUp(this.#parts, transactionId, name, context);
  }

  /** The challenge that was sent last, to show its screen; undefined when none was. */
  latestChallenge(transactionId: string): Promise<LatestChallenge | undefined> {
    return latestChallenge(this.#parts, transactionId);
  }

  /** Judges a proof: confirms the pending enrolment, or answers the challenge. Single use, atomic (S-01). */
  submit(
    transactionId: string,
    submission: Submission,
    context: RequestContext,
  ): Promise<Satisfied | StillPending | Refusal> {
    return this.#parts.database.transaction(async (trx): Promise<Satisfied | StillPending | Refusal> => {
      const transaction = await this.#parts.transactions.find(trx, transactionId);
      if (!transaction) return refuse('expired');
      const user = await this.#parts.findUser(trx, transaction.userId);
      return submitProof(this.#parts, trx, { transaction, user }, submission, context, 'satisfied');
    });
  }

  /** The person stored what was shown once; it is forgotten. */
  acknowledge(transactionId: string): Promise<void> {
    return this.#parts.transactions.clearReveal(this.#parts.database.db, transactionId);
  }

  /** The person sets up anew what the satisfied transaction offers; `beginEnrolment` comes next (S-66). */
  acceptOffer(
    transactionId: string,
    offer: Pick<Offer, 'removesEarlier'>,
  ): Promise<{ outcome: 'accepted' } | Refusal> {
    return acceptOffer(this.#parts, transactionId, offer);
  }

  /** The person does without; what is required stays required. */
  declineOffer(transactionId: string): Promise<{ outcome: 'declined' } | Refusal> {
    return declineOffer(this.#parts, transactionId);
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

  /** Ends every transaction under way of a user, in the caller's transaction. */
  endTransactions(trx: Db, userId: string): Promise<void> {
    return endTransactions(this.#parts, trx, userId);
  }

  /** Lifts the lock on a user's second factors, for an operator: logged in the same transaction (S-108). */
  unlockUser(
    userId: string,
    actor: Actor,
    context: RequestContext,
  ): Promise<{ outcome: 'unlocked' } | Refusal> {
    return unlockUser(this.#parts, userId, actor, context);
  }

  /** How many people have enrolled, are locked, and which factors they use; operators aside. */
  async figures(): Promise<MfaFigures> {
    const { db } = this.#parts.database;
    const settings = await this.#parts.settings(db);
    const namesOf = (isOne: (factor: Factor) => boolean) =>
      this.registry.all.filter(isOne).map(({ name }) => name);
    return countSpread(db, this.#parts.clock, {
      independent: namesOf(({ kind }) => kind === 'independent'),
      resistant: namesOf(
        (factor) => factor.assurance.isPhishingResistant && this.registry.isEnabled(factor, settings),
      ),
    });
  }
}
