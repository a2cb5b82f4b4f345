import { type Insertable, sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { newClientId } from '../crypto/ids.ts';
import { randomString } from '../crypto/random.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { ClientsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import { accountClientId } from './accountClientId.ts';
import { type Client, type ClientDraft, completeDraft } from './client.ts';
import { InvalidApplicationError } from './invalidApplicationError.ts';
import { validateClient } from './validateClient.ts';

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const secretLength = 64;
/** Nothing else is looked up: ids come out of strangers' tokens, and PostgreSQL takes no null character. */
const clientIdForm = /^[\x21-\x7e]{1,128}$/;

/** The application as it is now; every request reads it anew (S-38). */
export async function findClient(db: Db, clientId: string): Promise<Client | undefined> {
  const row = await findRow(db, clientId);
  return row && readClient(row);
}

/** All applications, oldest first. */
export async function listClients(db: Db): Promise<Client[]> {
  const rows = await db
    .selectFrom('clients')
    .selectAll()
    .orderBy('created_at')
    .orderBy('client_id')
    .execute();
  return rows.map(readClient);
}

/**
 * Stores a new application with a random id and secret. Public applications get a secret too, which
 * counts once their authentication method asks for one.
 *
 * @throws InvalidApplicationError
 */
export async function createClient(
  db: Db,
  vault: Vault,
  clock: Clock,
  draft: ClientDraft,
): Promise<{ client: Client; clientSecret: string }> {
  const client = completeDraft(draft, newClientId(), clock());
  await validateClient(client);
  const clientSecret = newClientSecret();
  await db
    .insertInto('clients')
    .values(newRow(client, vault, clientSecret))
    .execute();
  return { client, clientSecret };
}

/**
 * Stores an application under an id of its own choice, unless there is one with that id; safe to race.
 *
 * @throws InvalidApplicationError
 */
export async function createClientOnce(
  db: Db,
  vault: Vault,
  clock: Clock,
  clientId: string,
  draft: ClientDraft,
): Promise<void> {
  const client = completeDraft(draft, clientId, clock());
  await validateClient(client);
  await db
    .insertInto('clients')
    .values(newRow(client, vault, newClientSecret()))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Changes an application; call it inside a transaction so that two changes don't undo each other.
 *
 * @returns the changed application, undefined when there is none.
 * @throws InvalidApplicationError
 */
export async function updateClient(
  trx: Db,
  clock: Clock,
  clientId: string,
  change: Partial<ClientDraft>,
): Promise<Client | undefined> {
  const client = await findClient(trx, clientId);
  if (!client) return undefined;
  const changed = { ...client, ...change, updatedAt: clock() };
  await validateClient(changed);
  await trx.updateTable('clients').set(write(changed)).where('client_id', '=', clientId).execute();
  return changed;
}

/** Replaces the secret; the old one is refused from the next request on. Undefined when there is no such application. */
export async function rotateClientSecret(
  db: Db,
  vault: Vault,
  clock: Clock,
  clientId: string,
): Promise<string | undefined> {
  const clientSecret = newClientSecret();
  const { numUpdatedRows } = await db
    .updateTable('clients')
    .set({ client_secret_encrypted: vault.encrypt(clientSecret, contextOf(clientId)), updated_at: clock() })
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? clientSecret : undefined;
}

/** The secret in clear, for those who compare it or are entitled to see it (S-80). */
export async function readClientSecret(db: Db, vault: Vault, clientId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('clients')
    .select('client_secret_encrypted')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.client_secret_encrypted
    ? vault.decrypt(row.client_secret_encrypted, contextOf(clientId))
    : undefined;
}

/** An application together with its secret, in one statement. */
export async function findClientWithSecret(
  db: Db,
  vault: Vault,
  clientId: string,
): Promise<{ client: Client; clientSecret: string | undefined } | undefined> {
  const row = await findRow(db, clientId);
  if (!row) return undefined;
  const sealed = row.client_secret_encrypted;
  return {
    client: readClient(row),
    clientSecret: sealed === null ? undefined : vault.decrypt(sealed, contextOf(clientId)),
  };
}

/**
 * Deletes an application and what it was granted. Its tokens go with it; access tokens that APIs verify by
 * themselves live until they expire. Call it inside a transaction.
 *
 * @returns whether there was one.
 * @throws InvalidApplicationError when it is part of this server.
 */
export async function deleteClient(trx: Db, clientId: string): Promise<boolean> {
  if (clientId === accountClientId) {
    throw new InvalidApplicationError([
      `"${clientId}" is the account page of this server; it can't be deleted`,
    ]);
  }
  const { numDeletedRows } = await trx
    .deleteFrom('clients')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (numDeletedRows !== 1n) return false;
  await trx.deleteFrom('client_grants').where('client_id', '=', clientId).execute();
  await deleteTokens(trx, clientId);
  return true;
}

/** Of what oidc-provider keeps, that which belongs to one application. */
const modelsOfClients = ['AccessToken', 'AuthorizationCode', 'Grant', 'RefreshToken'];

/** Which application a record belongs to stands in its payload only: reading them all is for rare acts. */
async function deleteTokens(trx: Db, clientId: string): Promise<void> {
  const member = `"clientId":${JSON.stringify(clientId)}`;
  await trx
    .deleteFrom('oidc_records')
    .where('model', 'in', modelsOfClients)
    // Unlike `like`, the same on both engines: exact in case, and without characters of special meaning.
    .where(sql<boolean>`replace(payload, ${member}, '') <> payload`)
    .execute();
}

const byId = statement((db, { clientId }: { clientId: string }) =>
  db.selectFrom('clients').selectAll().where('client_id', '=', clientId),
);

/** Begins with a letter or digit: a program would take what begins with a hyphen for an option. */
function newClientSecret(): string {
  return randomString(lettersAndDigits, 1) + randomString(`${lettersAndDigits}_-`, secretLength - 1);
}

async function findRow(db: Db, clientId: string): Promise<ClientsTable | undefined> {
  if (!clientIdForm.test(clientId)) return undefined;
  return byId.first(db, { clientId });
}

function newRow(client: Client, vault: Vault, clientSecret: string): Insertable<ClientsTable> {
  const { clientId, createdAt } = client;
  return {
    ...write(client),
    client_id: clientId,
    client_secret_encrypted: vault.encrypt(clientSecret, contextOf(clientId)),
    created_at: createdAt,
  };
}

function write({ clientId: _id, name, createdAt: _created, updatedAt, ...properties }: Client) {
  return { name, properties: JSON.stringify(properties), updated_at: updatedAt };
}

/** Reads a row; the secret stays behind. */
export function readClient(row: ClientsTable): Client {
  return {
    ...(JSON.parse(row.properties) as Omit<Client, 'clientId' | 'name' | 'createdAt' | 'updatedAt'>),
    clientId: row.client_id,
    name: row.name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function contextOf(clientId: string): string {
  return `clients.client_secret_encrypted:${clientId}`;
}
