import type { Clock } from '../config/clock.ts';
import { newClientGrantId } from '../crypto/ids.ts';
import { type Db, isUniqueViolation } from '../database/database.ts';
import type { ClientGrantsTable } from '../database/schema.ts';
import type { Client } from './client.ts';
import { InvalidApplicationError } from './invalidApplicationError.ts';
import type { ResourceServer } from './resourceServer.ts';

/** Lets one application use client credentials at one API, with these scopes. */
export interface ClientGrant {
  /** `cgr_` and 16 letters and digits. */
  id: string;
  clientId: string;
  audience: string;
  scope: string[];
  createdAt: number;
}

export async function findClientGrant(
  db: Db,
  clientId: string,
  audience: string,
): Promise<ClientGrant | undefined> {
  const row = await db
    .selectFrom('client_grants')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('audience', '=', audience)
    .executeTakeFirst();
  return row && read(row);
}

/** Client grants, oldest first, of one application or of all. */
export async function listClientGrants(db: Db, clientId?: string): Promise<ClientGrant[]> {
  const all = db.selectFrom('client_grants').selectAll().orderBy('created_at').orderBy('id');
  const rows = await (clientId === undefined ? all : all.where('client_id', '=', clientId)).execute();
  return rows.map(read);
}

/** @throws InvalidApplicationError when the API lacks a scope or the application has a grant for it already. */
export async function createClientGrant(
  db: Db,
  clock: Clock,
  clientId: string,
  api: ResourceServer,
  scope: string[],
): Promise<ClientGrant> {
  requireScopes(api, scope);
  const grant = { id: newClientGrantId(), clientId, audience: api.identifier, scope, createdAt: clock() };
  try {
    await db
      .insertInto('client_grants')
      .values({
        id: grant.id,
        client_id: clientId,
        audience: grant.audience,
        scope: JSON.stringify(scope),
        created_at: grant.createdAt,
      })
      .execute();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new InvalidApplicationError([`the application has a client grant for "${api.identifier}" already`]);
  }
  return grant;
}

/**
 * Replaces the scopes of a grant.
 *
 * @returns whether the grant exists.
 * @throws InvalidApplicationError
 */
export async function updateClientGrant(
  db: Db,
  id: string,
  api: ResourceServer,
  scope: string[],
): Promise<boolean> {
  requireScopes(api, scope);
  const { numUpdatedRows } = await db
    .updateTable('client_grants')
    .set({ scope: JSON.stringify(scope) })
    .where('id', '=', id)
    .where('audience', '=', api.identifier)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deleteClientGrant(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('client_grants').where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}

/**
 * The scopes an application may have at an API by itself, without a user; undefined when it may not use
 * the API at all. Without a client grant, only a first-party application at an API that allows all.
 */
export async function scopesOfClient(
  db: Db,
  client: Client,
  api: ResourceServer,
): Promise<string[] | undefined> {
  const grant = await findClientGrant(db, client.clientId, api.identifier);
  const defined = api.scopes.map((scope) => scope.value);
  if (grant) return defined.filter((scope) => grant.scope.includes(scope));
  return api.clientAccess === 'allow_all' && client.isFirstParty ? defined : undefined;
}

function requireScopes(api: ResourceServer, scope: readonly string[]): void {
  const defined = new Set(api.scopes.map((known) => known.value));
  const missing = scope.filter((value) => !defined.has(value));
  if (missing.length > 0) {
    throw new InvalidApplicationError(
      missing.map((value) => `scope: "${value}" is not a scope of "${api.identifier}"`),
    );
  }
}

function read(row: ClientGrantsTable): ClientGrant {
  return {
    id: row.id,
    clientId: row.client_id,
    audience: row.audience,
    scope: JSON.parse(row.scope) as string[],
    createdAt: row.created_at,
  };
}
