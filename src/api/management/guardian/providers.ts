import type { Channel } from '../../../delivery/channel.ts';
import { type Fields, fieldFaults, setUpFault } from '../../../delivery/providerFaults.ts';
import { findProvider, openConfig, removeProvider, storeProvider } from '../../../delivery/providerStore.ts';
import type { Asked } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { invalidMember, type Problem } from '../problem.ts';
import { recordCall } from '../recordCall.ts';

/** A delivery provider as it is set: the first one of its channel. */
export interface SetProvider {
  name: string;
  settings: Fields;
  credentials: Fields;
}

/** What becomes of a channel's first provider; `undefined` takes it away, with its credentials. */
export interface ProviderChange {
  channel: Channel;
  provider: SetProvider | undefined;
}

const role = 'primary';

/** What is set for a channel. */
export async function providerOf(
  { database: { db }, vault }: ManagementDependencies,
  channel: Channel,
): Promise<SetProvider | undefined> {
  const stored = await findProvider(db, channel, role);
  return stored && { name: stored.name, ...openConfig(vault, stored) };
}

/** The same where it is the one of this name; with nothing set otherwise. */
export async function namedProvider(
  dependencies: ManagementDependencies,
  channel: Channel,
  name: string,
): Promise<SetProvider> {
  const provider = await providerOf(dependencies, channel);
  return provider?.name === name ? provider : { name, settings: {}, credentials: {} };
}

/** What keeps a provider from being used as it is given; `names` are this API's words for its fields. */
export async function providerProblem(
  { delivery }: ManagementDependencies,
  channel: Channel,
  { name, settings, credentials }: SetProvider,
  names: Readonly<Record<string, string>>,
): Promise<Problem | undefined> {
  const definition = await delivery.findDefinition(channel, name);
  if (!definition) throw new Error(`There is no provider ${name} for ${channel}.`);
  const [fault] = [
    ...(await fieldFaults(definition.settings, settings)),
    ...(await fieldFaults(definition.credentials, credentials)),
  ];
  if (fault) return invalidMember(`Expected: ${withoutStop(fault.expected)}`, names[fault.member] ?? '');
  const unusable = setUpFault(delivery, definition, { settings, credentials });
  return unusable === undefined
    ? undefined
    : invalidMember(`${definition.title} can’t be used like this: ${unusable}`, '');
}

/** Stores providers that were checked and takes others away, at once; logged with the application (S-108). */
export async function changeProviders(
  dependencies: ManagementDependencies,
  asked: Pick<Asked, 'client' | 'context'>,
  changes: readonly ProviderChange[],
): Promise<void> {
  const { database, vault, clock } = dependencies;
  await database.transaction(async (trx) => {
    for (const { channel, provider } of changes) {
      const before = await findProvider(trx, channel, role);
      const name = provider?.name ?? before?.name;
      if (name === undefined) continue;
      if (provider) await storeProvider(trx, vault, clock, { channel, role, ...provider });
      else await removeProvider(trx, channel, role);
      await recordCall(trx, dependencies, asked, {
        description: `${provider ? 'Set' : 'Remove'} a provider`,
        details: { channel, role, provider: name },
      });
    }
  });
}

/** What is given, without what is null or empty. */
export function given(fields: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
