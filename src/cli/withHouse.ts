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
import { requireInstallation } from './requireInstallation.ts';
import { readServedAddress } from './servedAddress.ts';

/** The settings a command runs with: its own flags that name a setting, the environment, the file. */
export function settingsOf(
  options: CommonOptions,
  io: CommandIo,
  defaults: Readonly<Record<string, unknown>> = {},
): Promise<Settings> {
  const flags = Object.fromEntries([...settingNames, 'config'].map((name) => [name, options[name]] as const));
  return readSettings({ flags, environment: io.environment, defaults });
}

type Work = (house: House, output: Output) => Promise<void>;

/**
 * Opens storage for the length of `work`. Addresses begin as the last server's did, unless a setting names
 * the public address.
 *
 * @throws CommandError `no_installation` where nothing was prepared, and what `openInstallation` throws.
 */
export async function withHouse(options: CommonOptions, io: CommandIo, work: Work): Promise<void> {
  await requireInstallation(await settingsOf(options, io));
  await withNewHouse(options, io, work);
}

/** The same, and a data folder or database that is new is prepared first. */
export async function withNewHouse(options: CommonOptions, io: CommandIo, work: Work): Promise<void> {
  const house = await openInstallation(await settingsOf(options, io));
  try {
    const publicUrl = await readServedAddress(house.database.db);
    const settings = await settingsOf(options, io, { publicUrl });
    await work({ ...house, settings }, createOutput(io, options.json === true));
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
    if (error instanceof WrongMasterKeyError) throw await explainWrongKey(settings, hadKey);
    throw error;
  }
}

async function explainWrongKey(
  { masterKey, masterKeyCommand, masterKeyFile }: Settings,
  hadKey: boolean,
): Promise<Error> {
  if (masterKey !== undefined) return anotherKey('the setting masterKey');
  if (masterKeyCommand) return anotherKey(`the output of ${masterKeyCommand[0]}`);
  if (!hadKey) {
    // Made a moment ago for a database that turned out to have another one.
    await unlink(masterKeyFile);
    return new CommandError(
      'missing_master_key',
      `The master key file ${masterKeyFile} is missing, and the database was set up with one: restore it from your backup.`,
    );
  }
  const staged = `${masterKeyFile}.new`;
  if (!existsSync(staged)) return anotherKey(`the file ${masterKeyFile}`);
  return new CommandError(
    'wrong_master_key',
    `The master key does not belong to this database. A replacement was interrupted: rename ${staged} to ${masterKeyFile}.`,
  );
}

function anotherKey(source: string): Error {
  return new CommandError(
    'wrong_master_key',
    `The master key does not belong to this database, which was set up with another one than ${source} holds. Give that one, from your backup; a new one can’t open it.`,
  );
}
