import type { Adapter, AdapterPayload } from 'oidc-provider';
import { findClient, findClientWithSecret } from '../applications/clients.ts';
import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db } from '../database/database.ts';
import { clientMetadata } from './clientMetadata.ts';
import { RecordConflict, type RecordStore, type StoredRecord } from './records.ts';
import { write } from './unitOfWork.ts';

export interface AdapterParts {
  database: Database;
  vault: Vault;
  clock: Clock;
  records: RecordStore;
}

/** oidc-provider's storage, by the name of its model. */
export function createAdapter(parts: AdapterParts, model: string): Adapter {
  return model === 'Client' ? new ClientAdapter(parts) : new RecordAdapter(parts, model);
}

/**
 * Everything but clients. oidc-provider reads a record, judges it, and uses it up later; in between
 * another request may have done the same. So using up is a conditional write that throws when it
 * changed nothing (S-70, S-71, S-37).
 */
class RecordAdapter implements Adapter {
  readonly #parts: AdapterParts;
  readonly #model: string;

  constructor(parts: AdapterParts, model: string) {
    this.#parts = parts;
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    const { records } = this.#parts;
    const stored = storable(this.#model, payload);
    const isSingleUse = this.#model === 'ReplayDetection';
    await this.#write((trx) =>
      isSingleUse ? records.insert(trx, this.#model, id, stored) : records.put(trx, this.#model, id, stored),
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const record = await this.#parts.records.find(this.#parts.database.db, this.#model, id);
    return record && this.#present(record, id);
  }

  /** Only sessions and interactions are looked up so; neither needs its id from here. */
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const record = await this.#parts.records.findByUid(this.#parts.database.db, this.#model, uid);
    return record && (record.payload as AdapterPayload);
  }

  /** The device flow is not offered. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    const { records } = this.#parts;
    const idHash = records.hash(this.#model, id);
    await this.#write(async (trx) => {
      if (await records.consume(trx, this.#model, idHash)) return;
      const record = await records.findByHash(trx, this.#model, idHash);
      if (record && (await this.#isInLeeway(trx, record))) return;
      throw new RecordConflict(this.#model, record?.grantId);
    });
  }

  async destroy(id: string): Promise<void> {
    const { records } = this.#parts;
    await this.#write(async (trx) => {
      const record = await records.findByHash(trx, this.#model, records.hash(this.#model, id));
      if (record?.grantId !== undefined) await records.takeGrant(trx, record.grantId);
      const removed = await records.remove(trx, this.#model, id);
      if (!removed && this.#model === 'Interaction') throw new RecordConflict(this.#model);
    });
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#write(async (trx) => {
      await this.#parts.records.takeGrant(trx, grantId);
      await trx
        .deleteFrom('oidc_records')
        .where('model', '=', this.#model)
        .where('grant_id', '=', grantId)
        .execute();
    });
  }

  async #present({ payload, ...record }: StoredRecord, id: string): Promise<AdapterPayload> {
    const isConsumed =
      record.consumedAt !== undefined &&
      !(await this.#isInLeeway(this.#parts.database.db, { payload, ...record }));
    return {
      ...payload,
      jti: id,
      ...(isConsumed ? { consumed: Math.floor((record.consumedAt ?? 0) / 1000) } : {}),
    };
  }

  /** Whether a rotated refresh token still works, as its application's leeway allows. */
  async #isInLeeway(db: Db, { payload, consumedAt }: StoredRecord): Promise<boolean> {
    if (this.#model !== 'RefreshToken' || consumedAt === undefined) return false;
    const client = await findClient(db, String(payload.clientId));
    const leeway = client?.refreshToken.leewaySeconds ?? 0;
    return this.#parts.clock() < consumedAt + leeway * 1000;
  }

  #write(change: (trx: Db) => Promise<void>): Promise<void> {
    return write(this.#parts.database, change);
  }
}

/** Applications are written by their own store and read anew at every request (S-38). */
class ClientAdapter implements Adapter {
  readonly #parts: AdapterParts;

  constructor(parts: AdapterParts) {
    this.#parts = parts;
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await findClientWithSecret(this.#parts.database.db, this.#parts.vault, id);
    return found && clientMetadata(found.client, found.clientSecret);
  }

  async findByUid(): Promise<undefined> {
    return undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  upsert(): Promise<void> {
    return refuseToWrite();
  }

  consume(): Promise<void> {
    return refuseToWrite();
  }

  destroy(): Promise<void> {
    return refuseToWrite();
  }

  revokeByGrantId(): Promise<void> {
    return refuseToWrite();
  }
}

async function refuseToWrite(): Promise<never> {
  throw new Error('oidc-provider does not write applications.');
}

/**
 * What is kept of a record. An interaction's copy of the session cookie and a refresh token's nonce are
 * left out: the first is a bearer secret, the second must not appear in refreshed ID tokens, which some
 * SDKs refuse (OpenID Connect Core section 12.2). Interactions carry the user, so that blocking ends them.
 */
function storable(model: string, payload: AdapterPayload): Record<string, unknown> {
  if (model === 'RefreshToken') {
    const { nonce: _nonce, ...rest } = payload;
    return rest;
  }
  if (model !== 'Interaction' || !payload.session) return { ...payload };
  const { cookie: _cookie, ...session } = payload.session;
  return { ...payload, session, accountId: session.accountId };
}
