import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { createDeliveryHouse, playProvider } from '../../test/support/delivery.ts';
import { deliveryScene, refuse } from '../../test/support/deliveryScene.ts';
import { type Db, openDatabase } from '../database/database.ts';
import { breakerRules, takeTrial } from './breaker.ts';

forEachDatabase((_engine, open) => {
  const scene = deliveryScene(open);
  const { both, drain, hang } = scene;

  describe('a jam', () => {
    it('in one channel delays no other', async () => {
      scene.primary.answer = hang;
      const call = playProvider('voice', 'caller');
      const mail = playProvider('email', 'mail');
      for (let i = 0; i < 30; i += 1) await scene.house.queueCode();
      const dispatcher = scene.house.start([scene.primary.route, call.route, mail.route]);
      void dispatcher.drain();
      await expect.poll(() => scene.primary.offered.length).toBe(10);
      await scene.house.queueCode({ channel: 'voice' });
      await scene.house.queueCode({ channel: 'email', to: 'ann@example.com' });
      void dispatcher.drain();
      await expect.poll(() => call.taken.length + mail.taken.length).toBe(2);
      expect(scene.primary.offered).toHaveLength(10);
    });

    it('of one message delays no other of the same provider', async () => {
      let slow = true;
      scene.primary.answer = () => {
        if (!slow) return Promise.resolve({});
        slow = false;
        return hang();
      };
      await scene.house.queueCode();
      const dispatcher = scene.house.start([scene.primary.route]);
      void dispatcher.drain();
      await expect.poll(() => scene.primary.offered.length).toBe(1);
      await scene.house.queueCode({ userId: 'auth0|bob' });
      void dispatcher.drain();
      await expect.poll(() => scene.primary.taken.length).toBe(1);
    });

    it('of the first provider leaves the second one free', async () => {
      scene.primary.answer = hang;
      for (let i = 0; i < 15; i += 1) await scene.house.queueCode();
      void scene.house.start(both()).drain();
      await expect.poll(() => [scene.primary.offered.length, scene.secondary.taken.length]).toEqual([10, 5]);
    });
  });

  it('two nodes send each of many once', async () => {
    const another = await openDatabase(scene.database.target);
    try {
      for (let i = 0; i < 100; i += 1) await scene.house.queueCode({ to: `+49151${10_000_000 + i}` });
      scene.primary.answer = async () => {
        await sleep(1);
        return {};
      };
      const node = await createDeliveryHouse(another);
      await Promise.all([drain(), node.start(both()).drain()]);
    } finally {
      await another.close();
    }
    const reached = [...scene.primary.taken, ...scene.secondary.taken].map(({ to }) => to);
    expect(reached).toHaveLength(100);
    expect(new Set(reached).size).toBe(100);
    expect(scene.house.faults).toEqual([]);
  });

  it('spends no try on a message that another node’s trial keeps waiting', async () => {
    scene.primary.answer = refuse('retry', 'http_503');
    for (let i = 0; i < breakerRules.failuresInARow; i += 1) await scene.house.queueCode();
    await scene.house.start([scene.primary.route]).drain();
    scene.house.clock.now += breakerRules.pausesMs[0];
    await scene.house.queueCode({ challengeId: 'late' });
    const { database, house, primary } = scene;
    const late = async () => (await house.rows()).find(({ challenge_id }) => challenge_id === 'late');
    const offered = primary.offered.length;
    // Between the claim and the choice of a route the other node takes the one try that is given.
    const overtaken = {
      ...database,
      transaction: async <T>(work: (trx: Db) => Promise<T>) => {
        const done = await database.transaction(work);
        await takeTrial(database.db, () => house.clock.now, primary.route.id);
        return done;
      },
    };
    await house.start([primary.route], { database: overtaken }).drain();
    expect(primary.offered).toHaveLength(offered);
    expect(await late()).toMatchObject({ status: 'queued', attempts: 0 });
  });

  it('tells of a fault in the choice of a route, sends nothing of that batch, and later all of it', async () => {
    for (let i = 0; i < 3; i += 1) await scene.house.queueCode();
    const { house, primary } = scene;
    let looks = 0;
    const route = Object.create(primary.route, {
      isWatched: {
        get() {
          looks += 1;
          // The first look is at the room, before anything is claimed.
          if (looks === 3) throw new Error('no route');
          return false;
        },
      },
    });
    await expect(house.start([route]).drain()).rejects.toThrow('no route');
    expect(primary.offered).toEqual([]);
    expect((await house.rows()).map(({ status }) => status)).toEqual(Array(3).fill('sending'));
    house.clock.now += 60_000;
    await drain();
    expect(primary.taken).toHaveLength(3);
    expect((await house.rows()).map(({ status }) => status)).toEqual(Array(3).fill('sent'));
  });
});
