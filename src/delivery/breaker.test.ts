import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { createDeliveryHouse, midday } from '../../test/support/delivery.ts';
import { deliveryScene, refuse } from '../../test/support/deliveryScene.ts';
import { openDatabase } from '../database/database.ts';
import { breakerRules } from './breaker.ts';
import { DeliveryError } from './providers/provider.ts';

forEachDatabase((_engine, open) => {
  const scene = deliveryScene(open);
  const { both, types, breakers, hang } = scene;

  describe('the breaker', () => {
    const fail = async (times: number) => {
      for (let i = 0; i < times; i += 1) await scene.house.queueCode();
      await scene.house.start([scene.primary.route]).drain();
    };

    it('opens after five failures in a row, on every node, and says so once', async () => {
      scene.primary.answer = refuse('retry', 'http_503');
      await fail(breakerRules.failuresInARow);
      const offered = scene.primary.offered.length;
      const another = await openDatabase(scene.database.target);
      try {
        const node = await createDeliveryHouse(another);
        await scene.house.queueCode({ challengeId: 'later' });
        await node.start(both()).drain();
        await node.stop();
      } finally {
        await another.close();
      }
      expect(scene.primary.offered).toHaveLength(offered);
      expect(scene.secondary.taken.length).toBeGreaterThan(0);
      const paused = (await scene.house.events()).filter(({ type }) => type === 'delivery_provider_paused');
      expect(paused).toMatchObject([{ details: { channel: 'sms', provider: 'first', reason: 'http_503' } }]);
    });

    it('stays closed for messages that are refused for what they are', async () => {
      scene.primary.answer = refuse('final', '21211');
      await fail(20);
      expect(scene.primary.offered).toHaveLength(20);
      expect(await types()).not.toContain('delivery_provider_paused');
    });

    it('opens when half of many fail, though none in a row', async () => {
      let count = 0;
      scene.primary.route.concurrency = 1;
      scene.primary.answer = async () => {
        count += 1;
        if (count % 2 === 1) throw new DeliveryError('unknown', 'timeout');
        return {};
      };
      await fail(40);
      expect(count).toBeGreaterThanOrEqual(breakerRules.windowTries - 1);
      expect(count).toBeLessThan(30);
      expect(await types()).toContain('delivery_provider_paused');
    });

    it('lets messages wait while every provider is out, and drops the dead', async () => {
      scene.primary.answer = refuse('retry', 'http_503');
      await fail(5);
      await scene.house.queueCode({ challengeId: 'waits' });
      scene.house.clock.now += 3000;
      await scene.house.start([scene.primary.route]).drain();
      expect((await scene.house.rows()).filter(({ attempts }) => attempts === 0)).toMatchObject([
        { status: 'queued', challenge_id: 'waits' },
      ]);
      scene.house.clock.now = midday + 310_000;
      await scene.house.start([scene.primary.route]).drain();
      expect(new Set((await scene.house.rows()).map(({ status }) => status))).toEqual(new Set(['dead']));
    });

    it('lets one message try after a pause, of two nodes, and closes when it was taken', async () => {
      scene.primary.answer = refuse('retry', 'http_503');
      await fail(5);
      scene.house.clock.now += breakerRules.pausesMs[0];
      const before = scene.primary.offered.length;
      let release = () => {};
      const gate = new Promise<void>((resolve) => (release = resolve));
      scene.primary.answer = async () => {
        await gate;
        return {};
      };
      const nodes = [
        scene.house.start([scene.primary.route]).drain(),
        scene.house.start([scene.primary.route]).drain(),
      ];
      await expect.poll(() => scene.primary.offered.length).toBe(before + 1);
      await sleep(50);
      expect(scene.primary.offered).toHaveLength(before + 1);
      release();
      await Promise.all(nodes);
      scene.house.clock.now += 1000;
      await scene.house.start([scene.primary.route]).drain();
      expect(new Set((await scene.house.rows()).map(({ status }) => status))).toEqual(new Set(['sent']));
      expect((await types()).filter((type) => type.startsWith('delivery_'))).toEqual([
        'delivery_provider_paused',
        'delivery_provider_resumed',
      ]);
    });

    it('pauses longer each time the try fails', async () => {
      scene.primary.answer = refuse('retry', 'http_503');
      await fail(5);
      for (const [round, pause] of breakerRules.pausesMs.slice(0, 3).entries()) {
        const [breaker] = await breakers();
        expect(breaker).toMatchObject({ state: 'open', openings: round + 1 });
        expect((breaker?.retry_at ?? 0) - scene.house.clock.now).toBe(pause);
        scene.house.clock.now += pause;
        await scene.house.queueCode();
        await scene.house.start([scene.primary.route]).drain();
      }
    });

    it('lets another try when the first one is not heard of', async () => {
      scene.primary.answer = refuse('retry', 'http_503');
      await fail(5);
      scene.house.clock.now += breakerRules.pausesMs[0];
      scene.primary.answer = hang;
      void scene.house.start([scene.primary.route]).drain();
      await expect.poll(async () => (await breakers())[0]?.state).toBe('half-open');
      scene.house.clock.now += breakerRules.trialMs;
      scene.primary.answer = async () => ({});
      await scene.house.start([scene.primary.route]).drain();
      expect(scene.primary.taken.length).toBeGreaterThan(0);
      expect(await breakers()).toMatchObject([{ state: 'closed', failures: 0 }]);
    });
  });
});
