import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../../test/support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse, midday } from '../../test/support/delivery.ts';
import { noteFailure, readBreakers } from './breaker.ts';
import {
  findProvider,
  listProviders,
  openConfig,
  type ProviderDraft,
  removeProvider,
  storeProvider,
} from './providerStore.ts';

forEachDatabase((_engine, open) => {
  describe('stored providers', () => {
    let database: TestDatabase;
    let house: DeliveryHouse;
    const clock = () => midday;
    const store = (changes: Partial<ProviderDraft> = {}) =>
      database.transaction((trx) =>
        storeProvider(trx, house.vault, clock, {
          channel: 'sms',
          role: 'primary',
          name: 'twilio',
          settings: { from: '+49' },
          credentials: { authToken: 'canary' },
          ...changes,
        }),
      );

    beforeEach(async () => {
      database = await open();
      house = await createDeliveryHouse(database);
    });

    it('are listed by channel, the primary first', async () => {
      await store({ role: 'secondary' });
      await store();
      await store({ channel: 'email', name: 'sendgrid' });
      expect((await listProviders(database.db)).map(({ channel, role }) => `${channel} ${role}`)).toEqual([
        'email primary',
        'sms primary',
        'sms secondary',
      ]);
      expect(await listProviders(database.db, 'voice')).toEqual([]);
    });

    it('S-103 keep credentials sealed, each in its own row', async () => {
      const one = await store();
      const other = await store({ role: 'secondary', credentials: { authToken: 'another' } });
      expect(JSON.stringify(await listProviders(database.db))).not.toContain('canary');
      expect(openConfig(house.vault, one).credentials).toEqual({ authToken: 'canary' });
      const { credentialsEncrypted } = other;
      expect(() => openConfig(house.vault, { ...one, credentialsEncrypted })).toThrow();
    });

    it('set up anew keep their id under the same name only, and begin with a clean breaker', async () => {
      const { id } = await store();
      await database.transaction((trx) =>
        noteFailure(trx, clock, { id, name: 'twilio', channel: 'sms' }, 'http_500'),
      );
      const again = await store({ settings: { from: '+50' }, concurrency: 3 });
      expect(again).toMatchObject({ id, revision: 2, concurrency: 3, settings: { from: '+50' } });
      expect((await store()).concurrency).toBe(3);
      expect(await readBreakers(database.db, [id])).toEqual(new Map());
      const changed = await store({ name: 'vonage' });
      expect(changed.id).not.toBe(id);
      expect(await listProviders(database.db)).toHaveLength(1);
    });

    it('are removed for good', async () => {
      await store();
      const remove = () => database.transaction((trx) => removeProvider(trx, 'sms', 'primary'));
      expect(await remove()).toBe(true);
      expect(await remove()).toBe(false);
      expect(await findProvider(database.db, 'sms', 'primary')).toBeUndefined();
    });
  });
});
