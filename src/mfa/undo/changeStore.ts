import type { Selectable } from 'kysely';
import type { Clock } from '../../config/clock.ts';
import { newId } from '../../crypto/ids.ts';
import { randomToken } from '../../crypto/random.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Db } from '../../database/database.ts';
import type { AuthenticationMethodsTable, MethodChangesTable } from '../../database/schema.ts';

/** How long a change can be undone. */
export const undoSeconds = 24 * 60 * 60;

/** A method as it was stored, sealed state and all, with what no other may have. */
export interface KeptMethod {
  row: Selectable<AuthenticationMethodsTable>;
  claimHashes: readonly string[];
}

/** What a change was, as far as undoing it needs to know. */
export type Change =
  /** `isFirst`: nothing protected the account that hadn't come within the same day. */
  | { kind: 'added'; factor: string; methodIds: readonly string[]; isFirst: boolean }
  /** `kept` are those that may come back; the ids are of all that went. */
  | { kind: 'removed'; factor: string; methodIds: readonly string[]; kept: readonly KeptMethod[] }
  /** An operator took everything. */
  | { kind: 'reset' };

export type StoredChange = Change & { id: string; userId: string; at: number; isUndone: boolean };

/** Storage of changes that may be undone, by a link of which only the keyed hash is kept. */
export class ChangeStore {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    this.#vault = vault;
    this.#clock = clock;
  }

  /** @returns the secret of its link: 256 random bits, base64url. */
  async keep(trx: Db, userId: string, change: Change): Promise<string> {
    const id = newId('chg', this.#clock);
    const ticket = randomToken();
    const now = this.#clock();
    await trx
      .insertInto('method_changes')
      .values({
        id,
        user_id: userId,
        kind: change.kind,
        token_hash: this.#hashOf(ticket),
        methods_encrypted: this.#vault.encrypt(JSON.stringify(change), contextOf({ id, user_id: userId })),
        created_at: now,
        expires_at: now + undoSeconds * 1000,
        undone_at: null,
      })
      .execute();
    return ticket;
  }

  /** The change that a link undoes, while it works. */
  async find(db: Db, ticket: string): Promise<StoredChange | undefined> {
    const row = await db
      .selectFrom('method_changes')
      .selectAll()
      .where('token_hash', '=', this.#hashOf(ticket))
      .where('undone_at', 'is', null)
      .where('expires_at', '>', this.#clock())
      .executeTakeFirst();
    return row && this.#read(row);
  }

  /** The changes of the last day, undone or not, the latest first. */
  async ofUser(db: Db, userId: string): Promise<StoredChange[]> {
    const rows = await db
      .selectFrom('method_changes')
      .selectAll()
      .where('user_id', '=', userId)
      .where('expires_at', '>', this.#clock())
      .orderBy('id', 'desc')
      .execute();
    return rows.map((row) => this.#read(row));
  }

  /** Marks it as undone. One conditional update: of two at the same time one gets it. */
  async spend(trx: Db, id: string): Promise<boolean> {
    const { numUpdatedRows } = await trx
      .updateTable('method_changes')
      .set({ undone_at: this.#clock() })
      .where('id', '=', id)
      .where('undone_at', 'is', null)
      .where('expires_at', '>', this.#clock())
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  /** Makes every link of a person useless. */
  async forget(trx: Db, userId: string): Promise<void> {
    await trx.deleteFrom('method_changes').where('user_id', '=', userId).execute();
  }

  #read(row: Selectable<MethodChangesTable>): StoredChange {
    const change = JSON.parse(this.#vault.decrypt(row.methods_encrypted, contextOf(row))) as Change;
    return {
      ...change,
      id: row.id,
      userId: row.user_id,
      at: row.created_at,
      isUndone: row.undone_at !== null,
    };
  }

  #hashOf(ticket: string): string {
    return this.#vault.hash(ticket, 'undo-change');
  }
}

function contextOf({ id, user_id }: { id: string; user_id: string }): string {
  return `method_changes.methods_encrypted:${user_id}:${id}`;
}
