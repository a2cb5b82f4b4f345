import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { midday, playProvider } from '../../test/support/delivery.ts';
import { deliveryScene, refuse } from '../../test/support/deliveryScene.ts';
import { enqueueCode } from './codeMessages.ts';
import { DuplicateMessageError, enqueueEmail } from './messages.ts';

const number = '+4915112345678';

forEachDatabase((_engine, open) => {
  const scene = deliveryScene(open);
  const { both, drain, types, breakers } = scene;

  describe('a code', () => {
    it('is sent at once, once, and emptied', async () => {
      await scene.house.queueCode();
      await drain();
      await drain();
      const [row] = await scene.house.rows();
      expect(scene.primary.taken).toEqual([
        { id: row?.id, createdAt: midday, to: number, text: 'Your code is 123456.' },
      ]);
      expect(row).toMatchObject({
        status: 'sent',
        content_encrypted: '',
        attempts: 1,
        provider: 'first',
        provider_message_id: 'first-1',
        sent_at: midday,
        recipient_masked: 'XXXXXXXXXX5678',
      });
    });

    it('doesn’t exist when its transaction is rolled back', async () => {
      await expect(
        scene.database.transaction(async (trx) => {
          await enqueueCode(trx, scene.house.vault, () => midday, scene.house.code());
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');
      expect(await scene.house.rows()).toEqual([]);
    });

    it('has one message a challenge', async () => {
      await scene.house.queueCode({ challengeId: 'challenge' });
      await expect(scene.house.queueCode({ challengeId: 'challenge', code: '654321' })).rejects.toThrow(
        DuplicateMessageError,
      );
      await drain();
      expect(scene.primary.taken).toHaveLength(1);
    });

    it.each(['015112345678', '+49151 12345678', '+', '+4915112345678,+4915112345679', 'ann@example.com'])(
      'S-95 is not queued for %j, which is no number',
      async (to) => {
        await expect(scene.house.queueCode({ to })).rejects.toThrow(RangeError);
      },
    );

    it('goes before news that were there earlier', async () => {
      const mail = playProvider('email', 'mail', 1);
      for (let i = 0; i < 12; i += 1) {
        await scene.database.transaction((trx) =>
          enqueueEmail(trx, scene.house.vault, () => midday, {
            to: 'bob@example.com',
            template: 'mfa_reset',
            variables: { at: midday },
          }),
        );
      }
      scene.house.clock.now += 1000;
      await scene.house.queueCode({ channel: 'email', to: 'ann@example.com' });
      await scene.house.start([mail.route]).drain();
      expect(mail.taken[0]).toMatchObject({ to: 'ann@example.com' });
      expect(mail.taken).toHaveLength(13);
    });

    it('S-105 leaves number and code nowhere but sealed, waiting or sent', async () => {
      await scene.house.queueCode({ code: '314159' });
      const dump = async () =>
        JSON.stringify([await scene.house.rows(), await scene.house.events(), await breakers()]);
      expect(await dump()).not.toMatch(/314159|15112345678/);
      await drain();
      expect(await dump()).not.toMatch(/314159|15112345678/);
      scene.primary.answer = refuse('retry', 'http_503');
      await scene.house.queueCode({ code: '314159' });
      await scene.house.start([scene.primary.route]).drain();
      scene.house.clock.now += 300_000;
      await scene.house.start([scene.primary.route]).drain();
      expect(await types()).toContain('gd_send_sms_failure');
      expect(await dump()).not.toMatch(/314159|15112345678/);
    });

    it('is logged as sent with the outcome, under Auth0’s type', async () => {
      const call = playProvider('voice', 'caller');
      const mail = playProvider('email', 'mail');
      await scene.house.queueCode();
      await scene.house.queueCode({ channel: 'voice' });
      await scene.house.queueCode({ channel: 'email', to: 'ann@example.com' });
      await scene.house.start([scene.primary.route, call.route, mail.route]).drain();
      expect((await types()).sort()).toEqual(['gd_send_email', 'gd_send_sms', 'gd_send_voice']);
      const events = await scene.house.events();
      expect(events.find(({ type }) => type === 'gd_send_sms')).toMatchObject({
        user_id: 'auth0|ann',
        client_id: 'client',
        client_name: 'Shop',
        ip: '192.0.2.7',
        user_agent: 'test browser',
        details: {
          template: 'verification',
          attempts: 1,
          to: 'XXXXXXXXXX5678',
          provider: 'first',
          provider_message_id: 'first-1',
        },
      });
    });
  });

  describe('a dead code', () => {
    it('is dropped unsent and logged, whoever could have sent it', async () => {
      await scene.house.queueCode();
      scene.house.clock.now += 300_000;
      await Promise.all([drain(), drain()]);
      expect(scene.primary.offered).toEqual([]);
      expect(await scene.house.rows()).toMatchObject([{ status: 'dead', content_encrypted: '' }]);
      expect(await scene.house.events()).toMatchObject([
        { type: 'gd_send_sms_failure', client_name: 'Shop', details: { reason: 'expired' } },
      ]);
    });

    it('among hundreds is found', async () => {
      for (let i = 0; i < 120; i += 1) await scene.house.queueCode();
      scene.house.clock.now += 300_000;
      await drain();
      expect(new Set((await scene.house.rows()).map(({ status }) => status))).toEqual(new Set(['dead']));
      expect(await scene.house.events()).toHaveLength(120);
    });
  });

  describe('a code that was replaced while it waited', () => {
    it('S-08 is dropped unsent and logged, and the newer one leaves', async () => {
      const outcomes: string[] = [];
      await scene.house.queueCode({ challengeId: 'earlier' });
      await scene.house.queueCode({ challengeId: 'later', code: '654321' });
      await scene.house
        .start(both(), {
          findVoidCodes: async (_trx, ids) => new Set(ids.filter((id) => id === 'earlier')),
          onOutcome: ({ outcome }) => void outcomes.push(outcome),
        })
        .drain();
      expect(scene.primary.offered).toMatchObject([{ text: 'Your code is 654321.' }]);
      expect(await scene.house.rows()).toMatchObject([
        { challenge_id: 'earlier', status: 'dead', last_error: 'code_void', content_encrypted: '' },
        { challenge_id: 'later', status: 'sent' },
      ]);
      expect(await scene.house.events()).toMatchObject([
        { type: 'gd_send_sms_failure', client_name: 'Shop', details: { reason: 'code_void' } },
        { type: 'gd_send_sms' },
      ]);
      expect(outcomes).toEqual(['dead', 'sent']);
    });

    it('is dropped before its next try, too, and keeps no other from its turn', async () => {
      const ofNoUse = new Set<string>();
      const node = scene.house.start([scene.primary.route], { findVoidCodes: async () => ofNoUse });
      scene.primary.answer = refuse('retry', 'http_503');
      await scene.house.queueCode({ challengeId: 'earlier' });
      await node.drain();
      ofNoUse.add('earlier');
      scene.house.clock.now += 1000;
      await node.drain();
      expect(scene.primary.offered).toHaveLength(1);
      expect(await scene.house.rows()).toMatchObject([{ status: 'dead', last_error: 'code_void' }]);
    });
  });
});
