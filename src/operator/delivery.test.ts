import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, operator, type TestConsole } from '../../test/support/operatorConsole.ts';
import { noteFailure } from '../delivery/breaker.ts';
import { enqueueCode } from '../delivery/codeMessages.ts';
import { storeProvider } from '../delivery/providerStore.ts';
import { enqueuePush } from '../delivery/push/pushMessages.ts';
import { samplePushRequest } from '../delivery/templates/sampleMessages.ts';

forEachDatabase((_engine, open) => {
  describe('delivery in the console', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let browser: FormBrowser;
    const get = async (path: string) => (await browser.get(path)).body;
    const rows = (body: string) => body.match(/<th scope="row"[^>]*><time/g)?.length ?? 0;

    /** Has the server send so many codes to its outbox, each for a challenge that awaits it. */
    async function send(count: number): Promise<void> {
      const { database, vault, clock } = house.house;
      const transaction = await database.db
        .selectFrom('mfa_transactions')
        .select('id')
        .executeTakeFirstOrThrow();
      await database.db
        .updateTable('mfa_transactions')
        .set({ state: 'challenged', expires_at: clock() + 300_000 })
        .where('id', '=', transaction.id)
        .execute();
      for (let i = 0; i < count; i += 1) {
        await database.transaction(async (trx) => {
          await trx
            .insertInto('challenges')
            .values({
              id: `challenge-${i}`,
              transaction_id: transaction.id,
              user_id: 'auth0|ann',
              method_id: 'phone',
              factor: 'phone',
              channel: 'sms',
              token_hash: `hash-${i}`,
              state_encrypted: '',
              attempts: 0,
              created_at: clock(),
              expires_at: clock() + 300_000,
              consumed_at: null,
            })
            .execute();
          await enqueueCode(trx, vault, clock, {
            channel: 'sms',
            to: '+4915112345678',
            userId: 'auth0|ann',
            purpose: 'verification',
            code: '314159',
            clientName: 'Shop',
            requestInfo: { ip: '192.0.2.7', userAgent: 'test' },
            challengeId: `challenge-${i}`,
            expiresAt: clock() + 300_000,
          });
        });
      }
      await house.outbox('nobody@example.com');
    }

    beforeAll(async () => {
      house = await start();
      await house.addOperator();
      ({ browser } = await house.signIn());
      await house.outbox(operator.email);
      await house.house.database.db.deleteFrom('messages').execute();
    });

    it('says that nothing is set, and how to set it', async () => {
      const body = await get('/operator/delivery');
      expect(body).toContain('None is set.');
      const outbox = '<a href="/dev/outbox">the outbox</a>';
      const pushes = 'pushes to Apple devices and pushes to Android devices';
      expect(body).toContain(`Without a provider, texts, calls, e-mails, ${pushes} go to ${outbox}.`);
      expect(body).toContain(
        'Without a provider, web pushes go to the push services that the browsers named.',
      );
      expect(body).toContain('countersign provider set');
      expect(body).toContain('No messages.');
    });

    it('shows a request to a device, masked, and narrows the list to its channel', async () => {
      const { database, vault, clock } = house.house;
      await database.transaction((trx) =>
        enqueuePush(trx, vault, clock, {
          ...samplePushRequest({ channel: 'fcm', target: 'canary-registration-token-x7_Q' }),
          challengeId: 'challenge-push',
          expiresAt: clock() + 120_000,
        }),
      );
      const body = await get('/operator/delivery?channel=fcm');
      expect(body).toContain('Push to Android device');
      expect(body).toContain('…x7_Q');
      expect(body).toContain('push_request');
      expect(body).not.toContain('canary');
      expect(await get('/operator/delivery?channel=apns')).toContain('No messages.');
      await database.db.deleteFrom('messages').execute();
    });

    it('shows each message with what became of it, newest first, a page at a time', async () => {
      await send(52);
      const { db } = house.house.database;
      const sent = db.updateTable('messages').where('challenge_id', '=', 'challenge-0');
      await sent
        .set({ provider: 'twilio', provider_message_id: 'SM1', cost_amount: '0.0075', cost_currency: 'USD' })
        .execute();
      const refused = db.updateTable('messages').where('challenge_id', '=', 'challenge-51');
      await refused.set({ status: 'failed', last_error: '21211' }).execute();
      const first = await get('/operator/delivery');
      expect(rows(first)).toBe(50);
      expect(first).toContain('21211');
      const older = /href="(\/operator\/delivery\?[^"]*before=[^"]+)"/.exec(first)?.[1] ?? '';
      const second = await get(older.replaceAll('&amp;', '&'));
      expect(rows(second)).toBe(2);
      for (const text of ['twilio', 'SM1', '0.0075 USD', '0.0 s']) expect(second).toContain(text);
    });

    it('S-08 drops a code that nobody awaits any more, and says that it came too late', async () => {
      const { database, vault, clock } = house.house;
      await database.transaction((trx) =>
        enqueueCode(trx, vault, clock, {
          channel: 'voice',
          to: '+4915112345678',
          userId: 'auth0|ann',
          purpose: 'verification',
          code: '314159',
          clientName: 'Shop',
          requestInfo: { ip: '192.0.2.7', userAgent: 'test' },
          challengeId: 'replaced',
          expiresAt: clock() + 300_000,
        }),
      );
      await house.outbox('nobody@example.com');
      expect(await get('/operator/delivery?channel=voice')).toMatch(/too late.*code_void/s);
    });

    it('narrows by channel, status and user', async () => {
      expect(rows(await get('/operator/delivery?status=failed'))).toBe(1);
      expect(rows(await get('/operator/delivery?channel=email'))).toBe(0);
      expect(rows(await get('/operator/delivery?user=auth0%7Cann&status=failed&channel=sms'))).toBe(1);
      expect(rows(await get('/operator/delivery?user=nobody'))).toBe(0);
    });

    it('S-105 shows neither number nor code nor credentials', async () => {
      const { database, vault, clock } = house.house;
      const { id } = await database.transaction((trx) =>
        storeProvider(trx, vault, clock, {
          channel: 'sms',
          role: 'primary',
          name: 'twilio',
          settings: {},
          credentials: { authToken: 'canary-token' },
        }),
      );
      for (let i = 0; i < 5; i += 1) {
        await database.transaction((trx) =>
          noteFailure(trx, clock, { id, name: 'twilio', channel: 'sms' }, 'http_503'),
        );
      }
      const body = await get('/operator/delivery');
      expect(body).toMatch(/paused.*http_503/s);
      expect(body).toContain('XXXXXXXXXX5678');
      expect(body).not.toMatch(/15112345678|314159|canary-token/);
    });
  });
});
