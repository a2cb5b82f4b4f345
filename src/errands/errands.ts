import { findUserById } from '../accounts/users.ts';
import { invitationInput } from '../mfa/errands/invitationInput.ts';
import type { DecisionInput, Proof } from '../mfa/transaction.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import type { ErrandBegun } from './beginErrand.ts';
import { readBinding } from './cookies.ts';
import { beginEnrolment, type EnrolmentResult, enrolmentResult, isEnrolment, resultOf } from './enrolment.ts';
import { type Errand, ErrandStore, type Subject, uidPrefix } from './errandStore.ts';
import type { ErrandDependencies, ErrandParts } from './parts.ts';
import {
  beginPasswordReset,
  choosePassword,
  linkProof,
  type PasswordChoice,
  type PasswordChosen,
  provedReset,
  type ResetAuthority,
  resetInput,
  resetNeedsProof,
} from './passwordReset.ts';

/** An errand is over, or has its result already. The hosted pages know it by its name. */
export class ErrandOverError extends Error {
  constructor() {
    super('The errand is over.');
    this.name = 'InteractionOverError';
  }
}

/** An errand that waits for a person at the hosted pages, in the words that those have for it. */
export interface WaitingErrand {
  uid: string;
  prompt: 'mfa';
  errand: Subject['kind'];
  clientId: string;
  clientName: string;
  params: Readonly<Record<string, unknown>>;
  session: { userId: string; proofs: Proof[] };
  decisionInput: Omit<DecisionInput, 'proofs' | 'userId' | 'browserToken'>;
  resumeUrl?: string;
}

/**
 * What people do at the hosted pages by a link of their own, without an application: set up a factor that they
 * were invited to, or prove one before they choose a new password. Nothing comes of it but that: no session and
 * no token (S-25, S-35).
 */
export class Errands {
  readonly #parts: ErrandParts;

  constructor(dependencies: ErrandDependencies) {
    const { vault, clock } = dependencies;
    this.#parts = { ...dependencies, store: new ErrandStore(vault, clock) };
  }

  /** Whether a uid is an errand's, and of no application's request. */
  owns(uid: string): boolean {
    return uid.startsWith(uidPrefix);
  }

  /** The errand, if this browser began it; undefined as well when it expired or is over. */
  async find(uid: string, cookieHeader: string | undefined): Promise<WaitingErrand | undefined> {
    const { database, publicUrl, store } = this.#parts;
    const { db } = database;
    const errand = await store.find(db, uid, readBinding(publicUrl, uid, cookieHeader));
    if (!errand || errand.isOver) return undefined;
    const user = await findUserById(db, errand.userId);
    if (!user || user.blocked) return undefined;
    const { proofs, userId: _, ...decisionInput } = await this.#inputOf(errand);
    const { id, name } = decisionInput.client;
    return {
      uid,
      prompt: 'mfa',
      errand: errand.subject.kind,
      clientId: id,
      clientName: name,
      params: {},
      session: { userId: user.id, proofs },
      decisionInput,
      ...((await this.#hasResult(errand)) ? { resumeUrl: this.#resumeUrl(errand) } : {}),
    };
  }

  /**
   * Stores what was proved, once.
   *
   * @returns the URL to go on to.
   * @throws ErrandOverError
   */
  async finish(uid: string, { userId, proofs }: { userId: string; proofs: Proof[] }): Promise<string> {
    const { database, store } = this.#parts;
    const kind = await database.transaction((trx) => store.finish(trx, uid, userId, proofs));
    if (kind === undefined) throw new ErrandOverError();
    return this.#resumeUrl({ uid, subject: { kind } });
  }

  /** Nobody asks for consent here. */
  async grantConsent(): Promise<never> {
    throw new ErrandOverError();
  }

  /** An errand that isn't finished just ends; there is nobody to tell. */
  async reject(): Promise<never> {
    throw new ErrandOverError();
  }

  beginEnrolment(ticket: string): Promise<ErrandBegun> {
    return beginEnrolment(this.#parts, ticket);
  }

  enrolmentResult(uid: string, cookieHeader: string | undefined): Promise<EnrolmentResult | undefined> {
    return enrolmentResult(this.#parts, uid, cookieHeader);
  }

  resetNeedsProof(ticket: string): Promise<boolean | undefined> {
    return resetNeedsProof(this.#parts, ticket);
  }

  beginPasswordReset(ticket: string): Promise<ErrandBegun> {
    return beginPasswordReset(this.#parts, ticket);
  }

  async isResetProved(uid: string, cookieHeader: string | undefined): Promise<boolean> {
    return (await provedReset(this.#parts, uid, cookieHeader)) !== undefined;
  }

  choosePassword(authority: ResetAuthority, choice: PasswordChoice): Promise<PasswordChosen> {
    return choosePassword(this.#parts, authority, choice);
  }

  /** What the engine is asked about it, with the link as the first proof. */
  async #inputOf({ userId, subject, createdAt }: Errand): Promise<DecisionInput & { proofs: Proof[] }> {
    const { db } = this.#parts.database;
    if (subject.kind === 'password-reset') {
      return { ...(await resetInput(db, userId, subject.clientId)), proofs: [linkProof(createdAt)] };
    }
    const { friendlyName } = await readTenantSettings(db);
    return invitationInput({ ...subject, userId }, friendlyName, createdAt);
  }

  /** Or can have none any more: another browser used its link. */
  async #hasResult(errand: Errand): Promise<boolean> {
    if (isEnrolment(errand)) return (await resultOf(this.#parts, errand)) !== undefined;
    return errand.proofs !== undefined;
  }

  #resumeUrl({ uid, subject }: { uid: string; subject: Pick<Subject, 'kind'> }): string {
    const path = subject.kind === 'enrolment' ? 'u/mfa-enroll-result' : 'u/reset-password/new';
    const url = new URL(path, this.#parts.publicUrl);
    url.searchParams.set('state', uid);
    return url.href;
  }
}
