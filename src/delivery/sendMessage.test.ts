import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { midday, playProvider } from '../../test/support/delivery.ts';
import { deliveryScene, refuse } from '../../test/support/deliveryScene.ts';
import { missingRoute } from './route.ts';

const number = '+4915112345678';

forEachDatabase((_engine, open) => {
  const scene = deliveryScene(open);
  const { both, drain, types, hang } = scene;

  describe('a provider that refuses', () => {
    it('is asked again after 1, 2, 5, 10, 20, 30, 30 … seconds, until the code is dead', async () => {
      scene.primary.route.isWatched = false;
      scene.primary.answer = refuse('retry', 'http_503');
      await scene.house.queueCode();
      const dispatcher = scene.house.start([scene.primary.route]);
      const waits: number[] = [];
      for (;;) {
        await dispatcher.drain();
        const [row] = await scene.house.rows();
        if (row?.status !== 'queued') break;
        waits.push((row.next_attempt_at - scene.house.clock.now) / 1000);
        scene.house.clock.now = Math.min(row.next_attempt_at, row.expires_at);
      }
      expect(waits).toEqual([1, 2, 5, 10, 20, ...Array(9).fill(30)]);
      expect(await scene.house.rows()).toMatchObject([
        { status: 'dead', content_encrypted: '', attempts: 14 },
      ]);
      expect(await scene.house.events()).toMatchObject([
        { type: 'gd_send_sms_failure', details: { reason: 'expired', last_error: 'http_503' } },
      ]);
    });

    it('is left alone for as long as it asks', async () => {
      scene.primary.answer = refuse('retry', 'http_429', { retryAfterSeconds: 45 });
      await scene.house.queueCode();
      await scene.house.start([scene.primary.route]).drain();
      expect((await scene.house.rows())[0]?.next_attempt_at).toBe(midday + 45_000);
    });

    it('hands over to the other one within the same go', async () => {
      scene.primary.answer = refuse('retry', 'http_503');
      await scene.house.queueCode();
      await drain();
      expect(scene.secondary.taken).toHaveLength(1);
      expect(await scene.house.rows()).toMatchObject([{ status: 'sent', provider: 'second', attempts: 2 }]);
      expect(await types()).toEqual(['gd_send_sms']);
    });

    it('for wrong credentials hands over as well', async () => {
      scene.primary.answer = refuse('configuration', 'http_401');
      await scene.house.queueCode();
      await drain();
      expect(scene.secondary.taken).toHaveLength(1);
    });

    it('together with the other one is given time', async () => {
      scene.primary.answer = refuse('retry', 'http_503');
      scene.secondary.answer = refuse('retry', 'http_503');
      await scene.house.queueCode();
      await drain();
      expect([scene.primary.offered.length, scene.secondary.offered.length]).toEqual([1, 1]);
      scene.house.clock.now += 2000;
      scene.secondary.answer = async () => ({});
      scene.primary.answer = async () => ({});
      await drain();
      expect(scene.primary.taken.length + scene.secondary.taken.length).toBe(1);
    });

    it('is left alone for as long as it asks, though the other one is full', async () => {
      scene.secondary.route.concurrency = 1;
      scene.secondary.answer = hang;
      scene.primary.answer = refuse('retry', 'http_429', { retryAfterSeconds: 45 });
      await scene.house.queueCode();
      await scene.house.queueCode();
      void drain();
      const waits = async () =>
        (await scene.house.rows()).some(
          (row) => row.status === 'queued' && row.next_attempt_at === midday + 45_000,
        );
      await expect.poll(waits, { timeout: 10_000 }).toBe(true);
      expect(scene.primary.offered).toHaveLength(3);
    });

    it('a number for good is not asked again, nor is the other one', async () => {
      scene.primary.answer = refuse('final', '21211');
      await scene.house.queueCode();
      await drain();
      expect(scene.secondary.offered).toEqual([]);
      expect(await scene.house.rows()).toMatchObject([
        { status: 'failed', last_error: '21211', content_encrypted: '' },
      ]);
      expect(await scene.house.events()).toMatchObject([
        { type: 'gd_send_sms_failure', details: { reason: '21211', provider: 'first' } },
      ]);
    });

    it('S-93 in words of its own is not quoted', async () => {
      scene.primary.answer = () => Promise.reject(new Error(`canary ${number}`));
      await scene.house.queueCode();
      await drain();
      const dump = JSON.stringify([await scene.house.rows(), await scene.house.events(), scene.house.faults]);
      expect(dump).not.toContain('canary');
    });

    it('is missing: the code waits, and is logged when it dies', async () => {
      await scene.house.queueCode();
      const dispatcher = scene.house.start([missingRoute('sms')]);
      await dispatcher.drain();
      expect(await scene.house.rows()).toMatchObject([{ status: 'queued', last_error: 'no_provider' }]);
      scene.house.clock.now += 300_000;
      await dispatcher.drain();
      expect(await scene.house.rows()).toMatchObject([{ status: 'dead' }]);
      expect(await types()).toEqual(['gd_send_sms_failure']);
    });
  });

  describe('a text or call that may have been sent', () => {
    it.each(['sms', 'voice'] as const)('is not sent again: %s', async (channel) => {
      const one = playProvider(channel, 'one');
      const two = playProvider(channel, 'two');
      one.answer = refuse('unknown', 'timeout');
      await scene.house.queueCode({ channel });
      const dispatcher = scene.house.start([one.route, two.route]);
      await dispatcher.drain();
      scene.house.clock.now += 60_000;
      await dispatcher.drain();
      expect([one.offered.length, two.offered.length]).toEqual([1, 0]);
      expect(await scene.house.rows()).toMatchObject([{ status: 'failed', last_error: 'timeout' }]);
      expect(await scene.house.events()).toMatchObject([
        { type: `gd_send_${channel}_failure`, details: { reason: 'timeout', may_have_arrived: true } },
      ]);
    });

    it('nor when its process died between the mark and the result', async () => {
      scene.primary.answer = hang;
      await scene.house.queueCode();
      void scene.house.start(both()).drain();
      await expect.poll(async () => (await scene.house.rows())[0]?.handed_over_at).toBe(midday);
      scene.house.clock.now += 61_000;
      await drain();
      expect(scene.secondary.offered).toEqual([]);
      expect(scene.primary.offered).toHaveLength(1);
      expect(await scene.house.rows()).toMatchObject([{ status: 'failed', content_encrypted: '' }]);
      expect(await scene.house.events()).toMatchObject([
        { type: 'gd_send_sms_failure', details: { reason: 'interrupted', may_have_arrived: true } },
      ]);
    });

    it('is told to be interrupted, whatever an earlier try ended with', async () => {
      scene.primary.answer = refuse('retry', 'http_503');
      scene.secondary.answer = hang;
      await scene.house.queueCode();
      void drain();
      await expect.poll(() => scene.secondary.offered.length, { timeout: 10_000 }).toBe(1);
      scene.house.clock.now += 61_000;
      await drain();
      expect(await scene.house.rows()).toMatchObject([{ status: 'failed', last_error: 'interrupted' }]);
    });

    it('is sent when its process died before the mark', async () => {
      await scene.house.queueCode();
      const wordCode = hang;
      void scene.house.start(both(), { wordCode }).drain();
      await expect.poll(async () => (await scene.house.rows())[0]?.status).toBe('sending');
      scene.house.clock.now += 61_000;
      await drain();
      expect(scene.primary.taken).toHaveLength(1);
    });

    it('is not sent by a process that lost its claim while it looked for words', async () => {
      await scene.house.queueCode();
      let go = () => {};
      const gate = new Promise<void>((resolve) => (go = resolve));
      const slow = scene.house.start(both(), {
        wordCode: async (_message, envelope) => {
          await gate;
          return { ...envelope, to: number, text: 'late' };
        },
      });
      const slowly = slow.drain();
      await expect.poll(async () => (await scene.house.rows())[0]?.status).toBe('sending');
      scene.house.clock.now += 61_000;
      await drain();
      go();
      await slowly;
      expect(scene.primary.offered).toMatchObject([{ text: 'Your code is 123456.' }]);
      expect(await types()).toEqual(['gd_send_sms']);
    });

    it('by e-mail is sent again, under the same id', async () => {
      const mail = playProvider('email', 'mail');
      mail.answer = refuse('unknown', 'timeout');
      await scene.house.queueCode({ channel: 'email', to: 'ann@example.com' });
      const dispatcher = scene.house.start([mail.route]);
      await dispatcher.drain();
      scene.house.clock.now += 1000;
      mail.answer = async () => ({});
      await dispatcher.drain();
      expect(mail.offered.map(({ id }) => id)).toEqual(Array(2).fill(mail.taken[0]?.id));
      expect(mail.taken).toHaveLength(1);
    });
  });
});
