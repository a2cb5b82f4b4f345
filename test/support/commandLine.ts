import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect } from 'vitest';
import type { CommandIo } from '../../src/cli/commandIo.ts';
import { type Database, openDatabase } from '../../src/database/database.ts';
import type { OpenTestDatabase, TestDatabase } from './databases.ts';

interface Result {
  exitCode: number;
  stdout: string;
  stderr: string;
}

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever document a command printed
export type Document = any;

/** A data folder and database of the suite's own that commands work on. Call it inside `forEachDatabase`. */
export interface CommandLine {
  readonly folder: string;
  run(words: string[], input?: string): Promise<Result>;
  /** Runs a command that must succeed and gives its one JSON document. */
  json(...words: string[]): Promise<Document>;
  /** Runs a command that must fail and gives the error it told. */
  failure(...words: string[]): Promise<{ error: string; message: string }>;
  /** Opens the database that the commands work on for the length of `work`. */
  withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T>;
  /** The tenant log’s management operations, newest first. */
  acts(): Promise<Document[]>;
}

/**
 * Prepared by `init`. On SQLite the database of `--data` itself; on PostgreSQL the data folder only holds the master key.
 *
 * @param runCommandLine is handed in: the commands don't compile with the browser's types this folder has.
 */
export function commandLine(
  runCommandLine: (words: readonly string[], io: CommandIo) => Promise<number>,
  engine: Database['engine'],
  open: OpenTestDatabase,
): CommandLine {
  let folder: string;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'));
    database = await open({ migrated: false });
    expect((await run(['init'])).exitCode).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run: CommandLine['run'] = async (words, input = '') => {
    const out: string[] = [];
    const err: string[] = [];
    const environment = 'url' in database.target ? { COUNTERSIGN_DATABASE_URL: database.target.url } : {};
    const exitCode = await runCommandLine([...words, '--data', folder], {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      input: Readable.from([input]),
      environment,
    });
    return { exitCode, stdout: out.join('\n'), stderr: err.join('\n') };
  };

  const withDatabase: CommandLine['withDatabase'] = async (work) => {
    const target = engine === 'sqlite' ? { file: join(folder, 'countersign.db') } : database.target;
    const opened = await openDatabase(target);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  };

  return {
    get folder() {
      return folder;
    },
    run,
    async json(...words) {
      const { exitCode, stdout, stderr } = await run([...words, '--json']);
      expect(stderr).toBe('');
      expect(exitCode).toBe(0);
      return JSON.parse(stdout);
    },
    async failure(...words) {
      const { exitCode, stdout, stderr } = await run([...words, '--json']);
      expect(exitCode).toBe(1);
      expect(stdout).toBe('');
      return JSON.parse(stderr);
    },
    withDatabase,
    acts: () =>
      withDatabase(async ({ db }) => {
        const acts = db.selectFrom('logs').selectAll().where('type', '=', 'sapi');
        const rows = await acts.orderBy('log_id', 'desc').execute();
        return rows.map((row) => ({ ...row, details: JSON.parse(row.details) }));
      }),
  };
}
