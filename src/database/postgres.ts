import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Db } from './database.ts';
import type { Schema } from './schema.ts';

const largestPool = 20;
const connectTimeoutMs = 10_000;
const tries = 10;
/** Those who collided wait a random time that grows with each try, so that they don't collide again. */
const longestPauseMs = 20;
const bigintOid = 20;

/** Opens a pool of connections to PostgreSQL 15 or newer, or a database that speaks its protocol. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: largestPool,
    connectionTimeoutMillis: connectTimeoutMs,
    types: { getTypeParser: parserFor } as pg.CustomTypesConfig,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    engine: 'postgres',
    db,
    transaction: (work) => runWithRetries(db, work),
    close: () => db.destroy(),
  };
}

/** Times are bigints below 2^53, so they are read as numbers, as SQLite gives them. */
function parserFor(oid: number, format?: 'text' | 'binary') {
  return oid === bigintOid ? Number : pg.types.getTypeParser(oid, format as 'text');
}

async function runWithRetries<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === tries || !isConflict(error)) throw error;
      await setTimeout(randomInt(longestPauseMs * attempt));
    }
  }
}

/** Serialisation failure or deadlock: the transaction left nothing behind and may run again. */
function isConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '40001' || code === '40P01';
}
