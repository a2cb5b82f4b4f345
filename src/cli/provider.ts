import { readBreakers } from '../delivery/breaker.ts';
import { setUpFault } from '../delivery/providerFaults.ts';
import {
  findProvider,
  listProviders,
  openConfig,
  removeProvider,
  type StoredProvider,
  storeProvider,
} from '../delivery/providerStore.ts';
import type { ProviderDefinition } from '../delivery/providers/provider.ts';
import { providerDefinitions } from '../delivery/providers/providers.ts';
import { createProvider } from '../delivery/routes.ts';
import { builtInWebPush, defaultWay } from '../delivery/settingRoutes.ts';
import { listWatchedProviders } from '../delivery/watchedProviders.ts';
import type { House } from '../house.ts';
import { providerSetUp } from '../houseDelivery.ts';
import { CommandError } from './commandError.ts';
import { type Fields, readCredentials, readPairs, withCredentialSources } from './credentialSources.ts';
import {
  type CommonOptions,
  readCount,
  settingOption,
  withCommonOptions,
  withServerOptions,
} from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import {
  channelList,
  channelOf,
  definitionOf,
  type ProviderOptions,
  requireFields,
  roleOf,
  withRole,
} from './providerInput.ts';
import { toWireDefinition, toWireProvider, wireState } from './providerWire.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { outboxText, testOutbox } from './testOutbox.ts';
import { type Tested, testProvider } from './testProvider.ts';
import { withHouse } from './withHouse.ts';

const largestConcurrency = 1000;

/** `provider kinds|list|show|set|remove|test`: who takes text messages, calls, e-mails and pushes to devices. */
export const register: RegisterCommand = (program, io) => {
  const group = program
    .command('provider')
    .description('who takes text messages, calls, e-mails and pushes to devices');

  withCommonOptions(group.command('kinds'))
    .description('list the providers there are, and what each asks for')
    .argument('[channel]', channelList)
    .action((channel: string | undefined, options: CommonOptions) =>
      withHouse(options, io, async (_house, output) => {
        const wanted = channel === undefined ? undefined : channelOf(channel);
        const kinds = providerDefinitions
          .filter((definition) => wanted === undefined || definition.channel === wanted)
          .map(toWireDefinition);
        output.print(kinds, kinds.map(kindText).join('\n\n'));
      }),
    );

  withCommonOptions(group.command('list'))
    .description('list the providers that are set, and whether messages go to them')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const watched = await listWatchedProviders(database.db);
        const providers = watched.map(({ channel, role, name, breaker, concurrency }) => ({
          channel,
          role,
          name,
          ...wireState(breaker, clock()),
          concurrency,
        }));
        const columns = ['channel', 'role', 'name', 'state', 'last_error', 'next_try_at'];
        output.print(providers, formatTable(providers, columns, 'No providers are set.'));
      }),
    );

  withServerOptions(withRole(group.command('show')))
    .description('print a provider’s settings and which credentials it has')
    .argument('<channel>', channelList)
    .action((channel: string, options: ProviderOptions) =>
      withHouse(options, io, async (house, output) => {
        output.print(await describe(house, await findStored(house, channel, options)));
      }),
    );

  withServerOptions(withCredentialSources(withRole(group.command('set'))))
    .description('set a provider, or change it; what is not named stays while it is the same')
    .argument('<channel>', channelList)
    .argument('<name>', 'as "provider kinds" lists it')
    .argument('[settings...]', 'name=value; an empty value takes one away')
    .option(
      '--concurrency <count>',
      'messages it is given at the same time, by each server (default: 10)',
      readCount,
    )
    .action((channel: string, name: string, pairs: string[], options: ProviderOptions) =>
      withHouse(options, io, async (house, output) => {
        const { database, vault, clock } = house;
        const definition = definitionOf(channelOf(channel), name);
        const role = roleOf(options);
        const before = await readBefore(house, definition, options);
        const settings = merge(before.settings, readPairs(definition.settings, pairs));
        const given = await readCredentials(definition.credentials, options, io);
        const credentials = merge(before.credentials, given ?? {});
        await requireFields(definition.settings, settings);
        await requireFields(definition.credentials, credentials);
        requireUsable(house, definition, { settings, credentials });
        const { concurrency } = options;
        if (concurrency === 0 || (concurrency ?? 1) > largestConcurrency) {
          throw new CommandError('invalid_input', `--concurrency: expected 1 to ${largestConcurrency}.`);
        }
        const stored = await database.transaction(async (trx) => {
          const draft = { channel: definition.channel, role, name, settings, credentials, concurrency };
          const details = { channel, role, provider: name };
          await recordOperatorAct(trx, clock, { description: 'Set a provider', details });
          return storeProvider(trx, vault, clock, draft);
        });
        output.print(await describe(house, stored));
      }),
    );

  withCommonOptions(withRole(group.command('remove')))
    .description('take a provider out of use and forget its credentials')
    .argument('<channel>', channelList)
    .action((channel: string, options: ProviderOptions) =>
      withHouse(options, io, async (house, output) => {
        const { database, clock } = house;
        const { channel: of, role, name } = await findStored(house, channel, options);
        await database.transaction(async (trx) => {
          await removeProvider(trx, of, role);
          const details = { channel, role, provider: name };
          await recordOperatorAct(trx, clock, { description: 'Remove a provider', details });
        });
        output.print({ channel, role, name, removed: true });
      }),
    );

  withServerOptions(withRole(group.command('test')))
    .description(
      'ask a provider whether it lets us in, or have it send a test message; in development without one, the outbox',
    )
    .argument('<channel>', channelList)
    .option(
      '--to <recipient>',
      'number in E.164, e-mail address or push address of a device to send a test message to',
    )
    .addOption(settingOption('outboundAllow'))
    .addOption(settingOption('dev'))
    .action((channel: string, options: ProviderOptions) =>
      withHouse(options, io, async (house, output) => {
        const tested = await findTested(house, channel, options);
        if (tested) output.print(await testProvider(house, tested, options.to));
        else {
          const left = await testOutbox(house, channelOf(channel), options.to);
          output.print(left, outboxText(left));
        }
      }),
    );
};

function kindText({
  channel,
  name,
  title,
  settings,
  credentials,
}: ReturnType<typeof toWireDefinition>): string {
  const lines = (fields: typeof settings) =>
    fields.map((field) => `    ${field.name}${field.required ? '' : ' (optional)'}: ${field.description}`);
  return [
    `${channel} ${name}: ${title}`,
    ...(settings.length > 0 ? ['  settings', ...lines(settings)] : []),
    ...(credentials.length > 0 ? ['  credentials', ...lines(credentials)] : []),
  ].join('\n');
}

/** The stored provider, else what stands in for it; undefined for the outbox of development. */
async function findTested(
  house: House,
  channel: string,
  options: ProviderOptions,
): Promise<Tested | undefined> {
  const of = channelOf(channel);
  const { settings, database } = house;
  const isSet = (await listProviders(database.db, of)).length > 0;
  const way = isSet || options.secondary ? undefined : defaultWay(settings, of);
  if (way === 'outbox') return undefined;
  const setUp = providerSetUp(database.db, house);
  if (way === 'push services') {
    const open = () => builtInWebPush(setUp.tools);
    return { channel: of, role: 'built-in', name: 'webpush', open };
  }
  const stored = await findStored(house, channel, options);
  return { ...stored, open: () => createProvider(setUp, stored) };
}

async function findStored(house: House, channel: string, options: ProviderOptions): Promise<StoredProvider> {
  const role = roleOf(options);
  const stored = await findProvider(house.database.db, channelOf(channel), role);
  if (stored) return stored;
  throw new CommandError('not_found', `No ${role} provider is set for ${channel}.`);
}

async function describe({ database, vault, clock, settings }: House, stored: StoredProvider) {
  const breakers = await readBreakers(database.db, [stored.id]);
  const { credentials } = openConfig(vault, stored);
  const at = { publicUrl: settings.publicUrl, now: clock() };
  return toWireProvider(stored, credentials, breakers.get(stored.id), at);
}

/** What stays where it isn't named: only of the same provider in the same role. */
async function readBefore(
  { database, vault }: House,
  { channel, name }: ProviderDefinition,
  options: ProviderOptions,
): Promise<{ settings: Fields; credentials: Fields }> {
  const stored = await findProvider(database.db, channel, roleOf(options));
  return stored?.name === name ? openConfig(vault, stored) : { settings: {}, credentials: {} };
}

function merge(before: Fields, change: Fields): Fields {
  return Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined),
  );
}

/** @throws CommandError when the provider can't be used like this. */
function requireUsable(
  house: House,
  definition: ProviderDefinition,
  config: { settings: Fields; credentials: Fields },
): void {
  const fault = setUpFault(providerSetUp(house.database.db, house), definition, config);
  if (fault === undefined) return;
  throw new CommandError('invalid_input', `${definition.title} can’t be used like this: ${fault}.`);
}
