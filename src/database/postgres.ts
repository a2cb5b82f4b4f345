import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Database, Db } from './database.ts';
import type { Schema } from './schema.ts';
import { UnavailabilitySignal } from './unavailable.ts';

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
  // A connection that breaks is replaced at the next query; without listeners it would end the process. The
  // pool listens to the idle ones only.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const signal = new UnavailabilitySignal(isUnavailable);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: translating(pool, signal) }) });
  return {
    engine: 'postgres',
    db,
    transaction: (work) => runWithRetries(db, work),
    onUnavailable: (listener) => signal.on(listener),
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

/** The pool as Kysely uses it, with our words for what makes the database unavailable. */
function translating(pool: pg.Pool, signal: UnavailabilitySignal): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        // What the server says itself, as of a wrong password or name, is no outage unless it says so.
        throw error instanceof pg.DatabaseError ? signal.translate(error) : signal.report(error);
      });
      const query = (text: string, values: unknown[]) =>
        client.query(text, values).catch((error: unknown) => {
          throw signal.translate(error);
        });
      return {
        query: query as unknown as PostgresPoolClient['query'],
        release: (destroy) => client.release(destroy),
      };
    },
  };
}

/**
 * Connection exception, insufficient resources, operator intervention (it starts, stops or was told to), a
 * standby that takes no writes. PostgreSQL, appendix A.
 */
const unavailableStates = /^(?:08|53|57P|25006)/;
/** The driver's own errors about a connection have no code. */
const unavailableWords = /^(?:Connection terminated|Client has encountered a connection error)/;

function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return unavailableStates.test(error.code ?? '');
  // With a system call it comes from the socket.
  return error instanceof Error && ('syscall' in error || unavailableWords.test(error.message));
}
