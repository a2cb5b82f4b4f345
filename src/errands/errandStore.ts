import type { Clock } from '../config/clock.ts';
import { equalSecrets } from '../crypto/constantTime.ts';
import { randomToken } from '../crypto/random.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { Enrols, Proof } from '../mfa/transaction.ts';

/** Begins the uid of every errand; nothing else that waits at the pages has such a uid. */
export const uidPrefix = 'errand-';

/** As long as a person may take at the pages. */
export const lifetimeSeconds = 30 * 60;

/** What an errand is about. `ticket` is the secret of its link. */
export type Subject =
  | { kind: 'enrolment'; ticket: string; enrols: Enrols; channel?: string }
  | { kind: 'password-reset'; ticket: string; clientId?: string };

/** A passage through the pages that belongs to no application's request. */
export interface Errand<S extends Subject = Subject> {
  uid: string;
  userId: string;
  subject: S;
  /** What was proved, once that is all that it needs. */
  proofs?: Proof[];
  /** Epoch milliseconds. */
  createdAt: number;
  isOver: boolean;
}

/** Storage of errands. Each takes one result and yields it once. */
export class ErrandStore {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    this.#vault = vault;
    this.#clock = clock;
  }

  /** @returns the uid, and the value of the cookie by which its browser is known. */
  async create(trx: Db, userId: string, subject: Subject): Promise<{ uid: string; binding: string }> {
    const uid = uidPrefix + randomToken(16);
    const binding = randomToken();
    const now = this.#clock();
    await trx
      .insertInto('errands')
      .values({
        id: uid,
        kind: subject.kind,
        user_id: userId,
        binding_hash: this.#bindingHash(binding),
        data_encrypted: this.#vault.encrypt(JSON.stringify(subject), contextOf(uid)),
        proofs: null,
        created_at: now,
        expires_at: now + lifetimeSeconds * 1000,
        spent_at: null,
      })
      .execute();
    return { uid, binding };
  }

  /** The errand, if this browser began it (S-37). */
  async find(db: Db, uid: string, binding: string | undefined): Promise<Errand | undefined> {
    const row = await db.selectFrom('errands').selectAll().where('id', '=', uid).executeTakeFirst();
    if (!row || binding === undefined || !equalSecrets(row.binding_hash, this.#bindingHash(binding)))
      return undefined;
    return {
      uid,
      userId: row.user_id,
      subject: JSON.parse(this.#vault.decrypt(row.data_encrypted, contextOf(uid))),
      ...(row.proofs === null ? {} : { proofs: JSON.parse(row.proofs) }),
      createdAt: row.created_at,
      isOver: row.spent_at !== null || row.expires_at <= this.#clock(),
    };
  }

  /** Stores the one result. Its kind; undefined when it has one already, or it is too late. */
  async finish(
    trx: Db,
    uid: string,
    userId: string,
    proofs: readonly Proof[],
  ): Promise<Subject['kind'] | undefined> {
    const row = await trx
      .updateTable('errands')
      .set({ proofs: JSON.stringify(proofs) })
      .where('id', '=', uid)
      .where('user_id', '=', userId)
      .where('proofs', 'is', null)
      .where('expires_at', '>', this.#clock())
      .returning('kind')
      .executeTakeFirst();
    return row?.kind;
  }

  /** Uses the result up; false when it was used, or it is too late. */
  async spend(trx: Db, uid: string): Promise<boolean> {
    const { numUpdatedRows } = await trx
      .updateTable('errands')
      .set({ spent_at: this.#clock() })
      .where('id', '=', uid)
      .where('proofs', 'is not', null)
      .where('spent_at', 'is', null)
      .where('expires_at', '>', this.#clock())
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  #bindingHash(binding: string): string {
    return this.#vault.hash(binding, 'errand-binding');
  }
}

function contextOf(uid: string): string {
  return `errands.data_encrypted:${uid}`;
}
