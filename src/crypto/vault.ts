import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Clock } from '../config/clock.ts';
import { type Database, type Db, isUniqueViolation } from '../database/database.ts';
import { newId } from './ids.ts';
import type { MasterKey } from './masterKey.ts';
import { seal, unseal } from './seal.ts';

/** Seals what must come back, and hashes what must only be recognised. */
export interface Vault {
  /** `context` names the place, as `table.column:rowId`; the same one opens it. */
  encrypt(plaintext: string, context: string): string;
  /** @throws when the text was altered or belongs elsewhere. */
  decrypt(ciphertext: string, context: string): string;
  /** Keyed hash (HMAC-SHA-256, base64url) of a token, ticket or code; `purpose` separates the kinds. */
  hash(value: string, purpose: string): string;
}

/** The master key doesn't open this database. */
export class WrongMasterKeyError extends Error {
  constructor() {
    super('The master key does not belong to this database: no data key opens with it.');
    this.name = 'WrongMasterKeyError';
  }
}

const dataKeyBytes = 32;

/**
 * Opens the vault with the data keys in the database, creating them the first time. The master key
 * only wraps data keys, so replacing it re-wraps a few rows and leaves all else as it is.
 *
 * @throws WrongMasterKeyError
 */
export async function openVault(database: Database, masterKey: MasterKey, clock: Clock): Promise<Vault> {
  await ensureDataKeys(database, masterKey, clock);
  const vault = await readVault(database.db, masterKey);
  if (!vault) throw new WrongMasterKeyError();
  return vault;
}

/**
 * The same without creating anything.
 *
 * @returns undefined where there are no data keys yet.
 * @throws WrongMasterKeyError
 */
export async function readVault(db: Db, masterKey: MasterKey): Promise<Vault | undefined> {
  const rows = await db.selectFrom('data_keys').selectAll().orderBy('created_at').execute();
  const encryption = new Map<string, KeyObject>();
  let current: { id: string; key: KeyObject } | undefined;
  let hashing: KeyObject | undefined;
  for (const { id, purpose, wrapped } of rows) {
    const key = unwrap(masterKey, wrapped, id);
    if (purpose === 'hash') hashing = key;
    else {
      encryption.set(id, key);
      current = { id, key };
    }
  }
  if (!current || !hashing) return undefined;
  return new KeyedVault(encryption, current, hashing);
}

/**
 * Wraps every data key with `next` instead of `previous`, in one transaction.
 *
 * @param record logs who did it, in that transaction (S-108).
 */
export async function rewrapDataKeys(
  database: Database,
  previous: MasterKey,
  next: MasterKey,
  record?: (trx: Db) => Promise<void>,
): Promise<number> {
  return database.transaction(async (trx) => {
    const rows = await trx.selectFrom('data_keys').selectAll().execute();
    for (const { id, wrapped } of rows) {
      const rewrapped = wrap(next, unwrap(previous, wrapped, id), id);
      await trx.updateTable('data_keys').set({ wrapped: rewrapped }).where('id', '=', id).execute();
    }
    await record?.(trx);
    return rows.length;
  });
}

class KeyedVault implements Vault {
  readonly #encryption: ReadonlyMap<string, KeyObject>;
  readonly #current: { id: string; key: KeyObject };
  readonly #hashing: KeyObject;

  constructor(
    encryption: ReadonlyMap<string, KeyObject>,
    current: { id: string; key: KeyObject },
    hashing: KeyObject,
  ) {
    this.#encryption = encryption;
    this.#current = current;
    this.#hashing = hashing;
  }

  encrypt(plaintext: string, context: string): string {
    return `${this.#current.id}.${seal(this.#current.key, plaintext, context)}`;
  }

  decrypt(ciphertext: string, context: string): string {
    const dot = ciphertext.indexOf('.');
    const key = this.#encryption.get(ciphertext.slice(0, dot));
    if (!key) throw new Error('Sealed with a data key that this database does not hold.');
    return unseal(key, ciphertext.slice(dot + 1), context);
  }

  hash(value: string, purpose: string): string {
    return createHmac('sha256', this.#hashing).update(`${purpose}\0${value}`).digest('base64url');
  }
}

async function ensureDataKeys(database: Database, masterKey: MasterKey, clock: Clock): Promise<void> {
  try {
    await database.transaction(async (trx) => {
      const existing = await trx.selectFrom('data_keys').select('id').executeTakeFirst();
      if (existing) return;
      await insertDataKey(trx, masterKey, clock, 'encryption');
      await insertDataKey(trx, masterKey, clock, 'hash');
    });
  } catch (error) {
    // The hash key's id is fixed, so of two processes that start at once one fails here and uses the other's keys.
    if (!isUniqueViolation(error)) throw error;
  }
}

async function insertDataKey(
  trx: Db,
  masterKey: MasterKey,
  clock: Clock,
  purpose: 'encryption' | 'hash',
): Promise<void> {
  const id = purpose === 'hash' ? 'hash' : newId('key', clock);
  const key = createSecretKey(randomBytes(dataKeyBytes));
  await trx
    .insertInto('data_keys')
    .values({ id, purpose, wrapped: wrap(masterKey, key, id), created_at: clock() })
    .execute();
}

function wrap(masterKey: MasterKey, key: KeyObject, id: string): string {
  return seal(createSecretKey(masterKey), key.export().toString('base64'), `data_keys.wrapped:${id}`);
}

function unwrap(masterKey: MasterKey, wrapped: string, id: string): KeyObject {
  try {
    const exported = unseal(createSecretKey(masterKey), wrapped, `data_keys.wrapped:${id}`);
    return createSecretKey(Buffer.from(exported, 'base64'));
  } catch {
    throw new WrongMasterKeyError();
  }
}
