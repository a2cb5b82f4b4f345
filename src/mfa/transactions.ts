import { type Selectable, sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { newId } from '../crypto/ids.ts';
import { randomToken } from '../crypto/random.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { MfaTransactionsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import {
  type DecisionInput,
  type Proof,
  statesBefore,
  type Transaction,
  type TransactionState,
  type Verdict,
} from './transaction.ts';

const minute = 60 * 1000;
/**
 * S-26: an `mfa_token` lives ten minutes at the most. A person at a page, or in an application that adds a method,
 * may have to install an app first.
 */
const tokenLifetime = 10 * minute;
const interactionLifetime = 30 * minute;
/** Whatever a transaction left unconfirmed after this time can't be confirmed any more (S-44). */
export const longestLifetime = interactionLifetime;

/**
 * What a transaction is tied to: a browser's interaction, a token made now, a token the caller holds already, or
 * a session made now in which an application adds a method. That session is no `mfa_token`, nor the other way
 * round (S-26).
 */
export type Binding =
  | { interactionId: string }
  | { token: true }
  | { existingToken: string }
  | { authSession: true };

/** What a token is hashed for. */
type TokenKind = 'mfa-token' | 'auth-session';

/** A transaction with what the engine needs to judge it again. */
export interface StoredTransaction extends Transaction {
  decisionInput: Omit<DecisionInput, 'proofs' | 'browserToken'>;
}

type Key = { id?: string; token_hash?: string; interaction_id?: string };
const latestBy = statement((db, { id, token_hash, interaction_id }: Key) => {
  // SQLite plans a query anew at each run when its limit is a parameter.
  const latest = db.selectFrom('mfa_transactions').selectAll().orderBy('id', 'desc').limit(sql.lit(1));
  if (id !== undefined) return latest.where('id', '=', id);
  if (token_hash !== undefined) return latest.where('token_hash', '=', token_hash);
  return latest.where('interaction_id', '=', interaction_id ?? '');
});

type Move = Pick<Selectable<MfaTransactionsTable>, 'id' | 'state'> &
  Partial<
    Pick<Selectable<MfaTransactionsTable>, 'proofs' | 'requirement' | 'reasons' | 'reveal_encrypted'>
  > & {
    from: readonly TransactionState[];
    now: number;
  };
const moveFrom = statement((db, { id, from, now, ...change }: Move) =>
  db
    .updateTable('mfa_transactions')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .where('expires_at', '>', now),
);

/** Storage of transactions. A move of state is a conditional write; its row count is the answer. */
export class TransactionStore {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    this.#vault = vault;
    this.#clock = clock;
  }

  async create(
    trx: Db,
    input: DecisionInput,
    decision: Verdict,
    binding: Binding,
    request: Record<string, unknown>,
  ): Promise<{ transaction: StoredTransaction; mfaToken?: string; authSession?: string }> {
    const now = this.#clock();
    const id = newId('mtx', this.#clock);
    const mfaToken = 'token' in binding ? randomToken() : undefined;
    const authSession = 'authSession' in binding ? randomToken() : undefined;
    const token = 'existingToken' in binding ? binding.existingToken : mfaToken;
    const interactionId = 'interactionId' in binding ? binding.interactionId : undefined;
    const { proofs, browserToken: _, ...decisionInput } = input;
    const row: Selectable<MfaTransactionsTable> = {
      id,
      purpose: input.purpose,
      user_id: input.userId,
      client_id: input.client.id,
      token_hash:
        authSession !== undefined
          ? this.#hash(authSession, 'auth-session')
          : token === undefined
            ? null
            : this.#hash(token, 'mfa-token'),
      interaction_id: interactionId ?? null,
      state: 'pending',
      decision_input: JSON.stringify({
        ...decisionInput,
        allowsRememberBrowser: decision.allowsRememberBrowser,
      }),
      requirement: JSON.stringify(decision.requirement),
      reasons: JSON.stringify(decision.reasons),
      proofs: JSON.stringify(proofs),
      request_encrypted: this.#vault.encrypt(JSON.stringify(request), contextOf('request_encrypted', id)),
      reveal_encrypted: null,
      created_at: now,
      expires_at: now + (token === undefined ? interactionLifetime : tokenLifetime),
    };
    await this.#endEarlier(trx, row);
    await trx.insertInto('mfa_transactions').values(row).execute();
    return {
      transaction: this.#read(row),
      ...(mfaToken === undefined ? {} : { mfaToken }),
      ...(authSession === undefined ? {} : { authSession }),
    };
  }

  async find(db: Db, id: string): Promise<StoredTransaction | undefined> {
    return this.#findBy(db, 'id', id);
  }

  async findByToken(db: Db, mfaToken: string): Promise<StoredTransaction | undefined> {
    return this.#findBy(db, 'token_hash', this.#hash(mfaToken, 'mfa-token'));
  }

  async findByAuthSession(db: Db, authSession: string): Promise<StoredTransaction | undefined> {
    return this.#findBy(db, 'token_hash', this.#hash(authSession, 'auth-session'));
  }

  async findByInteraction(db: Db, interactionId: string): Promise<StoredTransaction | undefined> {
    return this.#findBy(db, 'interaction_id', interactionId);
  }

  /**
   * Moves a transaction, if its present state is one of `from`: by default any that allows the move.
   *
   * @returns whether it moved; of two racing callers one is told no.
   */
  async move(
    trx: Db,
    id: string,
    to: TransactionState,
    change: { proofs?: Proof[]; decision?: Verdict; reveal?: Transaction['reveal'] | null } = {},
    from: readonly TransactionState[] = statesBefore(to),
  ): Promise<boolean> {
    const moved = await moveFrom.run(trx, {
      id,
      from,
      now: this.#clock(),
      state: to,
      ...(change.proofs ? { proofs: JSON.stringify(change.proofs) } : {}),
      ...(change.decision
        ? {
            requirement: JSON.stringify(change.decision.requirement),
            reasons: JSON.stringify(change.decision.reasons),
          }
        : {}),
      ...(change.reveal === undefined
        ? {}
        : { reveal_encrypted: change.reveal === null ? null : this.#seal(id, change.reveal) }),
    });
    return moved === 1;
  }

  /**
   * Makes everybody who would move this transaction wait until the caller's database transaction ends, so
   * that what is sent for it is sent while it lasts. False when it is over.
   */
  async hold(trx: Db, id: string): Promise<boolean> {
    const result = await trx
      .updateTable('mfa_transactions')
      .set(({ ref }) => ({ state: ref('state') }))
      .where('id', '=', id)
      .where('state', 'in', statesBefore('rejected'))
      .where('expires_at', '>', this.#clock())
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  }

  async clearReveal(trx: Db, id: string): Promise<void> {
    await trx.updateTable('mfa_transactions').set({ reveal_encrypted: null }).where('id', '=', id).execute();
  }

  /** Ends everything open of a user: after a reset, a block, a removed method. */
  async endAll(trx: Db, userId: string): Promise<void> {
    await trx
      .updateTable('mfa_transactions')
      .set({ state: 'rejected' satisfies TransactionState, reveal_encrypted: null })
      .where('user_id', '=', userId)
      .where('state', 'in', statesBefore('rejected'))
      .execute();
  }

  /** A new transaction for one interaction or token takes the place of the one before. */
  async #endEarlier(trx: Db, row: Selectable<MfaTransactionsTable>): Promise<void> {
    const column = row.interaction_id === null ? 'token_hash' : 'interaction_id';
    const value = row[column];
    if (value === null) return;
    await trx
      .updateTable('mfa_transactions')
      .set({ state: 'rejected' satisfies TransactionState, reveal_encrypted: null })
      .where(column, '=', value)
      .where('state', 'in', statesBefore('rejected'))
      .execute();
  }

  async #findBy(
    db: Db,
    column: 'id' | 'token_hash' | 'interaction_id',
    value: string,
  ): Promise<StoredTransaction | undefined> {
    const row = await latestBy.first(db, { [column]: value });
    return row && this.#read(row);
  }

  #read(row: Selectable<MfaTransactionsTable>): StoredTransaction {
    const { allowsRememberBrowser, ...decisionInput } = JSON.parse(row.decision_input);
    const state = row.state as TransactionState;
    const hasExpired = row.expires_at <= this.#clock();
    return {
      id: row.id,
      userId: row.user_id,
      clientId: row.client_id,
      purpose: decisionInput.purpose,
      state: hasExpired && statesBefore('expired').includes(state) ? 'expired' : state,
      requirement: JSON.parse(row.requirement),
      reasons: JSON.parse(row.reasons),
      allowsRememberBrowser,
      proofs: JSON.parse(row.proofs),
      request: JSON.parse(this.#vault.decrypt(row.request_encrypted, contextOf('request_encrypted', row.id))),
      ...(row.interaction_id === null ? {} : { interactionId: row.interaction_id }),
      ...(row.reveal_encrypted === null
        ? {}
        : {
            reveal: JSON.parse(
              this.#vault.decrypt(row.reveal_encrypted, contextOf('reveal_encrypted', row.id)),
            ),
          }),
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      decisionInput,
    };
  }

  #seal(id: string, reveal: NonNullable<Transaction['reveal']>): string {
    return this.#vault.encrypt(JSON.stringify(reveal), contextOf('reveal_encrypted', id));
  }

  #hash(token: string, kind: TokenKind): string {
    return this.#vault.hash(token, kind);
  }
}

function contextOf(column: string, id: string): string {
  return `mfa_transactions.${column}:${id}`;
}
