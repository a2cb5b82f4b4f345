import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';

/** One user's enrolment of a factor, its state unsealed. */
export interface AuthenticationMethod {
  id: string;
  userId: string;
  factor: string;
  state: unknown;
  revision: number;
  isConfirmed: boolean;
  /** The transaction that may confirm it. */
  transactionId?: string;
  createdAt: number;
  lastUsedAt?: number;
}

/** What a person may see of a method. */
export interface MethodView {
  id: string;
  factor: string;
  name?: string;
  isConfirmed: boolean;
  createdAt: number;
  lastUsedAt?: number;
}

/** Storage of authentication methods. Every look-up names the user (S-11). */
export class MethodStore {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async ofUser(db: Db, userId: string): Promise<AuthenticationMethod[]> {
    const rows = await db
      .selectFrom('authentication_methods')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      userId: row.user_id,
      factor: row.factor,
      state: JSON.parse(this.#vault.decrypt(row.state_encrypted, contextOf(row))),
      revision: row.revision,
      isConfirmed: row.confirmed_at !== null,
      ...(row.transaction_id === null ? {} : { transactionId: row.transaction_id }),
      createdAt: row.created_at,
      ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
    }));
  }

  async insert(
    db: Db,
    method: {
      id: string;
      userId: string;
      factor: string;
      state: unknown;
      transactionId: string;
      now: number;
    },
  ): Promise<void> {
    const owner = { id: method.id, user_id: method.userId };
    await db
      .insertInto('authentication_methods')
      .values({
        ...owner,
        factor: method.factor,
        state_encrypted: this.#vault.encrypt(JSON.stringify(method.state), contextOf(owner)),
        revision: 0,
        confirmed_at: null,
        transaction_id: method.transactionId,
        created_at: method.now,
        last_used_at: null,
      })
      .execute();
  }

  /**
   * Moves the method to the state in which the proof just judged is spent. Compare and swap on the
   * revision: of two proofs judged against one state, only one is accepted (S-01).
   *
   * @returns whether this caller won.
   */
  async accept(db: Db, method: AuthenticationMethod, state: unknown, now: number): Promise<boolean> {
    const owner = { id: method.id, user_id: method.userId };
    const result = await db
      .updateTable('authentication_methods')
      .set({
        state_encrypted: this.#vault.encrypt(JSON.stringify(state), contextOf(owner)),
        revision: method.revision + 1,
        last_used_at: now,
      })
      .where('id', '=', method.id)
      .where('user_id', '=', method.userId)
      .where('revision', '=', method.revision)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  }

  /** Confirms what this transaction enrolled and drops everything else pending of this user (S-41). */
  async confirm(db: Db, userId: string, methodIds: readonly string[], now: number): Promise<void> {
    await db
      .updateTable('authentication_methods')
      .set({ confirmed_at: now, transaction_id: null })
      .where('user_id', '=', userId)
      .where('id', 'in', methodIds)
      .where('confirmed_at', 'is', null)
      .execute();
    await db
      .deleteFrom('authentication_methods')
      .where('user_id', '=', userId)
      .where('confirmed_at', 'is', null)
      .execute();
  }

  async remove(db: Db, userId: string, methodIds: readonly string[]): Promise<void> {
    if (methodIds.length === 0) return;
    await db
      .deleteFrom('authentication_methods')
      .where('user_id', '=', userId)
      .where('id', 'in', methodIds)
      .execute();
  }
}

/** Bound to the row and its owner: state copied to another user's row doesn't open. */
function contextOf(row: { id: string; user_id: string }): string {
  return `authentication_methods.state_encrypted:${row.user_id}:${row.id}`;
}
