import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { midday, type PlayedProvider, playProvider } from '../../../test/support/delivery.ts';
import { deliveryScene, refuse } from '../../../test/support/deliveryScene.ts';
import { DuplicateMessageError } from '../messages.ts';
import type { GoneEndpoint } from '../sendMessage.ts';
import { enqueuePush } from './pushMessages.ts';

const endpoint = 'https://push.example/send/abcdefgh-canary';
const subscription = { endpoint, keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) } };
const deviceToken = 'ab'.repeat(32);

forEachDatabase((_engine, open) => {
  const scene = deliveryScene(open);
  const { types, breakers } = scene;
  const push = (): PlayedProvider<'fcm'> => playProvider('fcm', 'push');
  const drain = (...played: PlayedProvider<'fcm'>[]) =>
    scene.house.start(played.map(({ route }) => route)).drain();
  const row = async () => (await scene.house.rows())[0];

  describe('a request to a device', () => {
    it('is sent at once, once, and emptied', async () => {
      const provider = push();
      await scene.house.queuePush();
      await drain(provider);
      await drain(provider);
      expect(provider.taken).toEqual([
        {
          id: (await row())?.id,
          createdAt: midday,
          target: 'registration-token-0123456789',
          deviceId: 'dev_0123456789abcdef',
          requestToken: 'canary-request-token',
          challenge: 'canary-challenge',
          consentId: 'cns_0123456789abcdef',
          source: {},
          startedAt: midday,
          expiresAt: midday + 120_000,
          serverUrl: 'https://login.example.com',
          title: 'Acme',
          body: 'Are you logging in? Open the app to answer.',
        },
      ]);
      expect(await row()).toMatchObject({
        channel: 'fcm',
        status: 'sent',
        content_encrypted: '',
        attempts: 1,
        urgency: 0,
        template: 'push_request',
        provider: 'push',
        recipient_masked: '…6789',
        handed_over_at: null,
      });
    });

    it('goes to the push service that the device has', async () => {
      const [web, apple] = [playProvider('webpush', 'web'), playProvider('apns', 'apple')];
      await scene.house.queuePush({ channel: 'webpush', target: JSON.stringify(subscription) });
      await scene.house.queuePush({ channel: 'apns', target: deviceToken.toUpperCase() });
      await scene.house.start([web.route, apple.route]).drain();
      expect(web.taken).toMatchObject([{ target: subscription }]);
      expect(apple.taken).toMatchObject([{ target: deviceToken }]);
      const masked = (await scene.house.rows()).map(({ recipient_masked }) => recipient_masked);
      expect(masked).toEqual(['push.example …nary', '…abab']);
    });

    it('doesn’t exist when its transaction is rolled back', async () => {
      await expect(
        scene.database.transaction(async (trx) => {
          await enqueuePush(trx, scene.house.vault, () => midday, scene.house.push());
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');
      expect(await scene.house.rows()).toEqual([]);
    });

    it('has one message a challenge', async () => {
      await scene.house.queuePush({ challengeId: 'challenge' });
      const again = scene.house.queuePush({ challengeId: 'challenge' });
      await expect(again).rejects.toThrow(DuplicateMessageError);
    });

    it.each([
      ['fcm', 'short'],
      ['fcm', 'has a space in it, so it is none'],
      ['apns', 'no hexadecimal token at all'],
      ['apns', '../../../3/device/abababab'],
      ['webpush', 'no JSON'],
      ['webpush', { ...subscription, endpoint: 'http://push.example/send' }],
      ['webpush', { ...subscription, endpoint: 'https://user:word@push.example/send' }],
      ['webpush', { ...subscription, endpoint: `https://push.example/${'x'.repeat(3000)}` }],
      ['webpush', { ...subscription, keys: { ...subscription.keys, auth: 'short' } }],
      ['webpush', { endpoint }],
      ['pigeon', 'registration-token-0123456789'],
    ])('S-95 is not queued for %s %j, which is no address', async (channel, target) => {
      const queued = scene.house.queuePush({ channel: channel as 'fcm', target });
      await expect(queued).rejects.toThrow(RangeError);
    });

    it('S-105 leaves the device’s address, the bearer and the challenge nowhere but sealed', async () => {
      const provider = push();
      await scene.house.queuePush();
      await scene.house.queuePush({ channel: 'webpush', target: subscription });
      const dump = async () =>
        JSON.stringify([await scene.house.rows(), await scene.house.events(), await breakers()]);
      const secrets = /canary|registration-token|AAAAA/;
      expect(await dump()).not.toMatch(secrets);
      await drain(provider);
      scene.house.clock.now += 120_000;
      await drain(provider);
      expect((await types()).sort()).toEqual(['gd_send_pn', 'gd_send_pn_failure']);
      expect(await dump()).not.toMatch(secrets);
    });

    it('S-103 opens no content that was moved to another message', async () => {
      const provider = push();
      await scene.house.queuePush({ deviceId: 'dev_one' });
      await scene.house.queuePush({ deviceId: 'dev_two' });
      const [one, two] = await scene.house.rows();
      await scene.database.db
        .updateTable('messages')
        .set({ content_encrypted: one?.content_encrypted ?? '' })
        .where('id', '=', two?.id ?? '')
        .execute();
      await drain(provider);
      expect(provider.taken.map(({ deviceId }) => deviceId)).toEqual(['dev_one']);
    });
  });

  describe('a request that is over', () => {
    it('is dropped when its challenge is void', async () => {
      const provider = push();
      await scene.house.queuePush({ challengeId: 'replaced' });
      await scene.house.start([provider.route], { findVoidCodes: async () => new Set(['replaced']) }).drain();
      expect(provider.offered).toEqual([]);
      expect(await row()).toMatchObject({
        status: 'dead',
        last_error: 'request_void',
        content_encrypted: '',
      });
      expect(await types()).toEqual(['gd_send_pn_failure']);
    });

    it('is dropped when it is too late', async () => {
      const provider = push();
      await scene.house.queuePush();
      scene.house.clock.now += 120_000;
      await drain(provider);
      expect(provider.offered).toEqual([]);
      expect(await row()).toMatchObject({ status: 'dead', last_error: 'expired', content_encrypted: '' });
    });
  });

  describe('a failure', () => {
    it('is tried again for as long as the request is alive', async () => {
      const provider = push();
      provider.answer = refuse('configuration', 'http_401');
      await scene.house.queuePush();
      const dispatcher = scene.house.start([{ ...provider.route, isWatched: false }]);
      const waits: number[] = [];
      for (;;) {
        await dispatcher.drain();
        const now = await row();
        if (now?.status !== 'queued') break;
        waits.push((now.next_attempt_at - scene.house.clock.now) / 1000);
        scene.house.clock.now = now.next_attempt_at;
      }
      expect(waits).toEqual([1, 2, 5, 10, 20, 30, 30, 30]);
      expect(await row()).toMatchObject({ status: 'dead', last_error: 'http_401', content_encrypted: '' });
    });

    it('without an answer is tried again too: a push takes the place of the one before it', async () => {
      const provider = push();
      provider.answer = refuse('unknown', 'timeout');
      await scene.house.queuePush();
      await drain(provider);
      expect(await row()).toMatchObject({ status: 'queued', last_error: 'timeout' });
      provider.answer = async () => ({});
      scene.house.clock.now += 1000;
      await drain(provider);
      expect(provider.taken).toHaveLength(1);
      expect(provider.offered[0]?.id).toBe(provider.offered[1]?.id);
    });

    it('S-109 of the process leaves it to another one, under the same id', async () => {
      const provider = push();
      provider.answer = scene.hang;
      await scene.house.queuePush();
      void drain(provider);
      await expect.poll(() => provider.offered.length).toBe(1);
      provider.answer = async () => ({});
      scene.house.clock.now += 61_000;
      await drain(provider);
      expect(provider.taken.map(({ id }) => id)).toEqual([(await row())?.id]);
    });

    it('of the primary leaves it to the secondary', async () => {
      const [first, second] = [push(), playProvider('fcm', 'second')];
      first.answer = refuse('configuration', 'http_401');
      await scene.house.queuePush();
      await drain(first, second);
      expect(second.taken).toHaveLength(1);
    });
  });

  describe('a device that its push service has forgotten', () => {
    it('is told of, in the transaction that gives the message up', async () => {
      const provider = push();
      provider.answer = refuse('gone', 'UNREGISTERED');
      await scene.house.queuePush();
      const told: GoneEndpoint[] = [];
      await scene.house
        .start([provider.route], {
          onEndpointGone: async (trx, gone) => {
            told.push(gone);
            const seen = await trx.selectFrom('messages').select('status').executeTakeFirst();
            expect(seen).toEqual({ status: 'failed' });
          },
        })
        .drain();
      expect(told).toEqual([
        { userId: 'auth0|ann', deviceId: 'dev_0123456789abcdef', target: 'registration-token-0123456789' },
      ]);
      expect(await row()).toMatchObject({ status: 'failed', last_error: 'UNREGISTERED', attempts: 1 });
      const [event] = await scene.house.events();
      expect(event).toMatchObject({
        type: 'gd_send_pn_failure',
        user_id: 'auth0|ann',
        details: { reason: 'UNREGISTERED', endpoint_gone: true },
      });
      expect(scene.house.faults).toEqual([]);
    });

    it('is no fault of the provider', async () => {
      const provider = push();
      provider.answer = refuse('gone', 'UNREGISTERED');
      for (let i = 0; i < 10; i += 1) await scene.house.queuePush();
      await drain(provider);
      expect(await breakers()).toEqual([]);
    });

    it('S-109 is not given up when what it changes fails', async () => {
      const provider = push();
      provider.answer = refuse('gone', 'UNREGISTERED');
      await scene.house.queuePush();
      const onEndpointGone = () => Promise.reject(new Error('the engine failed'));
      await scene.house.start([provider.route], { onEndpointGone }).drain();
      expect(await row()).toMatchObject({ status: 'sending' });
      expect(await types()).toEqual([]);
      expect(scene.house.faults).toMatchObject([{ message: 'the engine failed' }]);
    });
  });
});
