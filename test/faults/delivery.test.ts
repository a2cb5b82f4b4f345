import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse, deliveryKey, playProvider } from '../support/delivery.ts';

const killWorker = new URL('deliveryKillWorker.ts', import.meta.url);
const drainWorker = new URL('deliveryDrainWorker.ts', import.meta.url);
const minute = 60_000;

forEachDatabase((engine, open) => {
  let database: TestDatabase;
  let house: DeliveryHouse;

  beforeEach(async () => {
    database = await open();
    house = await createDeliveryHouse(database);
  });

  afterEach(() => house.stop());

  describe('a process that sends, killed at any statement', () => {
    it('S-109 sends no text twice, loses none unlogged, and repeats e-mails and pushes under one id', {
      timeout: 400_000,
    }, async () => {
      const { told } = await runKilledAt(0);
      const total = Number(told.statements?.[0]);
      expect(total).toBeGreaterThan(20);
      let interrupted = 0;
      for (let point = 1; point <= total; point += 1) {
        const when = `at ${point} of ${total} statements`;
        const { offered } = await runKilledAt(point);
        const { rows, again } = await recover();
        const offers = (id: string) => [...offered, ...again].filter((other) => other === id).length;
        for (const { id, channel, status } of rows) {
          expect(['sent', 'failed'], when).toContain(status);
          if (repeatable.includes(channel)) expect([status, offers(id) > 0], when).toEqual(['sent', true]);
          else if (status === 'sent') expect(offers(id), when).toBe(1);
          else expect(offers(id), when).toBeLessThan(2);
          if (status === 'failed') interrupted += 1;
        }
        const types = (await house.events()).map(({ type }) => type).sort();
        const expected = rows.map(
          ({ channel, status }) =>
            `gd_send_${channel === 'fcm' ? 'pn' : channel}${status === 'failed' ? '_failure' : ''}`,
        );
        expect(types, when).toEqual(expected.sort());
      }
      // Some were killed between the mark and the result; most were not.
      expect(interrupted).toBeGreaterThan(0);
      expect(interrupted).toBeLessThan(total);
    });
  });

  describe('a provider that never answers', () => {
    it('S-93 is given up after ten seconds and then left alone, while the other one takes what comes', {
      timeout: 60_000,
    }, async () => {
      const silent = playProvider('sms', 'silent');
      const other = playProvider('sms', 'other');
      silent.answer = () => new Promise(() => {});
      for (let i = 0; i < 10; i += 1) await house.queueCode();
      const dispatcher = house.start([silent.route, other.route]);
      const start = performance.now();
      const jam = dispatcher.drain();
      await expect.poll(() => silent.offered.length).toBe(10);
      await house.queueCode({ userId: 'auth0|bob' });
      void dispatcher.drain();
      await expect.poll(() => other.taken.length).toBe(1);
      await jam;
      expect(performance.now() - start).toBeLessThan(15_000);
      await house.queueCode({ userId: 'auth0|cleo' });
      await dispatcher.drain();
      expect([silent.offered.length, other.taken.length]).toEqual([10, 2]);
      const { length } = (await house.rows()).filter(({ last_error }) => last_error === 'timeout');
      expect(length).toBe(10);
    });
  });

  // PostgreSQL is where that many wait; its driver and ours are what could keep them.
  const many = engine === 'postgres' ? 10_000 : 3000;

  describe(`${many} messages`, () => {
    it('drain at the provider’s speed, each once, in flat memory', { timeout: 300_000 }, async () => {
      const output = await run(drainWorker, ['--expose-gc'], [String(many)]);
      const { sent, distinct, mostInHand, growthMegabytes, seconds } = JSON.parse(output) as Record<
        string,
        number
      >;
      expect([sent, distinct, mostInHand]).toEqual([many, many, 10]);
      expect(growthMegabytes, `after ${seconds} s on ${engine}`).toBeLessThan(40);
    });
  });

  const repeatable = ['email', 'fcm'];

  /** Queues two texts, an e-mail and a push and lets a process send them until it dies. */
  async function runKilledAt(point: number): Promise<{ told: Record<string, string[]>; offered: string[] }> {
    await database.db.deleteFrom('messages').execute();
    await database.db.deleteFrom('logs').execute();
    await house.queueCode();
    await house.queueCode();
    await house.queueCode({ channel: 'email', to: 'ann@example.com' });
    await house.queuePush({ expiresAt: house.clock.now + 5 * minute });
    const output = await run(killWorker, [], [String(house.clock.now), String(point)]);
    const told: Record<string, string[]> = {};
    for (const line of output.split('\n').filter(Boolean)) {
      const [event, value] = line.split(' ') as [string, string];
      told[event] = [...(told[event] ?? []), value];
    }
    // Who lives sent fewer statements this time: how often the queue is looked at depends on what ends first.
    if (point > 0) expect(Number(told.statements?.[0] ?? 0)).toBeLessThan(point);
    return { told, offered: told.offered ?? [] };
  }

  /** Another process takes over once the lease is over. */
  async function recover() {
    house.clock.now += 2 * minute;
    const sms = playProvider('sms', 'sms');
    const mail = playProvider('email', 'mail');
    const push = playProvider('fcm', 'push');
    const dispatcher = house.start([sms.route, mail.route, push.route]);
    // PostgreSQL may still be at the last words of the one that died.
    await expect
      .poll(async () => {
        await dispatcher.drain();
        return (await house.rows()).filter(({ status }) => ['queued', 'sending'].includes(status));
      })
      .toEqual([]);
    const taken = [...sms.taken, ...mail.taken, ...push.taken];
    return { rows: await house.rows(), again: taken.map(({ id }) => id) };
  }

  async function run(file: URL, flags: string[], values: string[]): Promise<string> {
    const child = spawn(process.execPath, [
      ...flags,
      fileURLToPath(file),
      JSON.stringify(database.target),
      deliveryKey.toString('base64'),
      ...values,
    ]);
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    const ended = await new Promise<[number | null, string | null]>((resolve) => {
      child.on('close', (...how) => resolve(how));
    });
    expect([[0, null] as unknown, [null, 'SIGKILL']], errors).toContainEqual(ended);
    return output;
  }
});
