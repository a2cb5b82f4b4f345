import { beforeEach, describe, expect, it } from 'vitest';
import { databaseOpener } from '../../test/support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse, midday } from '../../test/support/delivery.ts';
import { readSettings } from '../config/readSettings.ts';
import { noteFailure } from '../delivery/breaker.ts';
import { type ProviderDraft, storeProvider } from '../delivery/providerStore.ts';
import { missingRoute } from '../delivery/route.ts';
import { checkProviders } from './checkProviders.ts';

describe('doctor on providers', () => {
  const open = databaseOpener('sqlite');
  const clock = () => midday;
  let house: DeliveryHouse;
  const store = (draft: Partial<ProviderDraft>) =>
    house.database.transaction((trx) =>
      storeProvider(trx, house.vault, clock, {
        channel: 'sms',
        role: 'primary',
        name: 'webhook',
        settings: { url: 'https://sms.example/' },
        credentials: { secret: 's'.repeat(32) },
        ...draft,
      }),
    );
  const check = async () => {
    const settings = await readSettings({ flags: { dev: true }, environment: {} });
    return checkProviders(house.database.db, { settings, vault: house.vault, clock });
  };

  beforeEach(async () => {
    house = await createDeliveryHouse(await open());
  });

  it('says nothing where none is set', async () => {
    expect(await check()).toEqual([]);
  });

  it('tells what is set, and what can be asked only by sending', async () => {
    await store({});
    expect(await check()).toEqual([
      {
        name: 'sms provider',
        status: 'ok',
        message: 'webhook (primary) is set; it can’t be asked without sending',
      },
    ]);
  });

  it('tells that one can’t be reached or set up, and how to try', async () => {
    const server = { host: '127.0.0.1', port: 1, security: 'none', from: 'login@example.com' };
    await store({ channel: 'email', name: 'smtp', settings: server, credentials: {} });
    await store({ role: 'secondary', name: 'unheard-of' });
    expect(await check()).toMatchObject([
      {
        name: 'email provider',
        status: 'failed',
        message: expect.stringContaining('smtp (primary) answers'),
      },
      {
        name: 'sms provider',
        status: 'failed',
        message: 'unheard-of (secondary) answers unknown_provider',
        advice: expect.stringContaining('provider test sms --secondary'),
      },
    ]);
  });

  it('tells that one is missing, where there was something to send', async () => {
    const apns = { channel: 'apns', target: 'ab'.repeat(32) } as const;
    await house.queuePush(apns);
    await house.queuePush(apns);
    await house.start([missingRoute('apns')]).drain();
    expect(await check()).toEqual([
      {
        name: 'apns provider',
        status: 'warning',
        message: 'none is set, so that of late 2 of its messages could not leave',
        advice: 'countersign provider kinds apns, then countersign provider set apns …',
      },
    ]);
    await house.stop();
  });

  it('tells that one is left alone after failures', async () => {
    const { id } = await store({});
    for (let i = 0; i < 5; i += 1) {
      await house.database.transaction((trx) =>
        noteFailure(trx, clock, { id, name: 'webhook', channel: 'sms' }, 'http_503'),
      );
    }
    expect(await check()).toMatchObject([
      { status: 'warning', message: expect.stringMatching('left alone .* http_503') },
    ]);
  });
});
