import type { Selectable } from 'kysely';
import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import { type Db, isUniqueViolation } from '../database/database.ts';
import type { OidcRecordsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';

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

/** What a browser's request said is sealed: its `id_token_hint` is a token, and a dump must hold none (S-105). */
const sealedModels: ReadonlySet<string> = new Set(['Interaction', 'PushedAuthorizationRequest']);

type Key = { model: string; idHash: string };

const byHash = statement((db, { model, idHash }: Key) =>
  db
    .selectFrom('oidc_records')
    .select(['id_hash', 'payload', 'grant_id', 'consumed_at'])
    .where('model', '=', model)
    .where('id_hash', '=', idHash),
);

const insertRow = statement((db, row: Selectable<OidcRecordsTable>) =>
  db.insertInto('oidc_records').values(row),
);

const putRow = statement((db, row: Selectable<OidcRecordsTable>) => {
  const { model: _model, id_hash: _id, consumed_at: _consumed, ...changed } = row;
  return db
    .insertInto('oidc_records')
    .values(row)
    .onConflict((conflict) => conflict.columns(['model', 'id_hash']).doUpdateSet(changed));
});

const consumeUnused = statement((db, { model, idHash, now }: Key & { now: number }) =>
  db
    .updateTable('oidc_records')
    .set({ consumed_at: now })
    .where('model', '=', model)
    .where('id_hash', '=', idHash)
    .where('consumed_at', 'is', null),
);

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
    const row = await byHash.first(db, { model, idHash });
    return row && this.#read(model, row);
  }

  async findByUid(db: Db, model: string, uid: string): Promise<StoredRecord | undefined> {
    const row = await db
      .selectFrom('oidc_records')
      .select(['id_hash', 'payload', 'grant_id', 'consumed_at'])
      .where('model', '=', model)
      .where('uid', '=', uid)
      .executeTakeFirst();
    return row && this.#read(model, row);
  }

  /**
   * Stores a record under a new id, or in place of the one with this id.
   *
   * @throws RecordConflict when another record has its `uid`: the session was given another id meanwhile (S-76).
   */
  async put(db: Db, model: string, id: string, payload: Record<string, unknown>): Promise<void> {
    await asConflict(model, putRow.run(db, this.#row(model, id, payload)));
  }

  /** @throws RecordConflict when there is a record with this id. */
  async insert(db: Db, model: string, id: string, payload: Record<string, unknown>): Promise<void> {
    await asConflict(model, insertRow.run(db, this.#row(model, id, payload)));
  }

  /** Changes a record that is there and unused; of two racing callers one may be told no. */
  async change(db: Db, model: string, idHash: string, payload: Record<string, unknown>): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('oidc_records')
      .set({ payload: this.#write(model, idHash, payload), expires_at: expiryOf(payload) })
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
      .set({ payload: this.#write(model, idHash, payload) })
      .where('model', '=', model)
      .where('id_hash', '=', idHash)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Marks a record as used. False when it was used before, or is gone. */
  async consume(db: Db, model: string, idHash: string): Promise<boolean> {
    return (await consumeUnused.run(db, { model, idHash, now: this.#clock() })) === 1;
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

  /**
   * Whoever removes something that a grant gave takes the grant first and others wait there, since they could
   * lock its rows crosswise. Nothing changes; it is held to the end of the transaction.
   */
  async takeGrant(db: Db, grantId: string): Promise<void> {
    await db
      .updateTable('oidc_records')
      .set((row) => ({ expires_at: row.ref('expires_at') }))
      .where('model', '=', 'Grant')
      .where('id_hash', '=', this.hash('Grant', grantId))
      .execute();
  }

  /** Ends what was granted at one sign-in to one application: the grant and every code and token under it. */
  async revokeGrant(db: Db, grantId: string): Promise<void> {
    await this.takeGrant(db, grantId);
    await db.deleteFrom('oidc_records').where('grant_id', '=', grantId).execute();
  }

  #row(model: string, id: string, payload: Record<string, unknown>) {
    const idHash = this.hash(model, id);
    return {
      model,
      id_hash: idHash,
      payload: this.#write(model, idHash, payload),
      uid: text(payload.uid),
      user_code: null,
      grant_id: text(payload.grantId),
      account_id: text(payload.accountId),
      consumed_at: null,
      expires_at: expiryOf(payload),
    };
  }

  /** Without the id: for tokens it is the token itself. */
  #write(model: string, idHash: string, { jti: _jti, ...payload }: Record<string, unknown>): string {
    const text = JSON.stringify(payload);
    return sealedModels.has(model) ? this.#vault.encrypt(text, contextOf(idHash)) : text;
  }

  #read(model: string, row: Row): StoredRecord {
    const { id_hash: idHash } = row;
    const text = sealedModels.has(model) ? this.#vault.decrypt(row.payload, contextOf(idHash)) : row.payload;
    return {
      idHash,
      payload: JSON.parse(text) as Record<string, unknown>,
      grantId: row.grant_id ?? undefined,
      consumedAt: row.consumed_at ?? undefined,
    };
  }
}

type Row = Pick<Selectable<OidcRecordsTable>, 'id_hash' | 'payload' | 'grant_id' | 'consumed_at'>;

function contextOf(idHash: string): string {
  return `oidc_records.payload:${idHash}`;
}

async function asConflict(model: string, insertion: Promise<unknown>): Promise<void> {
  try {
    await insertion;
  } catch (error) {
    if (isUniqueViolation(error)) throw new RecordConflict(model);
    throw error;
  }
}

function expiryOf({ exp }: Record<string, unknown>): number | null {
  return typeof exp === 'number' ? exp * 1000 : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
