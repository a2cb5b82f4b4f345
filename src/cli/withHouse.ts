import { existsSync } from 'node:fs';
import { mkdir, unlink } from 'node:fs/promises';
import { readSettings } from '../config/readSettings.ts';
import { settingNames } from '../config/settingDefinitions.ts';
import type { Settings } from '../config/settings.ts';
import { WrongMasterKeyError } from '../crypto/vault.ts';
import { type House, openHouse } from '../house.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import type { CommonOptions } from './options.ts';
import { createOutput, type Output } from './output.ts';

/** The settings a command runs with: its own flags that name a setting, the environment, the file. */
export function settingsOf(options: CommonOptions, io: CommandIo): Promise<Settings> {
  const flags = Object.fromEntries([...settingNames, 'config'].map((name) => [name, options[name]] as const));
  return readSettings({ flags, environment: io.environment });
}

/** Opens storage for the length of `work`. A data folder or database that is new is initialised. */
export async function withHouse(
  options: CommonOptions,
  io: CommandIo,
  work: (house: House, output: Output) => Promise<void>,
): Promise<void> {
  const house = await openInstallation(await settingsOf(options, io));
  try {
    await work(house, createOutput(io, options.json === true));
  } finally {
    await house.close();
  }
}

/**
 * Opens storage; its folder is made first, for its owner only.
 *
 * @throws CommandError when the master key is lost or waits under another name, and what `openHouse` throws.
 */
export async function openInstallation(settings: Settings): Promise<House> {
  await mkdir(settings.data, { recursive: true, mode: 0o700 });
  const hadKey = existsSync(settings.masterKeyFile);
  try {
    return await openHouse(settings);
  } catch (error) {
    if (error instanceof WrongMasterKeyError) throw await explainWrongKey(error, settings, hadKey);
    throw error;
  }
}

async function explainWrongKey(
  error: WrongMasterKeyError,
  { masterKey, masterKeyCommand, masterKeyFile }: Settings,
  hadKey: boolean,
): Promise<Error> {
  if (masterKey !== undefined || masterKeyCommand) return error;
  if (!hadKey) {
    // Made a moment ago for a database that turned out to have another one.
    await unlink(masterKeyFile);
    return new CommandError(
      'missing_master_key',
      `The master key file ${masterKeyFile} is missing, and the database was set up with one: restore it from your backup.`,
    );
  }
  const staged = `${masterKeyFile}.new`;
  if (!existsSync(staged)) return error;
  return new CommandError(
    'wrong_master_key',
    `${error.message} A replacement was interrupted: rename ${staged} to ${masterKeyFile}.`,
  );
}
