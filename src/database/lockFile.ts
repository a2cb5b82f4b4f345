import { DatabaseSync } from 'node:sqlite';

/** SQLite's code for a lock that somebody else holds. */
const sqliteBusy = 5;

/**
 * Takes the lock on a file, an empty SQLite database that is made where there is none. The system takes it
 * back when the process ends, however it ends, so that no lock is ever stale.
 *
 * @returns gives it back; undefined when another process has it.
 */
export function lockFile(path: string): (() => void) | undefined {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
    return () => lock.close();
  } catch (error) {
    lock.close();
    if ((error as { errcode?: unknown }).errcode === sqliteBusy) return undefined;
    throw error;
  }
}
