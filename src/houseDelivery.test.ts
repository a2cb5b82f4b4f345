import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWebPush, type WebPushSimulator } from '../test/support/simulators/webPush.ts';
import { systemClock } from './config/clock.ts';
import { readSettings } from './config/readSettings.ts';
import { startDispatcher } from './delivery/dispatcher.ts';
import { vapidKeys } from './delivery/push/vapidKeys.ts';
import { samplePushRequest } from './delivery/templates/sampleMessages.ts';
import { createPushWording } from './delivery/templates/wordPush.ts';
import { type House, openHouse } from './house.ts';
import { houseRoutes } from './houseDelivery.ts';
import { pushSender } from './pushSender.ts';
import { updateTenantSettings } from './tenant/tenantSettings.ts';

const nothing = () => Promise.reject(new Error('not here'));

describe('the house’s ways out', () => {
  let data: string;
  let service: WebPushSimulator;

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'countersign-house-'));
    service = await startWebPush();
  });
  afterEach(async () => {
    await service.close();
    rmSync(data, { recursive: true });
  });

  async function push(house: House): Promise<void> {
    const { database, vault, clock, settings } = house;
    const { publicKey } = await vapidKeys(database.db, vault, clock);
    const { channel, target, deviceId, challenge, consentId, requestToken } = samplePushRequest({
      channel: 'webpush',
      target: JSON.stringify(service.subscribe(publicKey)),
    });
    await database.transaction((trx) =>
      pushSender(vault, clock)(trx, {
        ...{ channel, target, deviceId, challenge, consentId, requestToken },
        challengeId: 'chl_1',
        userId: 'auth0|ann',
        methodId: `push|${deviceId}`,
        client: { id: 'client', name: 'Shop' },
        context: { ip: '192.0.2.7', userAgent: '', language: 'de' },
        createdAt: clock(),
        expiresAt: clock() + 120_000,
      }),
    );
    const routes = await houseRoutes(house);
    const dispatcher = startDispatcher({
      ...{ database, vault, clock, handlers: {}, pollMs: 0 },
      routes: (of) => routes.of(of),
      render: nothing,
      wordCode: nothing,
      wordPush: createPushWording({
        publicUrl: settings.publicUrl,
        sender: async () => ({ friendlyName: 'Acme' }),
      }),
      onFault: (fault) => expect.fail(String(fault)),
    });
    await dispatcher.drain();
    await dispatcher.stop();
    routes.close();
  }

  it('wake a browser of this machine in development, signed with its own keys and the tenant’s address', async () => {
    const house = await openHouse(await readSettings({ flags: { data, dev: true }, environment: {} }));
    await house.database.transaction((trx) =>
      updateTenantSettings(trx, systemClock(), (settings) => ({
        ...settings,
        supportEmail: 'help@acme.example',
      })),
    );
    await push(house);
    expect(service.received).toMatchObject([{ vapid: { sub: 'mailto:help@acme.example' } }]);
    const rows = await house.database.db.selectFrom('messages').selectAll().execute();
    expect(rows).toMatchObject([{ status: 'sent', provider: 'webpush', user_id: 'auth0|ann' }]);
    await house.close();
  });

  it('S-92 elsewhere they reach no machine inside, though the operator allowed it for gateways', async () => {
    const flags = { data, publicUrl: 'https://login.acme.example', outboundAllow: service.origin };
    const house = await openHouse(await readSettings({ flags, environment: {} }));
    await push(house);
    expect(service.requests).toEqual([]);
    const rows = await house.database.db.selectFrom('messages').selectAll().execute();
    expect(rows).toMatchObject([{ status: 'failed', last_error: 'private_address' }]);
    await house.close();
  });
});
