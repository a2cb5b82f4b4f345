import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../../test/support/databases.ts';
import { countEventsSince, findEvent, readLog } from './readLog.ts';
import { recordEvent, type TenantEvent } from './tenantLog.ts';

const midnight = Date.UTC(2026, 0, 15);
const hour = 60 * 60 * 1000;

forEachDatabase((_engine, open) => {
  describe('reading the tenant log', () => {
    let database: TestDatabase;
    const record = (at: number, event: TenantEvent) => recordEvent(database.db, () => at, event);
    const types = async (filter: Parameters<typeof readLog>[1], limit = 10) =>
      (await readLog(database.db, filter, limit)).map(({ type }) => type);

    beforeEach(async () => {
      database = await open();
      await record(midnight - 1, { type: 's', userId: 'ann' });
      await record(midnight, { type: 'fp', userId: 'ann', userName: 'ann@example.com' });
      await record(midnight + hour, { type: 's', userId: 'bob', details: { reason: 'x' } });
      await record(midnight + 2 * hour, { type: 's', userName: 'nobody@example.com' });
    });

    it('gives the newest first, so many', async () => {
      expect(await types({})).toEqual(['s', 's', 'fp', 's']);
      expect(await types({}, 3)).toEqual(['s', 's', 'fp']);
    });

    it('narrows by type, people, name, and what came before an event', async () => {
      expect(await types({ type: 'fp' })).toEqual(['fp']);
      expect(await types({ userIds: ['ann', 'bob'] })).toEqual(['s', 'fp', 's']);
      expect(await types({ userIds: ['ann'], type: 's' })).toEqual(['s']);
      expect(await types({ userName: 'nobody@example.com' })).toEqual(['s']);
      const [, second] = await readLog(database.db, {}, 2);
      expect(await types({ beforeId: second?.id })).toEqual(['fp', 's']);
    });

    it('gives one event with all it holds, and nothing of what it does not', async () => {
      const [event] = await readLog(database.db, { userIds: ['bob'] }, 1);
      expect(await findEvent(database.db, event?.id ?? '')).toEqual({
        id: event?.id,
        date: midnight + hour,
        type: 's',
        description: 'Signed in',
        userId: 'bob',
        details: { reason: 'x' },
      });
      expect(await findEvent(database.db, 'log_none')).toBeUndefined();
    });

    it('names an application by the event, else as it is called now', async () => {
      const named = {
        created_at: midnight,
        updated_at: midnight,
        client_secret_encrypted: null,
        properties: '{}',
      };
      await database.db
        .insertInto('clients')
        .values({ client_id: 'shop', name: 'Shop', ...named })
        .execute();
      await record(midnight + 3 * hour, { type: 'ss', clientId: 'shop' });
      await record(midnight + 4 * hour, { type: 's', clientId: 'shop', clientName: 'Shop of old' });
      await record(midnight + 5 * hour, { type: 's', clientId: 'gone' });
      const names = (await readLog(database.db, {}, 3)).map(({ clientName }) => clientName);
      expect(names).toEqual([undefined, 'Shop of old', 'Shop']);
    });

    it('counts by type since a time, that moment included', async () => {
      expect(await countEventsSince(database.db, midnight)).toEqual({
        byType: { fp: 1, s: 2 },
        isPartial: false,
      });
      expect((await countEventsSince(database.db, midnight + 3 * hour)).byType).toEqual({});
    });
  });
});
