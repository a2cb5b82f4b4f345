import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { type DeviceScene, deviceScene, type EnrolledDevice } from '../../../test/support/deviceScene.ts';
import { createTestEngine, type TestEngine } from '../../../test/support/engine.ts';
import { DeviceRequestStore } from './deviceRequests.ts';

const ann = 'auth0|ann';

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let scene: DeviceScene;
  let device: EnrolledDevice;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    scene = deviceScene(house);
    await scene.allow({ sendsPerUser: 1000 });
    await house.addUser(ann);
    device = await scene.enrolDevice(ann);
    // What was made before is no news.
    house.clock.advance(60);
  });

  /** Whether it is told within a second. */
  const isTold = (changed: Promise<void>) =>
    Promise.race([changed.then(() => true), wait(1000).then(() => false)]);
  const patience = () => AbortSignal.timeout(20_000);

  describe('whoever waits', () => {
    it('for a login is told within a second that its request was answered, and by another node as well', async () => {
      const { transactionId, number } = await scene.ask(ann);
      house.clock.advance(5);
      const node = await house.anotherNode();
      const told = [house.engine, node].map(({ devices }) =>
        isTold(devices.requestChanged(transactionId, patience())),
      );
      await scene.answer(device, { number });
      expect(await Promise.all(told)).toEqual([true, true]);
      house.engine.devices.stop();
      node.devices.stop();
    });

    it('for a device is told that something is asked of it, and that it is over', async () => {
      const { devices } = house.engine;
      const asked = isTold(devices.deviceChanged(device.deviceId, patience()));
      await scene.ask(ann);
      expect(await asked).toBe(true);
      house.clock.advance(5);
      const replaced = isTold(devices.deviceChanged(device.deviceId, patience()));
      await scene.ask(ann);
      expect(await replaced).toBe(true);
      devices.stop();
    });

    it('is told of a change that came just before they began, since they may not have seen it', async () => {
      const { transactionId, number } = await scene.ask(ann);
      house.clock.advance(60);
      await scene.answer(device, { number });
      const { devices } = house.engine;
      expect(await isTold(devices.requestChanged(transactionId, patience()))).toBe(true);
      devices.stop();
    });

    it('is not told of what concerns others, nor of what is long known', async () => {
      const { transactionId } = await scene.ask(ann);
      await house.addUser('auth0|bob');
      const bobs = await scene.enrolDevice('auth0|bob');
      house.clock.advance(5);
      const { devices } = house.engine;
      const own = isTold(devices.requestChanged(transactionId, patience()));
      const ownDevice = isTold(devices.deviceChanged(device.deviceId, patience()));
      const { number } = await scene.ask('auth0|bob');
      await scene.answer(bobs, { number });
      expect(await Promise.all([own, ownDevice])).toEqual([false, false]);
      devices.stop();
    });

    it('waits no longer than the signal says', async () => {
      const { devices } = house.engine;
      const ended = new AbortController();
      const changed = isTold(devices.requestChanged('mtx_x', ended.signal));
      ended.abort();
      expect(await changed).toBe(true);
      expect(await isTold(devices.requestChanged('mtx_x', ended.signal))).toBe(true);
      devices.stop();
    });

    it('is let go when the server stops, and doesn’t spin after that', async () => {
      const { devices } = house.engine;
      const changed = isTold(devices.requestChanged('mtx_x', patience()));
      devices.stop();
      expect(await changed).toBe(true);
      const before = performance.now();
      await devices.requestChanged('mtx_x', patience());
      expect(performance.now() - before).toBeGreaterThan(900);
    });
  });

  it('one query at a time serves a thousand who wait, and none is made while nobody does', async () => {
    const looks = vi.spyOn(DeviceRequestStore.prototype, 'changedSince');
    try {
      const { devices } = house.engine;
      const ended = new AbortController();
      const waits = Array.from({ length: 1000 }, (_, i) =>
        i % 2
          ? devices.requestChanged(`mtx_${i}`, ended.signal)
          : devices.deviceChanged(`dev_${i}`, ended.signal),
      );
      await wait(1000);
      const during = looks.mock.calls.length;
      expect(during).toBeGreaterThan(1);
      expect(during).toBeLessThanOrEqual(5);
      ended.abort();
      await Promise.all(waits);
      await wait(400);
      const after = looks.mock.calls.length;
      await wait(700);
      expect(looks.mock.calls.length).toBe(after);
    } finally {
      looks.mockRestore();
    }
  });

  it('whoever waits looks for themselves where the database doesn’t answer', async () => {
    const looks = vi.spyOn(DeviceRequestStore.prototype, 'changedSince');
    looks.mockRejectedValue(new Error('lost'));
    try {
      const { devices } = house.engine;
      expect(await isTold(devices.requestChanged('mtx_x', patience()))).toBe(true);
      devices.stop();
    } finally {
      looks.mockRestore();
    }
  });
});
