import { type Command, InvalidArgumentError, Option } from 'commander';
import { flagName, settingDefinitions } from '../config/settingDefinitions.ts';
import type { SettingName } from '../config/settings.ts';

/** What every command takes beside its own options. */
export interface CommonOptions extends Record<string, unknown> {
  json?: true;
}

/** The settings that say where everything is kept: every command needs them. */
export const storageSettings: ReadonlySet<SettingName> = new Set(['data', 'databaseUrl', 'masterKeyFile']);

/** Adds `--data`, `--database-url`, `--master-key-file`, `--config` and `--json`. */
export function withCommonOptions(command: Command): Command {
  for (const name of storageSettings) command.addOption(settingOption(name));
  return command
    .option('--config <file>', 'file with settings, YAML or JSON')
    .option('--json', 'answer with one JSON document');
}

/** The same and `--public-url`, for a command that has to do with addresses of the server it runs beside. */
export function withServerOptions(command: Command): Command {
  const publicUrl = settingOption('publicUrl');
  publicUrl.description = 'what addresses begin with (default: as the last server here did)';
  return withCommonOptions(command).addOption(publicUrl);
}

/** The flag of a setting; its value is checked together with those of the other sources. */
export function settingOption(name: SettingName): Option {
  const { effect, standard, expected } = settingDefinitions[name];
  const isSwitch = expected === 'true or false';
  const summary = effect.split(/[.;] /, 1)[0]?.replace(/\.$/, '');
  const text = isSwitch ? `${summary}` : `${summary} (default: ${standard})`;
  return new Option(`${flagName(name)}${isSwitch ? '' : ' <value>'}`, text);
}

/** For an option with several values, separated by commas. */
export function readList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** For an option that counts something. */
export function readCount(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

/** For an option that counts something for one application, or follows the tenant again. */
export function readOwnCount(text: string): number | 'tenant' {
  if (text === 'tenant') return text;
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Expected a whole number, or tenant.');
  return Number(text);
}

/** For an option with several counts, separated by commas. */
export function readCounts(text: string): number[] {
  return readList(text).map(readCount);
}

/** For an option that switches something. */
export function readSwitch(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new InvalidArgumentError('Expected on or off.');
  return text === 'on';
}

/** For an option in whole seconds. */
export function readSeconds(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Expected a whole number of seconds.');
  return Number(text);
}
