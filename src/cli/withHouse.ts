import { mkdir } from 'node:fs/promises';
import { readSettings } from '../config/readSettings.ts';
import { settingNames } from '../config/settingDefinitions.ts';
import type { Settings } from '../config/settings.ts';
import { type House, openHouse } from '../house.ts';
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

/** Opens storage; its folder is made first, for its owner only. */
export async function openInstallation(settings: Settings): Promise<House> {
  await mkdir(settings.data, { recursive: true, mode: 0o700 });
  return openHouse(settings);
}
