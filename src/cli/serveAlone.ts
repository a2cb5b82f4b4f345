import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { lockFile } from '../database/lockFile.ts';
import { CommandError } from './commandError.ts';

/**
 * Makes this the only server on its data folder until it lets go or ends. On PostgreSQL any number of
 * servers may run.
 *
 * @returns lets go.
 * @throws CommandError `already_running`.
 */
export function serveAlone({ data, databaseUrl }: Settings): () => void {
  if (databaseUrl !== undefined) return () => {};
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const letGo = lockFile(join(data, 'serve.lock'));
  if (letGo) return letGo;
  throw new CommandError(
    'already_running',
    `A server is running on ${data} already, and SQLite takes one: stop that one, or give this one another folder with --data. Several servers need PostgreSQL (databaseUrl).`,
  );
}
