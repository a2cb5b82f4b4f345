import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../../../test/support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse, playProvider } from '../../../test/support/delivery.ts';
import { type StoredProvider, storeProvider } from '../../delivery/providerStore.ts';
import { findProviderDefinition } from '../../delivery/providers/providers.ts';
import { type App, createApp } from '../../http/createApp.ts';
import { registerReceipts } from './receipts.ts';

const publicUrl = 'https://login.example.com/';
const accountSid = `AC${'a'.repeat(32)}`;
const authToken = 'a secret that only Twilio and we know';

forEachDatabase((_engine, open) => {
  describe('receipts', () => {
    let database: TestDatabase;
    let house: DeliveryHouse;
    let app: App;
    let provider: StoredProvider;
    let told: unknown[];
    const clock = () => house.clock.now;

    beforeEach(async () => {
      database = await open();
      house = await createDeliveryHouse(database);
      told = [];
      provider = await database.transaction((trx) =>
        storeProvider(trx, house.vault, clock, {
          channel: 'sms',
          role: 'primary',
          name: 'twilio',
          settings: { accountSid, from: '+4915100000000' },
          credentials: { authToken },
        }),
      );
      app = createApp({
        publicUrl,
        trustedProxies: [],
        isDevelopment: false,
        logger: pino({ level: 'silent' }),
      });
      await registerReceipts(app, {
        database,
        vault: house.vault,
        clock,
        publicUrl,
        findDefinition: async (channel, name) => findProviderDefinition(channel, name),
        onReceipt: (receipt) => told.push(receipt),
        patienceMs: 0,
      });
      const { route } = playProvider('sms', 'twilio');
      await house.queueCode();
      await house
        .start([{ ...route, id: provider.id, send: async () => ({ providerMessageId: 'SM1' }) }])
        .drain();
    });

    afterEach(async () => {
      await app.close();
      await house.stop();
    });

    const row = async () => (await house.rows())[0];
    const post = (
      fields: Record<string, string>,
      { id = provider.id, token = authToken, query = '', signed = fields } = {},
    ) => {
      const path = `/delivery/receipts/${id}${query}`;
      const text = Object.keys(signed)
        .sort()
        .map((name) => name + signed[name])
        .join('');
      const signature = createHmac('sha1', token)
        .update(`https://login.example.com${path}${text}`)
        .digest('base64');
      return app.inject({
        method: 'POST',
        url: path,
        headers: {
          host: 'login.example.com',
          'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'x-twilio-signature': signature,
        },
        payload: new URLSearchParams(fields).toString(),
      });
    };
    const report = (status: string, more: Record<string, string> = {}) => ({
      AccountSid: accountSid,
      MessageSid: 'SM1',
      MessageStatus: status,
      ...more,
    });

    it('tell that a message arrived', async () => {
      const { statusCode, body } = await post(report('delivered'));
      expect([statusCode, body]).toEqual([200, '']);
      expect(await row()).toMatchObject({ status: 'delivered', receipt_at: house.clock.now });
      expect(told).toEqual([{ channel: 'sms', provider: 'twilio', outcome: 'delivered' }]);
    });

    it('tell that it did not, and the tenant log has it', async () => {
      await post(report('undelivered', { ErrorCode: '30003' }));
      expect(await row()).toMatchObject({ status: 'undelivered', last_error: '30003' });
      const events = await house.events();
      expect(events.map(({ type }) => type)).toEqual(['gd_send_sms', 'gd_send_sms_failure']);
      expect(events[1]?.details).toMatchObject({ reason: 'undelivered', code: '30003' });
    });

    it('S-97 unsigned, altered, signed for another or about another account change nothing', async () => {
      const answers = [
        await post(report('delivered'), { token: 'wrong' }),
        await post(report('delivered'), { signed: report('undelivered') }),
        await post({ ...report('delivered'), AccountSid: `AC${'b'.repeat(32)}` }),
        await post(report('delivered'), { id: 'prv_nobody' }),
        await app.inject({
          method: 'GET',
          url: `/delivery/receipts/${provider.id}`,
          headers: { host: 'login.example.com' },
        }),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(5).fill(403));
      expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['']));
      expect(await row()).toMatchObject({ status: 'sent', receipt_at: null });
      expect(await house.events()).toHaveLength(1);
    });

    it('S-97 played again or out of order take nothing back', async () => {
      await post(report('delivered'));
      for (const status of ['undelivered', 'sent', 'delivered']) {
        expect((await post(report(status))).statusCode).toBe(200);
      }
      expect(await row()).toMatchObject({ status: 'delivered', last_error: null });
      expect(told).toHaveLength(1);
      expect((await house.events()).map(({ type }) => type)).toEqual(['gd_send_sms']);
    });

    it('about a message nobody knows are not accepted, so that they come again', async () => {
      expect((await post({ ...report('delivered'), MessageSid: 'SM2' })).statusCode).toBe(404);
    });

    it('about nothing of interest are accepted', async () => {
      expect((await post(report('queued'))).statusCode).toBe(200);
      expect(await row()).toMatchObject({ status: 'sent' });
    });

    it('that are too large are refused', async () => {
      expect((await post(report('delivered', { Extra: 'x'.repeat(10_000) }))).statusCode).toBe(413);
    });
  });
});
