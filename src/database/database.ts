import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite.ts';
import type { DatabaseUnavailableError } from './unavailable.ts';

/** The typed query layer; a transaction handle is one too. */
export type Db = Kysely<Schema>;

/**
 * One SQL database. The two engines behave alike; nothing outside this folder knows which one runs. While it
 * can't be reached or can't work, everything throws `DatabaseUnavailableError`.
 */
export interface Database {
  readonly engine: 'sqlite' | 'postgres';
  /** For single statements, each its own transaction. */
  readonly db: Db;
  /**
   * Runs `work` in one transaction and resolves once it is durable. Await nothing but the database
   * inside: on SQLite every other statement waits meanwhile. A thrown error rolls back, so a refusal
   * whose counter must survive is returned instead (S-16). On PostgreSQL `work` may run again after a
   * serialisation failure.
   */
  transaction<T>(work: (trx: Db) => Promise<T>): Promise<T>;
  /** Calls `listener` with each such error, from whatever was asked. */
  onUnavailable(listener: (error: DatabaseUnavailableError) => void): void;
  close(): Promise<void>;
}

/** An SQLite file (`:memory:` for a private one) or a PostgreSQL connection string. */
export type DatabaseTarget = { file: string } | { url: string };

/** Opens the database; it is not migrated yet. */
export async function openDatabase(target: DatabaseTarget): Promise<Database> {
  if ('file' in target) return openSqlite(target.file);
  // A server with an embedded database has no use for the driver.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(target.url);
}

const sqliteConstraintUnique = 2067;
const sqliteConstraintPrimaryKey = 1555;
const postgresUniqueViolation = '23505';

/** Whether an insert or update failed because the value exists already, on either database. */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  return (
    errcode === sqliteConstraintUnique ||
    errcode === sqliteConstraintPrimaryKey ||
    code === postgresUniqueViolation
  );
}
