import { isOperator, operatorConnection } from '../../accounts/operators.ts';
import { findUserById } from '../../accounts/users.ts';
import { equalSecrets } from '../../crypto/constantTime.ts';
import { randomToken } from '../../crypto/random.ts';
import { recordEvent } from '../../logs/tenantLog.ts';
import { isSecondFactor } from '../../mfa/authenticationContext.ts';
import type { Proof } from '../../mfa/transaction.ts';
import type { ConsoleDependencies } from '../dependencies.ts';
import { consoleApplication, consoleDecision } from './consoleSignIn.ts';
import { consoleCookie, setCookie } from './cookies.ts';
import type { OperatorSessions } from './operatorSessions.ts';

const lifetimeSeconds = 30 * 60;
const prefix = 'op-';

/** A sign-in is over, or has its result already. The hosted pages know it by its name. */
export class SignInOverError extends Error {
  constructor() {
    super('The sign-in is over.');
    this.name = 'InteractionOverError';
  }
}

/** A sign-in that waits for a person at the hosted pages, in the words that those have for it. */
export interface SignIn {
  uid: string;
  prompt: 'login';
  clientId: string;
  clientName: string;
  connection: string;
  params: Readonly<Record<string, unknown>>;
  decisionInput: typeof consoleDecision;
  resumeUrl?: string;
}

/**
 * Sign-ins to the console: handed to the hosted pages, which ask for password and second factor, and
 * taken back from them, within the process (docs/adr/0040). Nothing is stored before the last proof: a
 * sign-in is known by its uid, which holds when it began, and by a cookie that only its browser has.
 */
export class SignIns {
  readonly #parts: ConsoleDependencies;
  readonly #sessions: OperatorSessions;

  constructor(parts: ConsoleDependencies, sessions: OperatorSessions) {
    this.#parts = parts;
    this.#sessions = sessions;
  }

  /** Whether a uid is of a sign-in to the console, and not of an application's request. */
  owns(uid: string): boolean {
    return uid.startsWith(prefix);
  }

  /** Begins a sign-in, or goes on with the one that the browser began; `cookie` is for `Set-Cookie`. */
  async begin(cookieHeader: string | undefined): Promise<{ uid: string; cookie: string }> {
    const { publicUrl, clock, database } = this.#parts;
    const begun = this.#ofCookie(cookieHeader);
    const isOpen = begun !== undefined && !(await this.#sessions.exists(database.db, begun));
    const startedAt = Math.floor(clock() / 1000).toString(36);
    const uid = isOpen ? begun : `${prefix}${startedAt}-${randomToken(16)}`;
    const value = `${uid}.${this.#bindingOf(uid)}`;
    return { uid, cookie: setCookie(publicUrl, 'signIn', value, lifetimeSeconds) };
  }

  /** Whether this browser began the sign-in, and not too long ago (S-37). */
  isBoundTo(uid: string, cookieHeader: string | undefined): boolean {
    return this.#ofCookie(cookieHeader) === uid;
  }

  /** The sign-in, if this browser began it. */
  async find(uid: string, cookieHeader: string | undefined): Promise<SignIn | undefined> {
    if (!this.isBoundTo(uid, cookieHeader)) return undefined;
    const isOver = await this.#sessions.exists(this.#parts.database.db, uid);
    return {
      uid,
      prompt: 'login',
      clientId: consoleApplication.id,
      clientName: consoleApplication.name,
      connection: operatorConnection,
      params: {},
      decisionInput: consoleDecision,
      ...(isOver ? { resumeUrl: this.#resumeUrl(uid) } : {}),
    };
  }

  /**
   * Takes the result of a sign-in, once. A session comes of it only for an operator who proved a second
   * factor (S-107); anybody else is told at the address that this resolves to.
   *
   * @throws SignInOverError
   */
  async finish(uid: string, { userId, proofs }: { userId: string; proofs: Proof[] }): Promise<string> {
    const outcome = await this.#parts.database.transaction(async (trx) => {
      const user = await findUserById(trx, userId);
      if (!user || !isOperator(user) || !proofs.some(isSecondFactor)) {
        await recordEvent(trx, this.#parts.clock, {
          type: 'f',
          description: 'Not an operator, or without a second factor',
          userId,
          ...(user && { userName: user.email, connection: user.connection }),
          clientId: consoleApplication.id,
          clientName: consoleApplication.name,
        });
        return 'refused';
      }
      return (await this.#sessions.create(trx, uid, userId, proofs)) ? 'created' : 'over';
    });
    if (outcome === 'over') throw new SignInOverError();
    return this.#resumeUrl(uid);
  }

  /** The console asks for no consent. */
  async grantConsent(): Promise<never> {
    throw new SignInOverError();
  }

  /** A sign-in that isn't finished just ends; there is nobody to tell. */
  async reject(): Promise<never> {
    throw new SignInOverError();
  }

  #resumeUrl(uid: string): string {
    const url = new URL('operator/callback', this.#parts.publicUrl);
    url.searchParams.set('state', uid);
    return url.href;
  }

  #ofCookie(cookieHeader: string | undefined): string | undefined {
    const value = consoleCookie(this.#parts.publicUrl, 'signIn', cookieHeader);
    const [uid, binding, ...rest] = value?.split('.') ?? [];
    if (!uid || !binding || rest.length > 0 || !equalSecrets(binding, this.#bindingOf(uid))) return undefined;
    const startedAt = Number.parseInt(uid.slice(prefix.length), 36);
    const age = this.#parts.clock() / 1000 - startedAt;
    return age >= 0 && age < lifetimeSeconds ? uid : undefined;
  }

  /** Nobody can compute it from the uid, which stands in addresses. */
  #bindingOf(uid: string): string {
    return this.#parts.vault.hash(uid, 'operator-sign-in-binding');
  }
}
