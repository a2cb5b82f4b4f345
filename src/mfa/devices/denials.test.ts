import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  type DeviceScene,
  deviceScene,
  type EnrolledDevice,
  elsewhere,
} from '../../../test/support/deviceScene.ts';
import {
  beginToken,
  codeOf,
  context,
  createTestEngine,
  redeem,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { prune } from '../../database/prune.ts';

const ann = 'auth0|ann';
const hour = 3600;

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let scene: DeviceScene;
  let device: EnrolledDevice;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    scene = deviceScene(house);
    // Other budgets have tests of their own.
    await scene.allow({ sendsPerUser: 1000, sendsPerDevice: 1000 });
    await house.addUser(ann);
    device = await scene.enrolDevice(ann);
  });

  /** Somebody with the password asks from there, and the person says no. */
  async function deny(from = elsewhere, reason?: string) {
    const asked = await scene.ask(ann, from);
    const denial = { isAccepted: false, ...(reason === undefined ? {} : { reason }) };
    // The person's phone is somewhere else than whoever asks.
    await scene.answer(device, denial, context);
    return asked;
  }

  const ask = async (from = elsewhere) => (await scene.tryAsking(ann, from)).begun;

  describe('S-50 after a denial', () => {
    it('nobody asks for a minute, then for five, and after three in a row for a day', async () => {
      for (const pause of [60, 300, 24 * hour]) {
        await deny();
        expect(await ask()).toMatchObject({
          code: 'too_many_sends',
          factor: 'push-notification',
          throttle: { retryAfterSeconds: pause },
        });
        house.clock.advance(pause - 1);
        expect(await ask()).toMatchObject({ code: 'too_many_sends' });
        house.clock.advance(1);
      }
      // A day later the row begins anew.
      await deny();
      expect(await ask()).toMatchObject({ throttle: { retryAfterSeconds: 60 } });
    });

    it.each([
      ['S-46 S-77 browsers remembered before are forgotten where the sign-in wasn’t theirs', 'hack', 0],
      ['and stay remembered where it may have been', undefined, 1],
    ])('%s', async (_title, reason, left) => {
      await house.setTenant({ policy: 'always' });
      const asked = await scene.ask(ann);
      await scene.answer(device, { isAccepted: true, number: asked.number });
      const submission = { challenge: 'latest', proof: undefined } as const;
      expect((await house.engine.submit(asked.transactionId, submission, context)).outcome).toBe('satisfied');
      await house.engine.browsers.remember(asked.transactionId, context);
      expect(await house.engine.browsers.ofUser(ann)).toHaveLength(1);
      await deny(elsewhere, reason);
      expect(await house.engine.browsers.ofUser(ann)).toHaveLength(left);
    });

    it('and is told who asked, from where and for what, where the sign-in wasn’t theirs', async () => {
      await deny(elsewhere, 'hack');
      expect(house.notices.at(-1)).toMatchObject({
        template: 'push_denied',
        client: { name: 'Test application' },
        context: elsewhere,
        user: { id: ann },
      });
      const row = await house.database.db
        .selectFrom('logs')
        .select(['details', 'description'])
        .where('type', '=', 'gd_auth_rejected')
        .executeTakeFirstOrThrow();
      expect(row.description).toContain('not theirs');
      expect(JSON.parse(row.details)).toMatchObject({
        ...{ reason: 'hack', is_foreign: true, asked_from: elsewhere.ip },
        paused_until: new Date(house.clock.now + 60_000).toISOString(),
      });
    });

    it('no mail is sent where it was the person’s own mistake', async () => {
      await deny(elsewhere, 'mistake');
      expect(house.notices.map(({ template }) => template)).not.toContain('push_denied');
      expect(await house.eventTypes(ann)).toContain('gd_auth_rejected');
    });

    it('other factors stay usable, and a login by one ends the pause there', async () => {
      for (let i = 0; i < 3; i += 1) {
        await deny();
        house.clock.advance(300);
      }
      const { mfaToken, begun } = await scene.tryAsking(ann, elsewhere);
      expect(begun).toMatchObject({ code: 'too_many_sends' });
      const code = await codeOf(device.codes?.secret as string, house.clock.now);
      const events = { succeeded: 'seotpft', failed: 'feotpft' };
      const submission = { factor: 'otp', proof: code };
      const redemption = { mfaToken, clientId: 'client', submission, events };
      expect(await house.engine.redeem(redemption, elsewhere)).toMatchObject({ outcome: 'completed' });
      expect(await ask()).toMatchObject({ outcome: 'begun' });
    });

    it('an operator who unlocks the person ends the pause as well', async () => {
      await deny();
      await deny(context);
      await house.engine.unlockUser(ann, { kind: 'operator', id: 'op' }, context);
      expect(await ask()).toMatchObject({ outcome: 'begun' });
      expect(await ask(context)).toMatchObject({ outcome: 'begun' });
    });

    it('an approval ends the row', async () => {
      await deny();
      house.clock.advance(60);
      const { mfaToken, oobCode, number } = await scene.ask(ann, elsewhere);
      await scene.answer(device, { number });
      await scene.collect(mfaToken, oobCode, elsewhere);
      await deny();
      expect(await ask()).toMatchObject({ throttle: { retryAfterSeconds: 60 } });
    });
  });

  describe('S-19 who knows the password and makes the person deny', () => {
    it('takes nothing from them where they last signed in, wherever the requests came from', async () => {
      for (let i = 0; i < 3; i += 1) {
        await deny({ ip: `203.0.113.${i}`, userAgent: 'x' });
        house.clock.advance(300);
      }
      expect(await ask({ ip: '198.51.100.1', userAgent: 'x' })).toMatchObject({ code: 'too_many_sends' });
      const { mfaToken, oobCode, number } = await scene.ask(ann, context);
      await scene.answer(device, { number });
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ outcome: 'completed' });
      // And their login gives nothing back to whoever is elsewhere.
      expect(await ask()).toMatchObject({ code: 'too_many_sends' });
    });

    it('nor does a password alone end the pause', async () => {
      await deny();
      await beginToken(house, ann);
      await redeem(house, (await beginToken(house, ann)).mfaToken, '000000');
      expect(await ask()).toMatchObject({ code: 'too_many_sends' });
    });
  });

  it('a denial that is sent many times at once counts once', async () => {
    const { mfaToken, oobCode } = await scene.ask(ann, elsewhere);
    const { requestToken, challenge } = await scene.waiting(device);
    const deny = () => scene.send(requestToken, device.device, { challenge, isAccepted: false });
    const answers = await Promise.all(Array.from({ length: 5 }, deny));
    expect(answers.filter(({ outcome }) => outcome === 'recorded')).toHaveLength(1);
    const rows = await house.database.db.selectFrom('device_denials').select('denials').execute();
    expect(rows).toEqual([{ denials: 1 }]);
    expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'answer_denied' });
  });

  it('requests and denials are pruned once nobody can ask about them', async () => {
    const { db } = house.database;
    await deny();
    const left = async () => [
      (await db.selectFrom('device_requests').select('challenge_id').execute()).length,
      (await db.selectFrom('device_denials').select('key').execute()).length,
    ];
    await prune(db, () => house.clock.now);
    expect(await left()).toEqual([2, 1]);
    house.clock.advance(26 * hour);
    await prune(db, () => house.clock.now);
    expect(await left()).toEqual([0, 0]);
  });
});
