import type { ClientDraft } from '../applications/client.ts';
import {
  createClient,
  deleteClient,
  findClient,
  findClientWithSecret,
  listClients,
  rotateClientSecret,
  updateClient,
} from '../applications/clients.ts';
import { toWireClient } from '../applications/wire.ts';
import { type ClientOptions, readClientOptions, withClientOptions } from './clientOptions.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

/** `client create|list|show|update|delete`: the applications that may ask for tokens. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('client').description('applications that may ask for tokens');

  withCommonOptions(withClientOptions(group.command('create')))
    .description('add an application and print it with its secret')
    .requiredOption('--name <text>', 'shown to people who sign in')
    .action((options: ClientOptions & { name: string }) =>
      withHouse(options, io, async ({ database, vault, clock }, output) => {
        const draft: ClientDraft = { ...readClientOptions(options), name: options.name };
        const { client, clientSecret } = await database.transaction(async (trx) => {
          const created = await createClient(trx, vault, clock, draft);
          const { clientId } = created.client;
          await recordOperatorAct(trx, clock, { description: 'Create a client', clientId });
          return created;
        });
        output.print(toWireClient(client, clientSecret));
      }),
    );

  withCommonOptions(group.command('list'))
    .description('list the applications')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const clients = (await listClients(database.db)).map((client) => toWireClient(client));
        const columns = ['client_id', 'name', 'app_type', 'token_endpoint_auth_method'];
        output.print(clients, formatTable(clients, columns, 'No applications yet.'));
      }),
    );

  withCommonOptions(group.command('show'))
    .description('print an application with its secret')
    .argument('<client-id>')
    .action((clientId: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, vault }, output) => {
        const found = await findClientWithSecret(database.db, vault, clientId);
        if (!found) throw noSuchClient(clientId);
        output.print(toWireClient(found.client, found.clientSecret));
      }),
    );

  withCommonOptions(withClientOptions(group.command('update')))
    .description('change an application; what is not named stays')
    .argument('<client-id>')
    .option('--name <text>', 'shown to people who sign in')
    .option('--rotate-secret', 'replace the secret; the old one is refused at once')
    .action((clientId: string, options: ClientOptions) =>
      withHouse(options, io, async ({ database, vault, clock }, output) => {
        const updated = await database.transaction(async (trx) => {
          const current = await findClient(trx, clientId);
          const client =
            current && (await updateClient(trx, clock, clientId, readClientOptions(options, current)));
          if (!client) return undefined;
          const secret = options.rotateSecret && (await rotateClientSecret(trx, vault, clock, clientId));
          await recordOperatorAct(trx, clock, { description: 'Update a client', clientId });
          return toWireClient(client, secret);
        });
        if (!updated) throw noSuchClient(clientId);
        output.print(updated);
      }),
    );

  withCommonOptions(group.command('delete'))
    .description('delete an application with what it was granted')
    .argument('<client-id>')
    .action((clientId: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const isDeleted = await database.transaction(async (trx) => {
          if (!(await deleteClient(trx, clientId))) return false;
          await recordOperatorAct(trx, clock, { description: 'Delete a client', clientId });
          return true;
        });
        if (!isDeleted) throw noSuchClient(clientId);
        output.print({ client_id: clientId, deleted: true });
      }),
    );
};

function noSuchClient(clientId: string): CommandError {
  return new CommandError('not_found', `There is no application ${clientId}; "client list" shows them.`);
}
