import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import { systemClock } from '../../src/config/clock.ts';
import { type Database, type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';

/** An open database of the test's own, and where it is, for a second connection or another process. */
export interface TestDatabase extends Database {
  target: DatabaseTarget;
}

/** Makes a new database, migrated unless told otherwise, and opens it. Closed and deleted after the suite. */
export type OpenTestDatabase = (options?: { migrated?: boolean }) => Promise<TestDatabase>;

type Engine = Database['engine'];
type Cleanup = () => Promise<void>;

/**
 * Runs the same tests on SQLite and on PostgreSQL, each in a `describe` named after the engine.
 *
 * @example
 * forEachDatabase((engine, open) => {
 *   it('keeps a row', async () => {
 *     const database = await open();
 *   });
 * });
 */
export function forEachDatabase(suite: (engine: Engine, open: OpenTestDatabase) => void): void {
  for (const engine of ['sqlite', 'postgres'] as const) {
    describe(engine, () => {
      suite(engine, databaseOpener(engine));
    });
  }
}

/** For a suite that needs one engine only, or chooses it itself. Call it inside a `describe` or at the top of a test file. */
export function databaseOpener(engine: Engine): OpenTestDatabase {
  const cleanups: Cleanup[] = [];
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });
  return async ({ migrated = true } = {}) => {
    const target = await createTarget(engine, cleanups);
    const database = await openDatabase(target);
    cleanups.push(() => database.close());
    if (migrated) await migrate(database, systemClock);
    return { ...database, target };
  };
}

async function createTarget(engine: Engine, cleanups: Cleanup[]): Promise<DatabaseTarget> {
  return engine === 'sqlite' ? createSqliteFile(cleanups) : createPostgresDatabase(cleanups);
}

function createSqliteFile(cleanups: Cleanup[]): DatabaseTarget {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
  cleanups.push(async () => rmSync(folder, { recursive: true, force: true }));
  return { file: join(folder, 'countersign.db') };
}

async function createPostgresDatabase(cleanups: Cleanup[]): Promise<DatabaseTarget> {
  const name = `countersign_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name}`);
  cleanups.push(() => administer(`drop database if exists ${name} with (force)`));
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return { url: url.href };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
