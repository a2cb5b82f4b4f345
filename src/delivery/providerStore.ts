import type { Selectable } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { newId } from '../crypto/ids.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { DeliveryProvidersTable } from '../database/schema.ts';
import { forgetBreaker } from './breaker.ts';
import type { Channel } from './channel.ts';
import type { ProviderConfig } from './providers/provider.ts';

/** Messages go to the primary; to the secondary while the primary fails. */
export type ProviderRole = DeliveryProvidersTable['role'];

/** A provider as an operator set it up; what is secret stays sealed. */
export interface StoredProvider {
  id: string;
  channel: Channel;
  role: ProviderRole;
  /** Of its definition, as in `twilio`. */
  name: string;
  settings: Record<string, unknown>;
  credentialsEncrypted: string;
  /** Messages that one node hands over at the same time. */
  concurrency: number;
  /** Goes up with every change. */
  revision: number;
  /** Epoch milliseconds. */
  updatedAt: number;
}

/** What is to be stored, validated by the caller. */
export interface ProviderDraft {
  channel: Channel;
  role: ProviderRole;
  name: string;
  settings: Record<string, unknown>;
  credentials: Record<string, unknown>;
  concurrency?: number | undefined;
}

/** Enough for a few hundred messages a second at usual answer times. */
export const defaultConcurrency = 10;

/** All stored providers, or those of a channel; the primary first. */
export async function listProviders(db: Db, channel?: Channel): Promise<StoredProvider[]> {
  let query = db.selectFrom('delivery_providers').selectAll().orderBy('channel').orderBy('role');
  if (channel !== undefined) query = query.where('channel', '=', channel);
  return (await query.execute()).map(toProvider);
}

export async function findProvider(
  db: Db,
  channel: Channel,
  role: ProviderRole,
): Promise<StoredProvider | undefined> {
  return (await listProviders(db, channel)).find((provider) => provider.role === role);
}

export async function findProviderById(db: Db, id: string): Promise<StoredProvider | undefined> {
  const row = await db.selectFrom('delivery_providers').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toProvider(row);
}

/**
 * Stores a provider in the place of whatever had its role; of the same name it keeps its id, so that receipts
 * for messages under way still find it. Nodes use it for the next message. Its breaker begins anew.
 */
export async function storeProvider(
  trx: Db,
  vault: Vault,
  clock: Clock,
  draft: ProviderDraft,
): Promise<StoredProvider> {
  const { channel, role, name } = draft;
  const before = await findProvider(trx, channel, role);
  const isSame = before?.name === name;
  if (before && !isSame) await removeProvider(trx, channel, role);
  const now = clock();
  const id = isSame ? before.id : newId('prv', clock);
  const values = {
    settings: JSON.stringify(draft.settings),
    credentials_encrypted: vault.encrypt(JSON.stringify(draft.credentials), credentialsContext(id)),
    concurrency: draft.concurrency ?? (isSame ? before.concurrency : defaultConcurrency),
    updated_at: now,
  };
  if (isSame) await forgetBreaker(trx, id);
  const row = await trx
    .insertInto('delivery_providers')
    .values({ id, channel, role, name, ...values, revision: 1, created_at: now })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((e) => ({ ...values, revision: e('delivery_providers.revision', '+', 1) })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return toProvider(row);
}

/** Takes a provider out of use and forgets its credentials. Tells whether there was one. */
export async function removeProvider(trx: Db, channel: Channel, role: ProviderRole): Promise<boolean> {
  const removed = await trx
    .deleteFrom('delivery_providers')
    .where('channel', '=', channel)
    .where('role', '=', role)
    .returning('id')
    .executeTakeFirst();
  if (removed) await forgetBreaker(trx, removed.id);
  return removed !== undefined;
}

/** What the definition's `create` takes. @throws when the credentials were altered or moved (S-103). */
export function openConfig(
  vault: Vault,
  provider: StoredProvider,
): ProviderConfig<Record<string, unknown>, Record<string, unknown>> {
  const { id, settings, credentialsEncrypted } = provider;
  return { settings, credentials: JSON.parse(vault.decrypt(credentialsEncrypted, credentialsContext(id))) };
}

function credentialsContext(id: string): string {
  return `delivery_providers.credentials_encrypted:${id}`;
}

function toProvider(row: Selectable<DeliveryProvidersTable>): StoredProvider {
  return {
    id: row.id,
    channel: row.channel,
    role: row.role,
    name: row.name,
    settings: JSON.parse(row.settings) as Record<string, unknown>,
    credentialsEncrypted: row.credentials_encrypted,
    concurrency: row.concurrency,
    revision: row.revision,
    updatedAt: row.updated_at,
  };
}
