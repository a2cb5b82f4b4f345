import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../../../test/support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse, midday } from '../../../test/support/delivery.ts';
import { findFreePort } from '../../../test/support/freePort.ts';
import { providerTools } from '../../../test/support/providerTools.ts';
import { startTwilio, type TwilioSimulator } from '../../../test/support/simulators/twilio.ts';
import { deliverReceipt } from '../../../test/support/simulators/vendorReceipt.ts';
import { startVonage, type VonageSimulator } from '../../../test/support/simulators/vonage.ts';
import type { Channel, WordedChannel } from '../../delivery/channel.ts';
import { storeProvider } from '../../delivery/providerStore.ts';
import { findProviderDefinition } from '../../delivery/providers/providers.ts';
import { Routes } from '../../delivery/routes.ts';
import { type App, createApp } from '../../http/createApp.ts';
import { registerReceipts } from './receipts.ts';

const findDefinition = async (channel: Channel, name: string) => findProviderDefinition(channel, name);

forEachDatabase((_engine, open) => {
  describe('from the queue to the provider and back, over sockets', () => {
    let database: TestDatabase;
    let house: DeliveryHouse;
    let app: App;
    let routes: Routes;
    let twilio: TwilioSimulator;
    let vonage: VonageSimulator;
    const clock = () => midday;

    beforeEach(async () => {
      database = await open();
      house = await createDeliveryHouse(database);
      twilio = await startTwilio();
      vonage = await startVonage({ clock });
      const port = await findFreePort();
      const publicUrl = `http://127.0.0.1:${port}/`;
      app = createApp({
        publicUrl,
        trustedProxies: [],
        isDevelopment: true,
        logger: pino({ level: 'silent' }),
      });
      const { vault } = house;
      await registerReceipts(app, { database, vault, clock, publicUrl, findDefinition, onReceipt: () => {} });
      await app.listen({ host: '127.0.0.1', port });
      routes = new Routes({
        db: database.db,
        vault,
        publicUrl,
        findDefinition,
        tools: providerTools({ clock, allow: [twilio.origin, vonage.origin] }),
        fallback: () => expect.fail('no provider is stored'),
      });
    });

    afterEach(async () => {
      await house.stop();
      routes.close();
      await Promise.all([app.close(), twilio.close(), vonage.close()]);
    });

    async function send(
      channel: WordedChannel,
      name: string,
      settings: object,
      credentials: object,
    ): Promise<void> {
      const draft = { channel, role: 'primary', name, settings, credentials } as const;
      const stored = { ...draft, settings: { ...settings }, credentials: { ...credentials } };
      await database.transaction((trx) => storeProvider(trx, house.vault, clock, stored));
      await house.queueCode({ channel });
      await house.start([], { routes: (of) => routes.of(of) }).drain();
    }
    const row = async () => (await house.rows())[0];

    it('a text by Twilio', async () => {
      const { sid: accountSid, authToken, from } = twilio.account;
      await send('sms', 'twilio', { accountSid, from, baseUrl: twilio.origin }, { authToken });
      expect(twilio.messages).toHaveLength(1);
      const { sid = '', fields } = twilio.messages[0] ?? {};
      expect(fields?.Body).toContain('123456');
      expect(await row()).toMatchObject({ status: 'sent', provider_message_id: sid });
      expect(await deliverReceipt(twilio.receipt(sid, 'delivered'))).toBe(200);
      expect(await row()).toMatchObject({ status: 'delivered' });
      expect(await deliverReceipt(twilio.receipt(sid, 'failed'))).toBe(200);
      expect(await row()).toMatchObject({ status: 'delivered' });
    });

    it('a call by Twilio', async () => {
      const { sid: accountSid, authToken, from } = twilio.account;
      await send('voice', 'twilio', { accountSid, from, baseUrl: twilio.origin }, { authToken });
      const { sid = '' } = twilio.calls[0] ?? {};
      expect(await deliverReceipt(twilio.receipt(sid, 'no-answer'))).toBe(200);
      expect(await row()).toMatchObject({ status: 'undelivered', last_error: 'no-answer' });
    });

    it.each(['query', 'form', 'json'] as const)('a text by Vonage, its receipt as %s', async (form) => {
      const { apiKey, apiSecret, signatureSecret, from } = vonage.account;
      const settings = { apiKey, from, baseUrl: vonage.origin };
      await send('sms', 'vonage', settings, { apiSecret, signatureSecret });
      const { id = '' } = vonage.texts[0] ?? {};
      expect(await row()).toMatchObject({ status: 'sent', cost_amount: '0.03330000', cost_currency: 'EUR' });
      expect(await deliverReceipt(vonage.textReceipt(id, 'delivered', { form }))).toBe(200);
      expect(await row()).toMatchObject({ status: 'delivered' });
    });

    it('a call by Vonage', async () => {
      const { applicationId, privateKey, signatureSecret, from } = vonage.account;
      const settings = { applicationId, from, baseUrl: vonage.origin };
      await send('voice', 'vonage', settings, { privateKey, signatureSecret });
      const { uuid = '' } = vonage.calls[0] ?? {};
      expect(await deliverReceipt(vonage.callEvent(uuid, 'completed'))).toBe(200);
      expect(await row()).toMatchObject({ status: 'delivered' });
    });

    it('S-97 a forged receipt changes nothing', async () => {
      const { sid: accountSid, authToken, from } = twilio.account;
      await send('sms', 'twilio', { accountSid, from, baseUrl: twilio.origin }, { authToken });
      const receipt = twilio.receipt(twilio.messages[0]?.sid ?? '', 'failed');
      const headers = { ...receipt.headers, 'x-twilio-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' };
      expect(await deliverReceipt({ ...receipt, headers })).toBe(403);
      expect(await deliverReceipt({ ...receipt, url: `${receipt.url}?again=1` })).toBe(403);
      expect(await row()).toMatchObject({ status: 'sent' });
    });
  });
});
