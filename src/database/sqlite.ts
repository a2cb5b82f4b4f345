import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import type { Database, Db } from './database.ts';
import type { Schema } from './schema.ts';
import { UnavailabilitySignal } from './unavailable.ts';

const busyTimeoutMs = 10_000;
const statementCacheSize = 500;
/** Filled as pages are read; SQLite's own 2 MB is less than one busy table's index. */
const largestCacheKb = 16_000;
/** 16 MB of log before its pages go to their places: a page that many transactions change goes there once. */
const checkpointPages = 4000;
const largestBatch = 32;

const savepoint = CompiledQuery.raw('savepoint job');
const release = CompiledQuery.raw('release job');
const rollback = CompiledQuery.raw('rollback to job');

/**
 * Opens an SQLite file as WAL with `synchronous=FULL`: a resolved transaction has reached the disk.
 * Several processes may open the same file; writers wait for each other up to ten seconds.
 */
export function openSqlite(file: string): Database {
  const connection = new DatabaseSync(file, { timeout: busyTimeoutMs });
  connection.exec('pragma journal_mode = wal');
  connection.exec('pragma synchronous = full');
  connection.exec('pragma foreign_keys = on');
  // What a savepoint would restore is a few pages; they needn't go through a file.
  connection.exec('pragma temp_store = memory');
  connection.exec(`pragma wal_autocheckpoint = ${checkpointPages}`);
  connection.exec(`pragma cache_size = -${largestCacheKb}`);

  const signal = new UnavailabilitySignal(isUnavailable);
  const database = asKyselyDatabase(connection, signal);
  const isInTransaction = () => connection.isTransaction;
  const dialect = new SqliteDialect({ database });
  dialect.createDriver = () => new ImmediateDriver({ database }, isInTransaction);
  const db = new Kysely<Schema>({ dialect });
  const batches = new TransactionBatches(db, isInTransaction);

  return {
    engine: 'sqlite',
    db,
    transaction: (work) => batches.run(work),
    onUnavailable: (listener) => signal.on(listener),
    close: () => db.destroy(),
  };
}

/** Takes the write lock at the start, so that what a transaction read is still true when it writes. */
class ImmediateDriver extends SqliteDriver {
  readonly #isInTransaction: () => boolean;

  constructor(config: SqliteDialectConfig, isInTransaction: () => boolean) {
    super(config);
    this.#isInTransaction = isInTransaction;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite itself rolls back when the disk is full or fails. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction()) await super.rollbackTransaction(connection);
  }
}

interface Job {
  work: (trx: Db) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

/**
 * Lets transactions that wait for the disk at the same time share one commit: those that the requests of
 * one turn of the event loop begin, and those that come while these run. Each runs alone inside a
 * savepoint; one that throws is rolled back without touching its neighbours; callers hear of their result
 * only after the commit that made it durable.
 */
class TransactionBatches {
  readonly #db: Db;
  readonly #isInTransaction: () => boolean;
  readonly #waiting: Job[] = [];
  #isScheduled = false;

  constructor(db: Db, isInTransaction: () => boolean) {
    this.#db = db;
    this.#isInTransaction = isInTransaction;
  }

  run<T>(work: (trx: Db) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as Job['resolve'], reject });
      this.#schedule();
    });
  }

  /** After the requests that are there to be read: begun at once, a transaction would be over before the next came. */
  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    setImmediate(async () => {
      await this.#commitBatch();
      this.#isScheduled = false;
      this.#schedule();
    });
  }

  async #commitBatch(): Promise<void> {
    const taken = [this.#waiting.shift() as Job];
    const settle: (() => void)[] = [];
    try {
      await this.#db.transaction().execute(async (trx) => {
        for (const job of taken) {
          settle.push(await this.#runInSavepoint(trx, job));
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

  /** @throws what ended the whole transaction. */
  async #runInSavepoint(trx: Db, job: Job): Promise<() => void> {
    await trx.executeQuery(savepoint);
    try {
      const value = await job.work(trx);
      await trx.executeQuery(release);
      return () => job.resolve(value);
    } catch (error) {
      if (!this.#isInTransaction()) throw error;
      await trx.executeQuery(rollback);
      await trx.executeQuery(release);
      return () => job.reject(error);
    }
  }
}

/** The subset of a driver that Kysely asks for, over node:sqlite, with prepared statements kept. */
function asKyselyDatabase(connection: DatabaseSync, signal: UnavailabilitySignal) {
  const statements = new Map<string, ReturnType<typeof asKyselyStatement>>();
  return {
    close: () => {
      if (connection.isOpen) connection.close();
    },
    prepare(text: string) {
      let statement = statements.get(text);
      if (!statement) {
        const prepared = inOurWords(signal, () => connection.prepare(text));
        statement = asKyselyStatement(prepared, signal);
        if (statements.size >= statementCacheSize) statements.clear();
        statements.set(text, statement);
      }
      return statement;
    },
  };
}

function asKyselyStatement(statement: StatementSync, signal: UnavailabilitySignal) {
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => inOurWords(signal, () => statement.all(...bindable(parameters))),
    run: (parameters: readonly unknown[]) => inOurWords(signal, () => statement.run(...bindable(parameters))),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...bindable(parameters)),
  };
}

function inOurWords<T>(signal: UnavailabilitySignal, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw signal.translate(error);
  }
}

/** Busy, read-only, input/output error, full, can't open: primary result codes of SQLite. */
const unavailableCodes: ReadonlySet<number> = new Set([5, 8, 10, 13, 14]);
const primaryCodeMask = 0xff;

function isUnavailable(error: unknown): boolean {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' && unavailableCodes.has(errcode & primaryCodeMask);
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
