import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { recordStatements } from '../../test/support/statements.ts';
import { statement } from './statement.ts';

type Row = { id: string; purpose?: 'hash' | 'encryption'; wrapped: string; created_at: number };

forEachDatabase((_engine, open) => {
  describe('a statement', () => {
    const insert = statement((db, row: Row) =>
      db.insertInto('data_keys').values({ purpose: 'hash', ...row }),
    );
    const byId = statement((db, { id }: { id: string }) =>
      db.selectFrom('data_keys').selectAll().where('id', '=', id),
    );

    it('runs with the parameters of each call, inside a transaction and outside', async () => {
      const { db, transaction } = await open();
      expect(await insert.run(db, { id: 'a', wrapped: 'x', created_at: 1 })).toBe(1);
      await transaction(async (trx) => {
        await insert.run(trx, { id: 'b', wrapped: 'y', created_at: 2 });
        expect(await byId.first(trx, { id: 'b' })).toMatchObject({ id: 'b', wrapped: 'y', created_at: 2 });
        expect(await byId.first(trx, { id: 'a' })).toMatchObject({ id: 'a', wrapped: 'x', created_at: 1 });
      });
      expect(await byId.all(db, { id: 'c' })).toEqual([]);
      expect(await byId.first(db, { id: 'c' })).toBeUndefined();
    });

    it('leaves out a column whose parameter is not given, and writes the others beside it', async () => {
      const { db } = await open();
      const change = statement(
        (db, { id, ...change }: { id: string; wrapped?: string; created_at?: number }) =>
          db.updateTable('data_keys').set(change).where('id', '=', id),
      );
      await insert.run(db, { id: 'a', purpose: 'encryption', wrapped: 'x', created_at: 1 });
      expect(await change.run(db, { id: 'a', wrapped: 'y' })).toBe(1);
      expect(await change.run(db, { id: 'a', created_at: 7 })).toBe(1);
      expect(await change.run(db, { id: 'other', wrapped: 'z', created_at: 8 })).toBe(0);
      expect(await byId.first(db, { id: 'a' })).toEqual({
        id: 'a',
        purpose: 'encryption',
        wrapped: 'y',
        created_at: 7,
      });
    });

    it('takes lists of any length', async () => {
      const { db } = await open();
      const among = statement((db, { ids, wrapped }: { ids: readonly string[]; wrapped: string }) =>
        db
          .selectFrom('data_keys')
          .select('id')
          .where('id', 'in', ids)
          .where('wrapped', '=', wrapped)
          .orderBy('id'),
      );
      for (const id of ['a', 'b', 'c']) await insert.run(db, { id, wrapped: 'x', created_at: 1 });
      const found = async (ids: string[]) => (await among.all(db, { ids, wrapped: 'x' })).map(({ id }) => id);
      expect(await found(['a', 'b'])).toEqual(['a', 'b']);
      expect(await found(['c'])).toEqual(['c']);
      expect(await found(['b', 'c', 'a'])).toEqual(['a', 'b', 'c']);
    });

    it('is seen by plugins at every run', async () => {
      const database = await open();
      await byId.all(database.db, { id: 'a' });
      const recorded = recordStatements(database);
      for (const id of ['a', 'b']) await byId.all(recorded.database.db, { id });
      expect(recorded.take()).toHaveLength(2);
    });

    it('refuses to be made from the value of a parameter', async () => {
      const { db } = await open();
      const computing = statement((db, { at }: { at: number }) =>
        db
          .selectFrom('data_keys')
          .select('id')
          .where('created_at', '<', at - 1),
      );
      await expect(computing.all(db, { at: 5 })).rejects.toThrow('The parameter at has no value');
      const handing = statement((db, { by }: { by: number }) =>
        db.selectFrom('data_keys').select(sql<number>`created_at + ${by}`.as('later')),
      );
      await insert.run(db, { id: 'a', wrapped: 'x', created_at: 1 });
      expect(await handing.all(db, { by: 2 })).toEqual([{ later: 3 }]);
      expect(await handing.all(db, { by: 5 })).toEqual([{ later: 6 }]);
    });
  });
});
