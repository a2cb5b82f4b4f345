import { Type } from 'typebox';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseOpener, type TestDatabase } from '../../test/support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse, midday } from '../../test/support/delivery.ts';
import { providerTools } from '../../test/support/providerTools.ts';
import type { WordedMessage } from './channel.ts';
import { type ProviderDraft, removeProvider, storeProvider } from './providerStore.ts';
import { DeliveryError, type ProviderDefinition, type ProviderTools } from './providers/provider.ts';
import { outboxRoute } from './route.ts';
import { Routes } from './routes.ts';

describe('the ways out', () => {
  const open = databaseOpener('sqlite');
  const clock = () => midday;
  const signal = new AbortController().signal;
  let database: TestDatabase;
  let house: DeliveryHouse;
  let routes: Routes;
  let created: { config: unknown; tools: ProviderTools }[];
  let taken: WordedMessage[];
  let fault: Error | undefined;

  const definition: ProviderDefinition<'sms'> = {
    name: 'made-up',
    title: 'Made up',
    channel: 'sms',
    settings: Type.Object({}),
    credentials: Type.Object({}),
    create(config, tools) {
      if (fault) throw fault;
      if ('broken' in (config.settings as object)) throw new DeliveryError('configuration', 'broken');
      created.push({ config, tools });
      return {
        async send(message) {
          taken.push(message);
          return {};
        },
      };
    },
  };
  const store = (changes: Partial<ProviderDraft> = {}) =>
    database.transaction((trx) =>
      storeProvider(trx, house.vault, clock, {
        channel: 'sms',
        role: 'primary',
        name: 'made-up',
        settings: { region: 'eu' },
        credentials: { key: 'secret' },
        ...changes,
      }),
    );
  const message = { id: 'msg_1', createdAt: midday, to: '+4915112345678', text: 'hello' };

  beforeEach(async () => {
    database = await open();
    house = await createDeliveryHouse(database);
    created = [];
    taken = [];
    fault = undefined;
    routes = new Routes({
      db: database.db,
      vault: house.vault,
      tools: providerTools({ clock }),
      publicUrl: 'https://login.example.com/',
      findDefinition: async (channel, name) =>
        channel === 'sms' && name === 'made-up' ? definition : undefined,
      fallback: outboxRoute,
    });
  });

  it('lead to the outbox while nothing is stored', async () => {
    expect(await routes.of('sms')).toMatchObject([{ id: 'outbox', channel: 'sms', keepsContent: true }]);
  });

  it('lead to what is stored, the primary first, set up once', async () => {
    const { id } = await store();
    await store({ role: 'secondary' });
    const found = await routes.of('sms');
    expect(found).toMatchObject([{ id, name: 'made-up', keepsContent: false, isWatched: true }, {}]);
    expect(await routes.of('sms')).toEqual(found);
    expect(created).toHaveLength(2);
    expect(created[0]).toMatchObject({
      config: { settings: { region: 'eu' }, credentials: { key: 'secret' } },
      tools: { callbackUrl: `https://login.example.com/delivery/receipts/${id}` },
    });
    await found[0]?.send(message, signal);
    expect(taken).toEqual([message]);
    expect(await routes.of('voice')).toMatchObject([{ id: 'outbox' }]);
  });

  it('follow a change at once', async () => {
    await store();
    await routes.of('sms');
    await store({ settings: { region: 'us' }, concurrency: 2 });
    expect(await routes.of('sms')).toMatchObject([{ concurrency: 2 }]);
    expect(created.at(-1)).toMatchObject({ config: { settings: { region: 'us' } } });
    await database.transaction((trx) => removeProvider(trx, 'sms', 'primary'));
    expect(await routes.of('sms')).toMatchObject([{ id: 'outbox' }]);
  });

  it('that can’t be set up refuse each message, so that the next one takes over', async () => {
    await store({ settings: { broken: true } });
    await store({ role: 'secondary', name: 'unheard-of' });
    const [broken, unknown] = await routes.of('sms');
    await expect(broken?.send(message, signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'broken',
    });
    await expect(unknown?.send(message, signal)).rejects.toMatchObject({ code: 'unknown_provider' });
  });

  it('that a passing fault kept from being set up are set up by the next batch', async () => {
    await store();
    fault = new Error('passing');
    const [refusing] = await routes.of('sms');
    await expect(refusing?.send(message, signal)).rejects.toMatchObject({ code: 'provider_setup' });
    fault = undefined;
    const [mended] = await routes.of('sms');
    await mended?.send(message, signal);
    expect(taken).toEqual([message]);
  });
});
