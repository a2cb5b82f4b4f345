import { stat } from 'node:fs/promises';
import { databaseTarget, type Settings } from '../config/settings.ts';
import { openDatabase } from '../database/database.ts';
import { readVersion } from '../database/migrate.ts';
import { CommandError } from './commandError.ts';

/**
 * Lets a command go on only where `init` or `serve` was before: a mistyped path mustn't become another,
 * empty installation. Nothing is changed.
 *
 * @throws CommandError `no_installation`, and the system's own error when the place can't be looked at.
 */
export async function requireInstallation(settings: Settings): Promise<void> {
  const target = databaseTarget(settings);
  if ('file' in target && !(await exists(target.file))) throw noInstallation(settings);
  const database = await openDatabase(target);
  try {
    if ((await readVersion(database.db)) === 0) throw noInstallation(settings);
  } finally {
    await database.close();
  }
}

/** Whether there is a file; that it can't be told is an error. */
export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function noInstallation({ data, databaseUrl }: Settings): CommandError {
  const place = databaseUrl === undefined ? data : `the database ${nameOf(databaseUrl)}`;
  const setting = databaseUrl === undefined ? '--data' : 'databaseUrl';
  return new CommandError(
    'no_installation',
    `There is no installation in ${place}. Check ${setting}, or make one with "countersign init" or by starting the server.`,
  );
}

/** Without the password. */
function nameOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
