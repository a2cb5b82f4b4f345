import type { Command } from 'commander';
import {
  createClientGrant,
  deleteClientGrant,
  findClientGrant,
  listClientGrants,
  updateClientGrant,
} from '../applications/clientGrants.ts';
import { findClient } from '../applications/clients.ts';
import { toWireClientGrant } from '../applications/wire.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { findApi } from './findApi.ts';
import { type CommonOptions, readList, withCommonOptions, withServerOptions } from './options.ts';
import { formatTable } from './output.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

/** Adds `api grant`, `api revoke` and `api grants`: which application may use an API by itself, without a user. */
export function registerGrants(group: Command, io: CommandIo): void {
  withServerOptions(group.command('grant'))
    .description('let an application use an API by client credentials; replaces an earlier grant')
    .argument('<client-id>')
    .argument('<api>', 'its identifier or id')
    .option('--scopes <list>', 'what it may ask for (default: all scopes of the API)', readList)
    .action((clientId: string, name: string, options: CommonOptions & { scopes?: string[] }) =>
      withHouse(options, io, async ({ database, clock, settings }, output) => {
        const grant = await database.transaction(async (trx) => {
          if (!(await findClient(trx, clientId))) throw noSuchClient(clientId);
          const api = await findApi(trx, settings.publicUrl, name);
          const scope = options.scopes ?? api.scopes.map(({ value }) => value);
          const current = await findClientGrant(trx, clientId, api.identifier);
          if (current) await updateClientGrant(trx, current.id, api, scope);
          const granted = current
            ? { ...current, scope }
            : await createClientGrant(trx, clock, clientId, api, scope);
          const act = { description: 'Grant an API to a client', clientId, audience: api.identifier };
          await recordOperatorAct(trx, clock, { ...act, details: { scope } });
          return granted;
        });
        output.print(toWireClientGrant(grant));
      }),
    );

  withServerOptions(group.command('revoke'))
    .description('take that back')
    .argument('<client-id>')
    .argument('<api>', 'its identifier or id')
    .action((clientId: string, name: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock, settings }, output) => {
        const grant = await database.transaction(async (trx) => {
          const api = await findApi(trx, settings.publicUrl, name);
          const current = await findClientGrant(trx, clientId, api.identifier);
          if (!current)
            throw new CommandError('not_found', `${clientId} has no grant for ${api.identifier}.`);
          await deleteClientGrant(trx, current.id);
          const act = { description: 'Revoke an API from a client', clientId, audience: api.identifier };
          await recordOperatorAct(trx, clock, act);
          return current;
        });
        output.print({ id: grant.id, client_id: clientId, audience: grant.audience, deleted: true });
      }),
    );

  withCommonOptions(group.command('grants'))
    .description('list which application may use which API by itself')
    .option('--client <client-id>', 'of one application only')
    .action((options: CommonOptions & { client?: string }) =>
      withHouse(options, io, async ({ database }, output) => {
        const grants = (await listClientGrants(database.db, options.client)).map(toWireClientGrant);
        output.print(
          grants,
          formatTable(grants, ['client_id', 'audience', 'scope'], 'No client grants yet.'),
        );
      }),
    );
}

function noSuchClient(clientId: string): CommandError {
  return new CommandError('not_found', `There is no application ${clientId}; "client list" shows them.`);
}
