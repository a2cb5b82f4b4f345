import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { CompiledQuery, type DatabaseConnection, Kysely, SqliteDialect, SqliteDriver, sql } from 'kysely';
import type { Database, Db } from './database.ts';
import type { Schema } from './schema.ts';

const busyTimeoutMs = 10_000;
const statementCacheSize = 500;
const largestBatch = 32;

/**
 * Opens an SQLite file as WAL with `synchronous=FULL`: a resolved transaction has reached the disk.
 * Several processes may open the same file; writers wait for each other up to ten seconds.
 */
export function openSqlite(file: string): Database {
  const connection = new DatabaseSync(file, { timeout: busyTimeoutMs });
  connection.exec('pragma journal_mode = wal');
  connection.exec('pragma synchronous = full');
  connection.exec('pragma foreign_keys = on');

  const dialect = new SqliteDialect({ database: asKyselyDatabase(connection) });
  dialect.createDriver = () => new ImmediateDriver({ database: asKyselyDatabase(connection) });
  const db = new Kysely<Schema>({ dialect });
  const batches = new TransactionBatches(db);

  return {
    engine: 'sqlite',
    db,
    transaction: (work) => batches.run(work),
    close: () => db.destroy(),
  };
}

/** Takes the write lock at the start, so that what a transaction read is still true when it writes. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

interface Job {
  work: (trx: Db) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

/**
 * Lets transactions that wait for the disk at the same time share one commit. Each runs alone inside
 * a savepoint; one that throws is rolled back without touching its neighbours; callers hear of their
 * result only after the commit that made it durable.
 */
class TransactionBatches {
  readonly #db: Db;
  readonly #waiting: Job[] = [];
  #isRunning = false;

  constructor(db: Db) {
    this.#db = db;
  }

  run<T>(work: (trx: Db) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as Job['resolve'], reject });
      if (!this.#isRunning) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) await this.#commitBatch();
    this.#isRunning = false;
  }

  async #commitBatch(): Promise<void> {
    const taken = [this.#waiting.shift() as Job];
    const settle: (() => void)[] = [];
    try {
      await this.#db.transaction().execute(async (trx) => {
        for (const job of taken) {
          settle.push(await runInSavepoint(trx, job));
          const next = taken.length < largestBatch ? this.#waiting.shift() : undefined;
          if (next) taken.push(next);
        }
      });
    } catch (error) {
      for (const job of taken) job.reject(error);
      return;
    }
    for (const tell of settle) tell();
  }
}

async function runInSavepoint(trx: Db, job: Job): Promise<() => void> {
  await sql`savepoint job`.execute(trx);
  try {
    const value = await job.work(trx);
    await sql`release job`.execute(trx);
    return () => job.resolve(value);
  } catch (error) {
    await sql`rollback to job`.execute(trx);
    await sql`release job`.execute(trx);
    return () => job.reject(error);
  }
}

/** The subset of a driver that Kysely asks for, over node:sqlite, with prepared statements kept. */
function asKyselyDatabase(connection: DatabaseSync) {
  const statements = new Map<string, ReturnType<typeof asKyselyStatement>>();
  return {
    close: () => {
      if (connection.isOpen) connection.close();
    },
    prepare(text: string) {
      let statement = statements.get(text);
      if (!statement) {
        statement = asKyselyStatement(connection.prepare(text));
        if (statements.size >= statementCacheSize) statements.clear();
        statements.set(text, statement);
      }
      return statement;
    },
  };
}

function asKyselyStatement(statement: StatementSync) {
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => statement.all(...bindable(parameters)),
    run: (parameters: readonly unknown[]) => statement.run(...bindable(parameters)),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...bindable(parameters)),
  };
}

/** node:sqlite takes an object as named parameters and silently shifts the rest, so none may pass. */
function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  for (const value of parameters) {
    const type = typeof value;
    if (value === null || type === 'string' || type === 'number' || type === 'bigint') continue;
    throw new TypeError(`A database parameter must be text, a number or null, not ${type}.`);
  }
  return parameters as SQLInputValue[];
}
