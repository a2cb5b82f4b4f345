import type { RequestContext } from '../config/requestContext.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import { statement } from '../database/statement.ts';

/** One user's enrolment of a factor, its state unsealed. */
export interface AuthenticationMethod {
  id: string;
  userId: string;
  factor: string;
  state: unknown;
  revision: number;
  isConfirmed: boolean;
  /** The person has it without enrolment, and it isn't stored. */
  isImplicit?: true;
  /** The transaction that may confirm it. */
  transactionId?: string;
  createdAt: number;
  lastUsedAt?: number;
  /** Where that was. */
  lastUse?: UsePlace;
  /** The name that its person gave it. */
  label?: string;
}

/** From where a method was used. */
export type UsePlace = Pick<RequestContext, 'ip' | 'userAgent'>;

const methodsOfUser = statement((db, { userId }: { userId: string }) =>
  db.selectFrom('authentication_methods').selectAll().where('user_id', '=', userId).orderBy('created_at'),
);

const ownerOfMethod = statement((db, { methodId }: { methodId: string }) =>
  db.selectFrom('authentication_methods').select('user_id').where('id', '=', methodId),
);

type NextState = { id: string; user_id: string; sealed: string; judged: number; next: number };
const changeState = statement((db, { id, user_id, sealed, judged, next }: NextState) =>
  db
    .updateTable('authentication_methods')
    .set({ state_encrypted: sealed, revision: next })
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .where('revision', '=', judged),
);

type UsedState = NextState & { now: number; ip: string; agent: string };
const replaceState = statement((db, { id, user_id, sealed, judged, next, now, ip, agent }: UsedState) =>
  db
    .updateTable('authentication_methods')
    .set({
      state_encrypted: sealed,
      revision: next,
      last_used_at: now,
      last_used_ip: ip,
      last_used_agent: agent,
    })
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .where('revision', '=', judged),
);

/** Storage of authentication methods. Every look-up names the user (S-11). */
export class MethodStore {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async ofUser(db: Db, userId: string): Promise<AuthenticationMethod[]> {
    const rows = await methodsOfUser.all(db, { userId });
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
      ...(row.last_used_ip === null
        ? {}
        : { lastUse: { ip: row.last_used_ip, userAgent: row.last_used_agent ?? '' } }),
      ...(row.label === null ? {} : { label: row.label }),
    }));
  }

  async insert(
    db: Db,
    method: {
      id: string;
      userId: string;
      factor: string;
      state: unknown;
      /** Which may confirm it; without one it is confirmed already. */
      transactionId?: string;
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
        confirmed_at: method.transactionId === undefined ? method.now : null,
        transaction_id: method.transactionId ?? null,
        created_at: method.now,
        last_used_at: null,
      })
      .execute();
  }

  /**
   * Moves the method to the state in which the proof just judged is spent, and notes when and where that was.
   * Compare and swap on the revision: of two proofs judged against one state, only one is accepted (S-01).
   *
   * @returns whether this caller won.
   */
  async accept(
    db: Db,
    method: AuthenticationMethod,
    state: unknown,
    use: UsePlace & { now: number },
  ): Promise<boolean> {
    const { ip, userAgent: agent, now } = use;
    return (await replaceState.run(db, { ...this.#next(method, state), now, ip, agent })) === 1;
  }

  /** Changes whatever isn't a proof; of two racing changes one is lost, and told so. */
  async change(db: Db, method: AuthenticationMethod, state: unknown): Promise<boolean> {
    return (await changeState.run(db, this.#next(method, state))) === 1;
  }

  /** Gives the method the name that its person chose, or takes that away. */
  async label(db: Db, { id, userId }: AuthenticationMethod, label: string | null): Promise<void> {
    await db
      .updateTable('authentication_methods')
      .set({ label })
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .execute();
  }

  #next(method: AuthenticationMethod, state: unknown): NextState {
    const owner = { id: method.id, user_id: method.userId };
    const sealed = this.#vault.encrypt(JSON.stringify(state), contextOf(owner));
    return { ...owner, sealed, judged: method.revision, next: method.revision + 1 };
  }

  /** Takes what no other method may have. False when another has it. */
  async claim(db: Db, method: AuthenticationMethod, claim: string): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('method_claims')
      .values({ claim_hash: this.#claimHash(claim), method_id: method.id })
      .onConflict((conflict) => conflict.column('claim_hash').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Whose method has this claim; confirmed ones only. */
  async findByClaim(db: Db, claim: string): Promise<AuthenticationMethod | undefined> {
    const row = await db
      .selectFrom('authentication_methods')
      .innerJoin('method_claims', 'method_claims.method_id', 'authentication_methods.id')
      .select(['authentication_methods.id', 'authentication_methods.user_id'])
      .where('method_claims.claim_hash', '=', this.#claimHash(claim))
      .where('authentication_methods.confirmed_at', 'is not', null)
      .executeTakeFirst();
    if (!row) return undefined;
    return (await this.ofUser(db, row.user_id)).find(({ id }) => id === row.id);
  }

  /** Whose method this is, for whoever then proves to be it. */
  async ownerOf(db: Db, methodId: string): Promise<string | undefined> {
    return (await ownerOfMethod.first(db, { methodId }))?.user_id;
  }

  /** The same for several names of one method. */
  async ownerOfAny(db: Db, methodIds: readonly string[]): Promise<string | undefined> {
    const owner = db.selectFrom('authentication_methods').select('user_id').where('id', 'in', methodIds);
    return (await owner.executeTakeFirst())?.user_id;
  }

  #claimHash(claim: string): string {
    return this.#vault.hash(claim, 'method-claim');
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
