import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { type DatabaseTarget, type Db, isUniqueViolation, openDatabase } from './database.ts';
import { currentVersion, migrate, NewerDatabaseError, readVersion } from './migrate.ts';
import { prune } from './prune.ts';

const insert = (db: Db, id: string) =>
  db.insertInto('data_keys').values({ id, purpose: 'hash', wrapped: 'x', created_at: 1 }).execute();
const ids = async (db: Db) =>
  (await db.selectFrom('data_keys').select('id').orderBy('id').execute()).map((row) => row.id);

const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);

async function migrateInProcess(target: DatabaseTarget): Promise<void> {
  const script = `
    const { openDatabase } = await import(${here('database.ts')});
    const { migrate } = await import(${here('migrate.ts')});
    const database = await openDatabase(${JSON.stringify(target)});
    await migrate(database, Date.now);
    await database.close();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
}

forEachDatabase((engine, open) => {
  describe('transactions', () => {
    it('roll back what threw and keep what waited beside it', async () => {
      const database = await open();
      const settled = await Promise.allSettled([
        database.transaction((trx) => insert(trx, 'a')),
        database.transaction(async (trx) => {
          await insert(trx, 'b');
          throw new Error('changed my mind');
        }),
        database.transaction((trx) => insert(trx, 'c')),
      ]);
      expect(settled.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await ids(database.db)).toEqual(['a', 'c']);
    });

    it('of two that insert one key, one is told of the violation', async () => {
      const database = await open();
      const settled = await Promise.allSettled([
        database.transaction((trx) => insert(trx, 'a')),
        database.transaction((trx) => insert(trx, 'a')),
      ]);
      const failed = settled.filter((result) => result.status === 'rejected');
      expect(failed).toHaveLength(1);
      expect(isUniqueViolation(failed[0]?.reason)).toBe(true);
      expect(isUniqueViolation(new Error('another'))).toBe(false);
    });

    it('resolve only when another connection sees their work', async () => {
      const database = await open();
      const other = await openDatabase(database.target);
      await Promise.all(
        Array.from({ length: 40 }, async (_, i) => {
          await database.transaction((trx) => insert(trx, `key-${i}`));
          expect(await ids(other.db)).toContain(`key-${i}`);
        }),
      );
      await other.close();
    });

    it('that requests of one turn of the event loop begin share a commit on SQLite', async () => {
      if (engine !== 'sqlite') return;
      const database = await open();
      const other = await openDatabase(database.target);
      const seenElsewhere: string[][] = [];
      const insertAndLook = async (trx: Db, id: string) => {
        await insert(trx, id);
        seenElsewhere.push(await ids(other.db));
      };
      // Two timers that are due at once are two turns for promises, and one of the event loop.
      const begin = (id: string) =>
        new Promise((resolve) => {
          setTimeout(() => resolve(database.transaction((trx) => insertAndLook(trx, id))), 0);
        });
      await Promise.all([begin('a'), begin('b')]);
      expect(seenElsewhere).toEqual([[], []]);
      expect(await ids(other.db)).toEqual(['a', 'b']);
      await other.close();
    });

    it('that cannot begin fail, and later ones run', async () => {
      if (engine !== 'sqlite') return;
      const database = await open();
      const holder = await openDatabase(database.target);
      await sql`pragma busy_timeout = 1`.execute(database.db);
      await sql`begin immediate`.execute(holder.db);
      await expect(database.transaction((trx) => insert(trx, 'a'))).rejects.toThrow(/locked/);
      await sql`commit`.execute(holder.db);
      await database.transaction((trx) => insert(trx, 'b'));
      expect(await ids(database.db)).toEqual(['b']);
      await holder.close();
    });

    it('read times as numbers and refuse what is no scalar', async () => {
      const { db } = await open();
      await insert(db, 'a');
      const row = await db.selectFrom('data_keys').select('created_at').executeTakeFirst();
      expect(row?.created_at).toBe(1);
      if (engine === 'sqlite') {
        const query = sql`select ${new Date() as unknown as string} as value`.execute(db);
        await expect(query).rejects.toThrow('must be text, a number or null');
      }
    });
  });

  describe('migrations', () => {
    it('run once when several processes start together', async () => {
      const database = await open({ migrated: false });
      await Promise.all(Array.from({ length: 3 }, () => migrateInProcess(database.target)));
      expect(await readVersion(database.db)).toBe(currentVersion);
    });

    it('refuse a database of a newer release, and say what to do', async () => {
      const database = await open();
      await sql`update schema_version set version = ${currentVersion + 1}`.execute(database.db);
      await expect(migrate(database, Date.now)).rejects.toThrow(NewerDatabaseError);
      await expect(migrate(database, Date.now)).rejects.toThrow(/newer release/);
    });
  });

  it('pruning deletes what has expired and nothing else', async () => {
    const { db } = await open();
    const now = 1_000_000_000_000;
    const record = (id: string, expires: number) => ({
      model: 'Session',
      id_hash: id,
      payload: '{}',
      uid: null,
      user_code: null,
      grant_id: null,
      account_id: null,
      consumed_at: null,
      expires_at: expires,
    });
    await db
      .insertInto('oidc_records')
      .values([record('old', now - 1), record('new', now + 1)])
      .execute();
    await prune(db, () => now);
    const left = await db.selectFrom('oidc_records').select('id_hash').execute();
    expect(left).toEqual([{ id_hash: 'new' }]);
  });
});
