import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseOpener } from '../../test/support/databases.ts';
import { type Db, openDatabase } from './database.ts';
import { DatabaseUnavailableError } from './unavailable.ts';
import { watchOutages } from './watchOutages.ts';

const insert = (db: Db, id: string, wrapped = 'x') =>
  db.insertInto('data_keys').values({ id, purpose: 'hash', wrapped, created_at: 1 }).execute();
const ids = async (db: Db) => (await db.selectFrom('data_keys').select('id').execute()).map((row) => row.id);

describe('sqlite', () => {
  const open = databaseOpener('sqlite');

  it('a full disk ends a batch of transactions as a whole, and says so', async () => {
    const database = await open();
    await sql`pragma max_page_count = 1`.execute(database.db);
    const settled = await Promise.allSettled([
      database.transaction((trx) => insert(trx, 'small')),
      database.transaction((trx) => insert(trx, 'large', 'x'.repeat(100_000))),
    ]);
    for (const result of settled) {
      if (result.status === 'fulfilled') continue;
      expect(result.reason).toBeInstanceOf(DatabaseUnavailableError);
      expect(result.reason.message).toMatch(/full/);
    }
    expect(settled[1]?.status).toBe('rejected');
    expect(await ids(database.db)).toEqual(settled[0]?.status === 'fulfilled' ? ['small'] : []);
    await sql`pragma max_page_count = 1000000`.execute(database.db);
    await database.transaction((trx) => insert(trx, 'large', 'x'.repeat(100_000)));
    expect(await ids(database.db)).toContain('large');
  });

  it('an outage is reported once, and its end as soon as writing works', async () => {
    const database = await open();
    const holder = await openDatabase(database.target);
    const reports: unknown[] = [];
    let now = 0;
    const watch = watchOutages(database, () => now, {
      onLost: (error) => reports.push(error.message),
      onRegained: (seconds) => reports.push(seconds),
    });
    onTestFinished(() => watch.stop());
    await sql`pragma busy_timeout = 1`.execute(database.db);
    await sql`begin immediate`.execute(holder.db);
    for (const id of ['a', 'b', 'c'])
      await expect(database.transaction((trx) => insert(trx, id))).rejects.toThrow(DatabaseUnavailableError);
    expect(watch.isLost()).toBe(true);
    expect(reports).toEqual(['The database is unavailable: database is locked']);
    now = 7_000;
    await sql`commit`.execute(holder.db);
    await expect.poll(() => watch.isLost(), { timeout: 5000 }).toBe(false);
    expect(reports.slice(1)).toEqual([7]);
    await holder.close();
  });
});

describe('postgres', () => {
  const open = databaseOpener('postgres');

  it('a database that isn’t there is a fault, not an outage', async () => {
    const { target } = await open({ migrated: false });
    const url = new URL('url' in target ? target.url : '');
    url.pathname = '/nowhere';
    const database = await openDatabase({ url: url.href });
    onTestFinished(() => database.close());
    const reports: unknown[] = [];
    database.onUnavailable((error) => reports.push(error));
    await expect(ids(database.db)).rejects.toMatchObject({ code: '3D000' });
    expect(reports).toEqual([]);
  });

  it('a connection that breaks within a transaction, or idle, says so, and the next one works in its stead', async () => {
    const database = await open();
    const other = await openDatabase(database.target);
    const breakConnections = () =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(other.db);
    await expect(
      database.transaction(async (trx) => {
        await insert(trx, 'a');
        await breakConnections();
        await new Promise((resolve) => setTimeout(resolve, 100));
        await insert(trx, 'b');
      }),
    ).rejects.toThrow(DatabaseUnavailableError);
    expect(await ids(database.db)).toEqual([]);
    await breakConnections();
    await expect
      .poll(() => database.transaction((trx) => insert(trx, 'c')).then(() => 'stored'))
      .toBe('stored');
    await other.close();
  });

  it('a server that cannot be reached says so', async () => {
    const database = await openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing' });
    await expect(sql`select 1`.execute(database.db)).rejects.toThrow(DatabaseUnavailableError);
    await expect(database.transaction(async () => {})).rejects.toThrow(/ECONNREFUSED/);
    await database.close();
  });

  it('a statement that is wrong is a fault, not an outage', async () => {
    const database = await open();
    await expect(sql`select nothing`.execute(database.db)).rejects.not.toThrow(DatabaseUnavailableError);
  });
});
