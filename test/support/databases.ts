import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import { systemClock } from '../../src/config/clock.ts';
import { type Database, type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a PostgreSQL server on which tests may create databases (globalSetup.ts). */
    postgresUrl: string;
  }
}

/** An open database of the test's own, and where it is, for a second connection or another process. */
export interface TestDatabase extends Database {
  target: DatabaseTarget;
}

/** Makes a new database, migrated unless told otherwise, and opens it. Closed and deleted after the suite. */
export type OpenTestDatabase = (options?: { migrated?: boolean }) => Promise<TestDatabase>;

type Engine = Database['engine'];

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

/**
 * For a suite that needs one engine only, or chooses it itself. Call it inside a `describe` or at the top of
 * a test file.
 */
export function databaseOpener(engine: Engine): OpenTestDatabase {
  const create = engine === 'sqlite' ? sqliteCreator() : postgresCreator();
  const opened: Database[] = [];
  afterAll(async () => {
    await Promise.all(opened.map((database) => database.close()));
  });
  return async ({ migrated = true } = {}) => {
    const target = await create();
    const database = await openDatabase(target);
    opened.push(database);
    if (migrated) await migrate(database, systemClock);
    return { ...database, target };
  };
}

/** Makes empty SQLite files, deleted after the suite. */
function sqliteCreator(): () => Promise<{ file: string }> {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
    folders.push(folder);
    return { file: join(folder, 'countersign.db') };
  };
}

/** Makes empty PostgreSQL databases, dropped after the suite even if somebody is still connected. */
export function postgresCreator(): () => Promise<{ url: string }> {
  const names: string[] = [];
  afterAll(async () => {
    for (const name of names) await administer(`drop database if exists ${name} with (force)`);
  });
  return async () => {
    const name = `countersign_${randomBytes(8).toString('hex')}`;
    await administer(`create database ${name}`);
    names.push(name);
    const url = new URL(inject('postgresUrl'));
    url.pathname = `/${name}`;
    return { url: url.href };
  };
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
