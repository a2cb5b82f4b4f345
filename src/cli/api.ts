import type { Command } from 'commander';
import type { ResourceServer, ResourceServerDraft } from '../applications/resourceServer.ts';
import {
  createResourceServer,
  deleteResourceServer,
  listResourceServers,
  updateResourceServer,
} from '../applications/resourceServers.ts';
import { toWireResourceServer } from '../applications/wire.ts';
import { withoutUndefined } from '../applications/withoutUndefined.ts';
import { registerGrants } from './apiGrant.ts';
import { findApi, findStoredApi } from './findApi.ts';
import { type CommonOptions, readList, readSeconds, withServerOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

interface ApiOptions extends CommonOptions {
  name?: string;
  scopes?: string[];
  stepUpScopes?: string[];
  signingAlg?: ResourceServer['signingAlg'];
  tokenLifetime?: number;
  allowOfflineAccess?: boolean;
  clientAccess?: ResourceServer['clientAccess'];
}

/** `api create|list|show|update|delete|grant|revoke`: what access tokens are for. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('api').description('APIs that access tokens are for (resource servers)');

  withServerOptions(withApiOptions(group.command('create')))
    .description('add an API')
    .requiredOption('--identifier <text>', 'the audience that applications ask for; never changes')
    .action((options: ApiOptions & { identifier: string }) =>
      withHouse(options, io, async ({ database, clock, settings }, output) => {
        const draft = { ...readChange(options, []), identifier: options.identifier };
        const api = await database.transaction(async (trx) => {
          const created = await createResourceServer(trx, settings.publicUrl, clock, draft);
          await recordOperatorAct(trx, clock, { description: 'Create an API', audience: created.identifier });
          return created;
        });
        output.print(toWireResourceServer(api));
      }),
    );

  withServerOptions(group.command('list'))
    .description('list the APIs')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database, settings }, output) => {
        const apis = (await listResourceServers(database.db, settings.publicUrl)).map(toWireResourceServer);
        const columns = ['id', 'identifier', 'name', 'token_lifetime', 'signing_alg'];
        output.print(apis, formatTable(apis, columns, 'No APIs yet.'));
      }),
    );

  withServerOptions(group.command('show'))
    .description('print an API')
    .argument('<api>', 'its identifier or id')
    .action((name: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, settings }, output) => {
        const api = await findApi(database.db, settings.publicUrl, name);
        output.print(toWireResourceServer(api));
      }),
    );

  withServerOptions(withApiOptions(group.command('update')))
    .description('change an API; what is not named stays')
    .argument('<api>', 'its identifier or id')
    .action((name: string, options: ApiOptions) =>
      withHouse(options, io, async ({ database, clock, settings }, output) => {
        const updated = await database.transaction(async (trx) => {
          const current = await findStoredApi(trx, settings.publicUrl, name);
          const change = readChange(options, current.scopes);
          await recordOperatorAct(trx, clock, { description: 'Update an API', audience: current.identifier });
          return updateResourceServer(trx, settings.publicUrl, clock, current.identifier, change);
        });
        if (updated) output.print(toWireResourceServer(updated));
      }),
    );

  withServerOptions(group.command('delete'))
    .description('delete an API with the client grants for it')
    .argument('<api>', 'its identifier or id')
    .action((name: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock, settings }, output) => {
        const { id, identifier } = await database.transaction(async (trx) => {
          const api = await findStoredApi(trx, settings.publicUrl, name);
          await deleteResourceServer(trx, api.identifier);
          await recordOperatorAct(trx, clock, { description: 'Delete an API', audience: api.identifier });
          return api;
        });
        output.print({ id, identifier, deleted: true });
      }),
    );

  registerGrants(group, io);
};

function withApiOptions(command: Command): Command {
  return command
    .option('--name <text>', 'shown to people who consent (default: the identifier)')
    .option('--scopes <list>', 'what may be asked for, separated by commas', readList)
    .option('--step-up-scopes <list>', 'scopes that need a second factor', readList)
    .option('--signing-alg <algorithm>', 'of access tokens: RS256, PS256, ES256 or EdDSA')
    .option('--token-lifetime <seconds>', 'life of access tokens', readSeconds)
    .option('--allow-offline-access', 'let applications have refresh tokens')
    .option('--no-allow-offline-access', 'let them have none')
    .option('--client-access <policy>', 'client credentials: allow_all or require_client_grant');
}

/** What the options say; a scope that stays keeps its description. */
function readChange(
  options: ApiOptions,
  current: ResourceServer['scopes'],
): Omit<ResourceServerDraft, 'identifier'> {
  const describe = (value: string) =>
    current.find((scope) => scope.value === value) ?? { value, description: '' };
  return withoutUndefined({
    name: options.name,
    scopes: options.scopes?.map(describe),
    stepUpScopes: options.stepUpScopes,
    signingAlg: options.signingAlg,
    tokenLifetimeSeconds: options.tokenLifetime,
    allowOfflineAccess: options.allowOfflineAccess,
    clientAccess: options.clientAccess,
  });
}
