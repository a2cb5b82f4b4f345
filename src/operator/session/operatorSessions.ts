import type { Selectable } from 'kysely';
import { isOperator } from '../../accounts/operators.ts';
import { findUserById, type User } from '../../accounts/users.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import { newId } from '../../crypto/ids.ts';
import { randomToken } from '../../crypto/random.ts';
import type { Db } from '../../database/database.ts';
import type { OperatorSessionsTable } from '../../database/schema.ts';
import type { Proof } from '../../mfa/transaction.ts';
import type { ConsoleDependencies } from '../dependencies.ts';
import { consoleDecision } from './consoleSignIn.ts';

const minute = 60 * 1000;
/** OWASP ASVS 7.3 and NIST SP 800-63B for sessions that can change other people's accounts. */
const idleLifetime = 30 * minute;
const absoluteLifetime = 12 * 60 * minute;
/** How long the browser has to fetch its session after the sign-in. */
const handOverLifetime = 5 * minute;
/** The idle time starts anew at the request, but is written only so often. */
const touchEvery = minute;

/** A session of the console in which somebody is signed in. */
export interface OperatorSession {
  id: string;
  operator: User;
  /** What was proved at the sign-in. */
  proofs: readonly Proof[];
  createdAt: number;
}

/** `forbidden` was signed in and is no operator any more. */
export type OpenedSession =
  | { outcome: 'open'; session: OperatorSession }
  | { outcome: 'none' }
  | { outcome: 'forbidden' };

type Parts = Pick<ConsoleDependencies, 'database' | 'vault' | 'clock' | 'engine'>;

/**
 * The console's own sessions, apart from those in which people sign in to applications. The cookie's
 * value is 256 random bits, kept as a keyed hash.
 */
export class OperatorSessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Opens the one session that a sign-in leads to. It can't be used before the browser fetched it.
   *
   * @returns false when the sign-in has led to one already.
   */
  async create(trx: Db, signIn: string, userId: string, proofs: readonly Proof[]): Promise<boolean> {
    const now = this.#parts.clock();
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('operator_sessions')
      .values({
        id: newId('ops', this.#parts.clock),
        user_id: userId,
        sign_in_hash: this.#hashSignIn(signIn),
        token_hash: null,
        proofs: JSON.stringify(proofs),
        ip: '',
        user_agent: '',
        created_at: now,
        last_used_at: now,
        expires_at: now + absoluteLifetime,
      })
      .onConflict((conflict) => conflict.column('sign_in_hash').doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Whether a sign-in has led to a session, fetched or not. */
  async exists(db: Db, signIn: string): Promise<boolean> {
    const row = await db
      .selectFrom('operator_sessions')
      .select('id')
      .where('sign_in_hash', '=', this.#hashSignIn(signIn))
      .executeTakeFirst();
    return row !== undefined;
  }

  /**
   * Hands the session to the browser, once: one conditional update.
   *
   * @returns the cookie's value, or undefined when it was fetched before or too late.
   */
  async fetch(
    trx: Db,
    signIn: string,
    context: RequestContext,
  ): Promise<{ token: string; userId: string } | undefined> {
    const now = this.#parts.clock();
    const token = randomToken();
    const row = await trx
      .updateTable('operator_sessions')
      .set({
        token_hash: this.#hash(token),
        ip: context.ip,
        user_agent: context.userAgent,
        last_used_at: now,
      })
      .where('sign_in_hash', '=', this.#hashSignIn(signIn))
      .where('token_hash', 'is', null)
      .where('created_at', '>', now - handOverLifetime)
      .returning('user_id')
      .executeTakeFirst();
    return row && { token, userId: row.user_id };
  }

  /**
   * The session of a cookie, judged anew (S-28, S-38): it has not ended, its user exists, is not blocked
   * and is an operator, and the second factor that was proved is still theirs.
   */
  async open(token: string): Promise<OpenedSession> {
    const { database, clock, engine } = this.#parts;
    const now = clock();
    const row = await database.db
      .selectFrom('operator_sessions')
      .selectAll()
      .where('token_hash', '=', this.#hash(token))
      .where('last_used_at', '>', now - idleLifetime)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    if (!row) return { outcome: 'none' };
    const operator = await findUserById(database.db, row.user_id);
    if (!operator || !isOperator(operator)) {
      await this.end(database.db, row.id);
      return { outcome: 'forbidden' };
    }
    const proofs = JSON.parse(row.proofs) as Proof[];
    const { requirement } = await engine.decide({ ...consoleDecision, userId: operator.id, proofs });
    if (requirement.kind !== 'none') {
      await this.end(database.db, row.id);
      return { outcome: 'none' };
    }
    if (row.last_used_at <= now - touchEvery) await this.#touch(row, now);
    return { outcome: 'open', session: { id: row.id, operator, proofs, createdAt: row.created_at } };
  }

  async end(trx: Db, id: string): Promise<void> {
    await trx.deleteFrom('operator_sessions').where('id', '=', id).execute();
  }

  async #touch({ id }: Selectable<OperatorSessionsTable>, now: number): Promise<void> {
    await this.#parts.database.db
      .updateTable('operator_sessions')
      .set({ last_used_at: now })
      .where('id', '=', id)
      .execute();
  }

  #hash(token: string): string {
    return this.#parts.vault.hash(token, 'operator-session');
  }

  #hashSignIn(signIn: string): string {
    return this.#parts.vault.hash(signIn, 'operator-sign-in');
  }
}
