import type { ResourceServer } from '../applications/resourceServer.ts';
import { listResourceServers } from '../applications/resourceServers.ts';
import type { Db } from '../database/database.ts';
import { CommandError } from './commandError.ts';

/**
 * The API with this identifier or id, built-in ones included.
 *
 * @throws CommandError when there is none.
 */
export async function findApi(db: Db, issuer: string, name: string): Promise<ResourceServer> {
  const apis = await listResourceServers(db, issuer);
  const api = apis.find(({ identifier }) => identifier === name) ?? apis.find(({ id }) => id === name);
  if (!api) throw new CommandError('not_found', `There is no API ${name}; "api list" shows them.`);
  return api;
}

/** The same, for a change: the built-in ones have none. */
export async function findStoredApi(db: Db, issuer: string, name: string): Promise<ResourceServer> {
  const api = await findApi(db, issuer, name);
  if (api.isSystem)
    throw new CommandError('not_allowed', `The API ${name} is built in and can’t be changed.`);
  return api;
}
