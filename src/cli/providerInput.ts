import type { Command } from 'commander';
import type { TObject } from 'typebox';
import { wireName } from '../config/wireName.ts';
import { type Channel, channels } from '../delivery/channel.ts';
import { type Fields, fieldFaults } from '../delivery/providerFaults.ts';
import type { ProviderRole } from '../delivery/providerStore.ts';
import type { ProviderDefinition } from '../delivery/providers/provider.ts';
import { findProviderDefinition, providerDefinitions } from '../delivery/providers/providers.ts';
import { CommandError } from './commandError.ts';
import type { CredentialSources } from './credentialSources.ts';
import type { CommonOptions } from './options.ts';

/** Which provider a command is about, and where its credentials come from. */
export interface ProviderOptions extends CommonOptions, CredentialSources {
  secondary?: true;
  concurrency?: number;
  to?: string;
}

/** Adds `--secondary`. */
export function withRole(command: Command): Command {
  return command.option('--secondary', 'the one that takes over, not the primary');
}

/** Every channel, as a description of an argument names them. */
export const channelList: string = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(channels);

export function roleOf({ secondary }: ProviderOptions): ProviderRole {
  return secondary ? 'secondary' : 'primary';
}

/** @throws CommandError */
export function channelOf(word: string): Channel {
  const channel = channels.find((known) => known === word);
  if (channel) return channel;
  throw new CommandError('invalid_input', `"${word}" is no channel: expected ${channelList}.`);
}

/** @throws CommandError that names those there are. */
export function definitionOf(channel: Channel, name: string): ProviderDefinition {
  const found = findProviderDefinition(channel, name);
  if (found) return found;
  const known = providerDefinitions.filter((other) => other.channel === channel).map((other) => other.name);
  throw new CommandError(
    'not_found',
    `There is no provider ${name} for ${channel}. There is: ${known.join(', ')}.`,
  );
}

/** Every fault of the values at once, by field and what was expected; values are not repeated. @throws CommandError */
export async function requireFields(schema: TObject, fields: Fields): Promise<void> {
  const faults = await fieldFaults(schema, fields);
  if (faults.length === 0) return;
  const told = faults.map(({ member, expected }) => `${wireName(member)}: ${expected}`);
  throw new CommandError('invalid_input', told.join(' '));
}
