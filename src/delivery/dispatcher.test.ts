import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../../test/support/databases.ts';
import { generateMasterKey } from '../crypto/masterKey.ts';
import { openVault, type Vault } from '../crypto/vault.ts';
import { openDatabase } from '../database/database.ts';
import type { Mail } from './channel.ts';
import { type Dispatcher, type DispatcherParts, startDispatcher } from './dispatcher.ts';
import { enqueueEmail } from './messages.ts';
import { DeliveryError } from './providers/provider.ts';
import { enqueueRequest } from './requests.ts';
import type { Route } from './route.ts';
import { createEmailRenderer } from './templates/renderEmail.ts';

const publicUrl = 'https://login.example.com/';
const render = createEmailRenderer({ publicUrl, sender: async () => ({ friendlyName: 'Acme' }) });
const masterKey = generateMasterKey();

const wordCode = () => Promise.reject(new Error('no codes here'));
const wordPush = () => Promise.reject(new Error('no requests to devices here'));

forEachDatabase((_engine, open) => {
  let database: TestDatabase;
  let vault: Vault;
  let now: number;
  const clock = () => now;
  const sent: Mail[] = [];
  let answer: (mail: Mail) => Promise<void>;
  let faults: unknown[];

  const route: Route<'email'> = {
    id: 'test',
    name: 'test',
    channel: 'email',
    concurrency: 10,
    isWatched: false,
    keepsContent: false,
    async send(mail) {
      await answer(mail);
      sent.push(mail);
      return {};
    },
  };
  const start = (changes: Partial<DispatcherParts> = {}): Dispatcher =>
    startDispatcher({
      database,
      vault,
      clock,
      routes: async () => [route],
      render,
      wordCode,
      wordPush,
      handlers: {},
      onFault: (fault) => faults.push(fault),
      pollMs: 0,
      ...changes,
    });
  const enqueue = (to = 'ann@example.com', lifetimeSeconds = 3600, path = '/u/reset?ticket=canary') =>
    database.transaction((trx) =>
      enqueueEmail(trx, vault, clock, {
        to,
        userId: 'auth0|1',
        template: 'reset_email',
        variables: { path, lifetimeSeconds },
      }),
    );
  const rows = () => database.db.selectFrom('messages').selectAll().orderBy('id').execute();
  const logs = () => database.db.selectFrom('logs').selectAll().execute();

  beforeEach(async () => {
    database = await open();
    now = Date.UTC(2026, 0, 15, 12);
    vault = await openVault(database, masterKey, clock);
    sent.length = 0;
    faults = [];
    answer = async () => {};
  });

  it('sends what was committed, once, and empties it', async () => {
    await enqueue();
    const dispatcher = start();
    await dispatcher.drain();
    await dispatcher.drain();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: 'ann@example.com', subject: 'Choose a new password for Acme' });
    expect(await rows()).toMatchObject([
      { status: 'sent', content_encrypted: '', sent_at: now, attempts: 1 },
    ]);
  });

  it('sends nothing of a transaction that was rolled back', async () => {
    await expect(
      database.transaction(async (trx) => {
        await enqueueEmail(trx, vault, clock, {
          to: 'ann@example.com',
          template: 'mfa_reset',
          variables: { at: now },
        });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await start().drain();
    expect(sent).toEqual([]);
  });

  it('S-105 keeps recipients and links sealed while they wait', async () => {
    await enqueue();
    const dump = JSON.stringify(await rows());
    expect(dump).not.toContain('ann@example.com');
    expect(dump).not.toContain('canary');
  });

  it('S-103 opens no content that was moved to another message', async () => {
    await enqueue('ann@example.com');
    await enqueue('bob@example.com');
    const [ann, bob] = await rows();
    await database.db
      .updateTable('messages')
      .set({ content_encrypted: ann?.content_encrypted ?? '' })
      .where('id', '=', bob?.id ?? '')
      .execute();
    await start().drain();
    expect(sent.map(({ to }) => to)).toEqual(['ann@example.com']);
  });

  describe('failures', () => {
    it('tries again later, more patiently each time, and gives up in the end', async () => {
      answer = () => Promise.reject(new DeliveryError('retry', 'ECONNREFUSED'));
      await enqueue('ann@example.com', 24 * 3600);
      const dispatcher = start();
      const tries: number[] = [];
      for (let i = 0; i < 20; i += 1) {
        await dispatcher.drain();
        const [row] = await rows();
        if (row?.status !== 'queued') break;
        tries.push((row.next_attempt_at - now) / 1000);
        now = row.next_attempt_at;
      }
      expect(tries).toEqual([5, 30, 120, 600, 1800, 3600, 7200, 14_400]);
      expect(await rows()).toMatchObject([
        { status: 'failed', content_encrypted: '', last_error: 'ECONNREFUSED' },
      ]);
      const [event] = await logs();
      expect(event).toMatchObject({ type: 'fn', user_id: 'auth0|1' });
      expect(JSON.parse(event?.details ?? '')).toEqual({
        template: 'reset_email',
        attempts: 9,
        to: 'a***@example.com',
        provider: 'test',
        reason: 'ECONNREFUSED',
      });
      expect(JSON.stringify(event)).not.toMatch(/canary|ann@example/);
    });

    it('doesn’t try before the time has come', async () => {
      let tries = 0;
      answer = async () => {
        tries += 1;
        throw new Error('no');
      };
      await enqueue();
      const dispatcher = start();
      await dispatcher.drain();
      now += 4999;
      await dispatcher.drain();
      expect(tries).toBe(1);
      now += 1;
      await dispatcher.drain();
      expect(tries).toBe(2);
    });

    it('recovers when the server does', async () => {
      answer = () => Promise.reject(new Error('no'));
      await enqueue();
      const dispatcher = start();
      await dispatcher.drain();
      answer = async () => {};
      now += 5000;
      await dispatcher.drain();
      expect(sent).toHaveLength(1);
      expect(await logs()).toEqual([]);
    });

    it('gives up at once what the receiver refused for good', async () => {
      answer = () => Promise.reject(new DeliveryError('final', 'refused'));
      await enqueue();
      await start().drain();
      expect(await rows()).toMatchObject([{ status: 'failed', attempts: 1 }]);
      expect(await logs()).toHaveLength(1);
    });

    it('gives up a message whose link has expired', async () => {
      await enqueue('ann@example.com', 600);
      now += 600_000;
      await start().drain();
      expect(sent).toEqual([]);
      expect(await rows()).toMatchObject([{ status: 'dead', last_error: 'expired', content_encrypted: '' }]);
      expect(await logs()).toMatchObject([{ type: 'fn' }]);
    });

    it('S-85 gives up a message whose link leads elsewhere', async () => {
      await enqueue('ann@example.com', 600, 'https://evil.example/u/reset');
      await start().drain();
      expect(sent).toEqual([]);
      expect(await rows()).toMatchObject([{ status: 'failed' }]);
    });

    it('one that fails doesn’t hold up the others', async () => {
      answer = async (mail) => {
        if (mail.to === 'bad@example.com') throw new Error('no');
      };
      await enqueue('bad@example.com');
      for (let i = 0; i < 25; i += 1) await enqueue(`user${i}@example.com`);
      await start().drain();
      expect(new Set(sent.map(({ to }) => to)).size).toBe(25);
    });
  });

  describe('several processes', () => {
    it('S-109 a message whose process died is taken over after the lease, under the same id', async () => {
      await enqueue();
      let isHandedOver = false;
      answer = () => {
        isHandedOver = true;
        return new Promise(() => {});
      };
      start()
        .drain()
        // It gives the provider up after half a minute, when its database may be closed.
        .catch(() => {});
      await expect.poll(() => isHandedOver).toBe(true);
      answer = async () => {};
      const other = start();
      await other.drain();
      expect(sent).toEqual([]);
      now += 2 * 60 * 1000;
      await other.drain();
      expect(sent).toHaveLength(1);
      expect(await rows()).toMatchObject([{ id: sent[0]?.id, status: 'sent', attempts: 2 }]);
    });

    it('a try that comes back after its lease changes nothing any more', async () => {
      await enqueue();
      let fail: ((error: Error) => void) | undefined;
      answer = () => new Promise((_resolve, reject) => (fail = reject));
      const slow = start().drain();
      await expect.poll(() => fail).toBeDefined();
      now += 2 * 60 * 1000;
      answer = async () => {};
      await start().drain();
      fail?.(new Error('late'));
      await slow;
      expect(await rows()).toMatchObject([{ status: 'sent', attempts: 2 }]);
      expect(await logs()).toEqual([]);
    });

    it('share the queue without sending anything twice', async () => {
      const another = await openDatabase(database.target);
      try {
        for (let i = 0; i < 60; i += 1) await enqueue(`user${i}@example.com`);
        answer = () => sleep(1);
        const dispatchers = [start(), start(), start({ database: another })];
        await Promise.all(dispatchers.map((dispatcher) => dispatcher.drain()));
        const addressees = sent.map(({ to }) => to);
        expect(addressees).toHaveLength(60);
        expect(new Set(addressees).size).toBe(60);
      } finally {
        await another.close();
      }
    });
  });

  describe('requests', () => {
    const ask = (data: unknown) =>
      database.transaction((trx) => enqueueRequest(trx, vault, clock, { kind: 'greet', data }));
    const greet = {
      greet: async (trx: Parameters<typeof enqueueEmail>[0], data: unknown) => {
        await enqueueEmail(trx, vault, clock, {
          to: data as string,
          template: 'mfa_reset',
          variables: { at: now },
        });
      },
    };

    it('are handled, and what they queue is sent in the same go', async () => {
      await ask('ann@example.com');
      await start({ handlers: greet }).drain();
      expect(sent.map(({ to }) => to)).toEqual(['ann@example.com']);
      expect((await rows()).map(({ status, content_encrypted }) => [status, content_encrypted])).toEqual([
        ['sent', ''],
        ['sent', ''],
      ]);
    });

    it('are handled exactly once by several processes', async () => {
      for (let i = 0; i < 30; i += 1) await ask(`user${i}@example.com`);
      await Promise.all([start({ handlers: greet }).drain(), start({ handlers: greet }).drain()]);
      expect(new Set(sent.map(({ to }) => to)).size).toBe(30);
      expect(sent).toHaveLength(30);
    });

    it('leave nothing behind when they fail, and are tried again', async () => {
      let isBroken = true;
      const handlers = {
        greet: async (trx: Parameters<typeof enqueueEmail>[0], data: unknown) => {
          await greet.greet(trx, data);
          if (isBroken) throw new Error('half-way');
        },
      };
      await ask('ann@example.com');
      const dispatcher = start({ handlers });
      await dispatcher.drain();
      expect(sent).toEqual([]);
      expect(await rows()).toMatchObject([{ status: 'queued', last_error: 'half-way' }]);
      isBroken = false;
      now += 5000;
      await dispatcher.drain();
      expect(sent).toHaveLength(1);
    });

    it('of an unknown kind are given up', async () => {
      await ask('ann@example.com');
      await start().drain();
      expect(await rows()).toMatchObject([{ status: 'failed', last_error: 'no handler for greet' }]);
    });
  });

  describe('running', () => {
    it('is kicked, and polls', async () => {
      const dispatcher = start({ pollMs: 20 });
      await enqueue();
      dispatcher.kick();
      await expect.poll(() => sent.length).toBe(1);
      await enqueue();
      await expect.poll(() => sent.length).toBe(2);
      await dispatcher.stop();
      expect(faults).toEqual([]);
    });

    it('S-83 lets the answer leave before it looks', async () => {
      await enqueue();
      const dispatcher = start();
      dispatcher.kick();
      await new Promise((resolve) => setImmediate(resolve));
      expect(await rows()).toMatchObject([{ status: 'queued' }]);
      await expect.poll(() => sent.length).toBe(1);
    });

    it('stops after what it is at, and the rest waits for the next start', async () => {
      for (let i = 0; i < 25; i += 1) await enqueue();
      let release = () => {};
      const gate = new Promise<void>((resolve) => (release = resolve));
      let handedOver = 0;
      answer = () => {
        handedOver += 1;
        return gate;
      };
      const dispatcher = start();
      dispatcher.kick();
      await expect.poll(() => handedOver, { timeout: 10_000 }).toBe(10);
      const stopped = dispatcher.stop();
      release();
      await stopped;
      expect(sent).toHaveLength(10);
      dispatcher.kick();
      await sleep(100);
      expect(sent).toHaveLength(10);
      await start().drain();
      expect(new Set(sent.map(({ id }) => id)).size).toBe(25);
      expect(sent).toHaveLength(25);
    });

    it('tells of a fault of the queue and goes on', async () => {
      const broken = { ...database, db: undefined as never };
      const dispatcher = start({ database: broken });
      dispatcher.kick();
      await expect.poll(() => faults.length).toBe(1);
      dispatcher.kick();
      await expect.poll(() => faults.length).toBe(2);
    });
  });
});
