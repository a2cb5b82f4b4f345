import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseOpener } from '../../test/support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse } from '../../test/support/delivery.ts';
import { makeVapidIdentity, providerTools } from '../../test/support/providerTools.ts';
import { startWebPush, type WebPushSimulator } from '../../test/support/simulators/webPush.ts';
import { channels } from './channel.ts';
import { defaultWay, settingRoutes } from './settingRoutes.ts';

const identity = makeVapidIdentity();
const mailFrom = 'login@acme.example';
const smtpUrl = 'smtp://localhost:1';

describe('where messages go while no provider is stored', () => {
  const open = databaseOpener('sqlite');
  let house: DeliveryHouse;
  let service: WebPushSimulator;
  const clock = () => house.clock.now;
  const tools = () => ({
    ...providerTools({ clock, allow: [service.origin] }),
    identify: async () => identity,
  });
  const route = async (dev: boolean) =>
    (await settingRoutes({ smtpUrl, mailFrom, dev }, tools())).of('webpush');

  beforeAll(async () => {
    service = await startWebPush({ clock: () => house.clock.now });
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    house = await createDeliveryHouse(await open());
  });

  it.each([
    [true, ['outbox', 'outbox', 'mail server', 'push services', 'outbox', 'outbox']],
    [false, ['none', 'none', 'mail server', 'push services', 'none', 'none']],
  ])('with --dev %s they are what the settings say', async (dev, ways) => {
    expect(channels.map((channel) => defaultWay({ smtpUrl, dev }, channel))).toEqual(ways);
    const routes = await settingRoutes({ smtpUrl, mailFrom, dev }, tools());
    const names = channels.map((channel) => routes.of(channel).name);
    const without = dev ? 'outbox' : 'none';
    expect(names).toEqual([without, without, 'smtp', 'webpush', without, without]);
    routes.close();
  });

  it('browsers are woken with nothing set, and their pushes kept for the outbox in development only', async () => {
    for (const dev of [false, true]) {
      const target = service.subscribe(identity.publicKey);
      await house.queuePush({ channel: 'webpush', target });
      await house.start([await route(dev)]).drain();
    }
    expect(service.received).toHaveLength(2);
    const rows = await house.rows();
    expect(rows.map(({ status, content_encrypted }) => [status, content_encrypted !== ''])).toEqual([
      ['sent', false],
      ['sent', true],
    ]);
    await house.stop();
  });

  it('one push service that fails keeps no other from being asked', async () => {
    const gone = service.subscribe(identity.publicKey);
    const broken = { ...gone, endpoint: 'https://localhost:1/send' };
    for (let i = 0; i < 10; i += 1) await house.queuePush({ channel: 'webpush', target: broken });
    const built = await route(false);
    await house.start([built]).drain();
    await house.queuePush({ channel: 'webpush', target: gone });
    const before = service.received.length;
    await house.start([built]).drain();
    expect(service.received.length).toBe(before + 1);
    expect(await house.database.db.selectFrom('delivery_breakers').selectAll().execute()).toEqual([]);
    await house.stop();
  });
});
