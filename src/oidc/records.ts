import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import { type Db, isUniqueViolation } from '../database/database.ts';

/** A record of oidc-provider's: what it knows of a code, a token, a session, an interaction. */
export interface StoredRecord {
  idHash: string;
  payload: Record<string, unknown>;
  grantId: string | undefined;
  /** Epoch milliseconds. */
  consumedAt: number | undefined;
}

/**
 * A conditional write found its condition gone: the record was used, replaced or ended by another
 * request (S-70, S-71, S-37).
 */
export class RecordConflict extends Error {
  readonly model: string;
  /** The grant whose tokens must die with a code or refresh token that was used twice. */
  readonly grantId: string | undefined;

  constructor(model: string, grantId?: string) {
    super(`The ${model} is no longer what it was when the request began.`);
    this.name = 'RecordConflict';
    this.model = model;
    this.grantId = grantId;
  }
}

/** Storage of those records. The id of a token is the token, so only its keyed hash is kept. */
export class RecordStore {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    this.#vault = vault;
    this.#clock = clock;
  }

  hash(model: string, id: string): string {
    return this.#vault.hash(id, `oidc:${model}`);
  }

  async find(db: Db, model: string, id: string): Promise<StoredRecord | undefined> {
    return this.findByHash(db, model, this.hash(model, id));
  }

  async findByHash(db: Db, model: string, idHash: string): Promise<StoredRecord | undefined> {
    const row = await db
      .selectFrom('oidc_records')
      .select(['id_hash', 'payload', 'grant_id', 'consumed_at'])
      .where('model', '=', model)
      .where('id_hash', '=', idHash)
      .executeTakeFirst();
    return row && read(row);
  }

  async findByUid(db: Db, model: string, uid: string): Promise<StoredRecord | undefined> {
    const row = await db
      .selectFrom('oidc_records')
      .select(['id_hash', 'payload', 'grant_id', 'consumed_at'])
      .where('model', '=', model)
      .where('uid', '=', uid)
      .executeTakeFirst();
    return row && read(row);
  }

  /**
   * Stores a record under a new id, or in place of the one with this id.
   *
   * @throws RecordConflict when another record has its `uid`: the session was given another id meanwhile (S-76).
   */
  async put(db: Db, model: string, id: string, payload: Record<string, unknown>): Promise<void> {
    const row = this.#row(model, id, payload);
    const { model: _model, id_hash: _id, consumed_at: _consumed, ...changed } = row;
    const query = db
      .insertInto('oidc_records')
      .values(row)
      .onConflict((conflict) => conflict.columns(['model', 'id_hash']).doUpdateSet(changed));
    await asConflict(model, query.execute());
  }

  /** @throws RecordConflict when there is a record with this id. */
  async insert(db: Db, model: string, id: string, payload: Record<string, unknown>): Promise<void> {
    const query = db.insertInto('oidc_records').values(this.#row(model, id, payload));
    await asConflict(model, query.execute());
  }

  /** Changes a record that is there and unused; of two racing callers one may be told no. */
  async change(db: Db, model: string, idHash: string, payload: Record<string, unknown>): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('oidc_records')
      .set({ payload: write(payload), expires_at: expiryOf(payload) })
      .where('model', '=', model)
      .where('id_hash', '=', idHash)
      .where('consumed_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Changes a record that is there, used or not. */
  async amend(db: Db, model: string, idHash: string, payload: Record<string, unknown>): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('oidc_records')
      .set({ payload: write(payload) })
      .where('model', '=', model)
      .where('id_hash', '=', idHash)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Marks a record as used. False when it was used before, or is gone. */
  async consume(db: Db, model: string, idHash: string): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('oidc_records')
      .set({ consumed_at: this.#clock() })
      .where('model', '=', model)
      .where('id_hash', '=', idHash)
      .where('consumed_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Whether there was something to remove. */
  async remove(db: Db, model: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await db
      .deleteFrom('oidc_records')
      .where('model', '=', model)
      .where('id_hash', '=', this.hash(model, id))
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }

  /** Ends what was granted at one sign-in to one application: the grant and every code and token under it. */
  async revokeGrant(db: Db, grantId: string): Promise<void> {
    await db.deleteFrom('oidc_records').where('grant_id', '=', grantId).execute();
    await this.remove(db, 'Grant', grantId);
  }

  #row(model: string, id: string, payload: Record<string, unknown>) {
    return {
      model,
      id_hash: this.hash(model, id),
      payload: write(payload),
      uid: text(payload.uid),
      user_code: null,
      grant_id: text(payload.grantId),
      account_id: text(payload.accountId),
      consumed_at: null,
      expires_at: expiryOf(payload),
    };
  }
}

async function asConflict(model: string, insertion: Promise<unknown>): Promise<void> {
  try {
    await insertion;
  } catch (error) {
    if (isUniqueViolation(error)) throw new RecordConflict(model);
    throw error;
  }
}

function read(row: {
  id_hash: string;
  payload: string;
  grant_id: string | null;
  consumed_at: number | null;
}): StoredRecord {
  return {
    idHash: row.id_hash,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    grantId: row.grant_id ?? undefined,
    consumedAt: row.consumed_at ?? undefined,
  };
}

/** Without the id: for tokens it is the token itself. */
function write({ jti: _jti, ...payload }: Record<string, unknown>): string {
  return JSON.stringify(payload);
}

function expiryOf({ exp }: Record<string, unknown>): number | null {
  return typeof exp === 'number' ? exp * 1000 : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
