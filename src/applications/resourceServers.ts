import type { Clock } from '../config/clock.ts';
import { hexId } from '../crypto/ids.ts';
import { type Db, isUniqueViolation } from '../database/database.ts';
import type { ResourceServersTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import { InvalidApplicationError } from './invalidApplicationError.ts';
import { type ResourceServer, type ResourceServerDraft, systemApis } from './resourceServer.ts';
import { validateResourceServer } from './validateResourceServer.ts';

const byIdentifier = statement((db, { identifier }: { identifier: string }) =>
  db.selectFrom('resource_servers').selectAll().where('identifier', '=', identifier),
);

/** The API with this identifier (`audience`), compared exactly; the built-in ones included. */
export async function findResourceServer(
  db: Db,
  issuer: string,
  identifier: string,
): Promise<ResourceServer | undefined> {
  const builtIn = systemApis(issuer).find((api) => api.identifier === identifier);
  if (builtIn) return builtIn;
  const row = await byIdentifier.first(db, { identifier });
  return row && read(row);
}

/** All APIs: the built-in ones, then the others by age. */
export async function listResourceServers(db: Db, issuer: string): Promise<ResourceServer[]> {
  const rows = await db
    .selectFrom('resource_servers')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return [...systemApis(issuer), ...rows.map(read)];
}

/** @throws InvalidApplicationError when a field is wrong or the identifier is taken. */
export async function createResourceServer(
  db: Db,
  issuer: string,
  clock: Clock,
  draft: ResourceServerDraft,
): Promise<ResourceServer> {
  const api: ResourceServer = {
    name: draft.identifier,
    scopes: [],
    stepUpScopes: [],
    signingAlg: 'RS256',
    tokenLifetimeSeconds: 86_400,
    allowOfflineAccess: false,
    clientAccess: 'allow_all',
    ...draft,
    id: hexId(clock),
    isSystem: false,
  };
  validateResourceServer(api, issuer);
  const now = clock();
  try {
    await db
      .insertInto('resource_servers')
      .values({ ...write(api), id: api.id, identifier: api.identifier, created_at: now, updated_at: now })
      .execute();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new InvalidApplicationError([`identifier: an API "${api.identifier}" exists already`]);
  }
  return api;
}

/**
 * Changes a stored API; its identifier stays. Call it inside a transaction.
 *
 * @returns undefined when no stored API has the identifier (built-in ones can't be changed).
 * @throws InvalidApplicationError
 */
export async function updateResourceServer(
  trx: Db,
  issuer: string,
  clock: Clock,
  identifier: string,
  change: Partial<Omit<ResourceServerDraft, 'identifier'>>,
): Promise<ResourceServer | undefined> {
  const api = await findResourceServer(trx, issuer, identifier);
  if (!api || api.isSystem) return undefined;
  const changed = { ...api, ...change };
  validateResourceServer(changed, issuer);
  await trx
    .updateTable('resource_servers')
    .set({ ...write(changed), updated_at: clock() })
    .where('id', '=', api.id)
    .execute();
  return changed;
}

/** Deletes a stored API and the client grants for it. Call it inside a transaction. */
export async function deleteResourceServer(trx: Db, identifier: string): Promise<boolean> {
  await trx.deleteFrom('client_grants').where('audience', '=', identifier).execute();
  const { numDeletedRows } = await trx
    .deleteFrom('resource_servers')
    .where('identifier', '=', identifier)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

function write({ id: _id, identifier: _identifier, isSystem: _isSystem, ...properties }: ResourceServer) {
  return { properties: JSON.stringify(properties) };
}

function read(row: ResourceServersTable): ResourceServer {
  const properties = JSON.parse(row.properties) as Omit<ResourceServer, 'id' | 'identifier' | 'isSystem'>;
  return { ...properties, id: row.id, identifier: row.identifier, isSystem: false };
}
