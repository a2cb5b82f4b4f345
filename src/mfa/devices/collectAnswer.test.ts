import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  answerAudience,
  type DeviceScene,
  deviceScene,
  type EnrolledDevice,
} from '../../../test/support/deviceScene.ts';
import {
  beginToken,
  codeOf,
  context,
  createTestEngine,
  redeem,
  type TestEngine,
} from '../../../test/support/engine.ts';

const ann = 'auth0|ann';
const bob = 'auth0|bob';
const mailed = { service: 'GCM', token: `fcm-${'T0ken_'.repeat(12)}:APA91b` };

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let scene: DeviceScene;
  let device: EnrolledDevice;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    scene = deviceScene(house);
    await scene.allow();
    await house.addUser(ann);
    await house.addUser(bob);
    device = await scene.enrolDevice(ann);
  });

  const approve = (number: string, of = device) => scene.answer(of, { number });

  describe('a request', () => {
    it('S-14 lets in by the recorded approval alone, once', async () => {
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'answer_pending' });
      expect(await approve(number)).toEqual({ outcome: 'recorded', answer: 'approved' });
      const results = await Promise.all([1, 2, 3].map(() => scene.collect(mfaToken, oobCode)));
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['completed', 'refused', 'refused']);
      expect(results).toContainEqual(
        expect.objectContaining({
          proofs: [expect.anything(), expect.objectContaining({ channel: 'auth0' })],
        }),
      );
      const told = await house.eventTypes(ann);
      expect(told.filter((type) => type === 'gd_auth_succeed')).toHaveLength(1);
      expect(told).toContain('seoobft');
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'expired_token' });
    });

    it('S-14 is answered by nothing that is handed in where it is collected', async () => {
      const { mfaToken, oobCode, number, transactionId } = await scene.ask(ann);
      const { challenge } = await scene.waiting(device);
      const jws = device.device.answer({ challenge, number, audience: answerAudience });
      for (const proof of ['', number, jws, 'approved', true, { answer: 'approved' }, undefined]) {
        const submission = { challenge: { oobCode }, proof };
        const events = { succeeded: 'seoobft', failed: 'feoobft' };
        const redeemed = await house.engine.redeem(
          { mfaToken, clientId: 'client', submission, events },
          context,
        );
        expect(redeemed).toMatchObject({ code: 'answer_pending' });
        const named = { factor: 'push-notification', proof };
        expect(await house.engine.submit(transactionId, named, context)).toMatchObject({
          code: 'malformed_proof',
        });
      }
      expect(await house.engine.complete(transactionId)).toMatchObject({ outcome: 'refused' });
    });

    it('tells the device who asks, and not which number it is', async () => {
      const { number } = await scene.ask(ann, { ip: '203.0.113.9', userAgent: 'Firefox' });
      const request = await scene.waiting(device);
      expect(request).toMatchObject({
        application: 'Test application',
        ip: '203.0.113.9',
        userAgent: 'Firefox',
        createdAt: house.clock.now,
        expiresAt: house.clock.now + 120_000,
        numberLength: 2,
        consentId: expect.stringMatching(/^cns_/),
      });
      expect(request.numberChoices).toContain(number);
      expect(request).not.toHaveProperty('number');
    });

    it('is sent to the device’s push service in the transaction that makes it', async () => {
      const { deviceId } = device;
      const change = { push_credentials: mailed };
      await house.engine.devices.update(scene.bearerOf(device), change, context);
      await scene.ask(ann);
      const request = await scene.waiting(device);
      expect(house.pushes).toMatchObject([
        {
          ...{ channel: 'fcm', target: mailed.token, userId: ann, deviceId, client: { id: 'client' } },
          ...{ methodId: `push|${deviceId}`, consentId: request.consentId, challenge: request.challenge },
          ...{ requestToken: request.requestToken, context, createdAt: house.clock.now },
          expiresAt: house.clock.now + 120_000,
        },
      ]);
    });

    it('keeps only a hash of its bearer where it is looked up', async () => {
      await scene.ask(ann);
      const { requestToken } = await scene.waiting(device);
      const { db } = house.database;
      const rows = [
        await db.selectFrom('device_requests').selectAll().execute(),
        await db.selectFrom('challenges').selectAll().execute(),
      ];
      expect(JSON.stringify(rows)).not.toContain(requestToken);
    });

    it('S-37 S-54 is collected by the login that it is for, and no other', async () => {
      const { oobCode, number } = await scene.ask(ann);
      const foreign = await beginToken(house, ann);
      const bobs = await scene.enrolDevice(bob).then(() => beginToken(house, bob));
      await approve(number);
      for (const { mfaToken, transactionId } of [foreign, bobs]) {
        expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'wrong_challenge' });
        const latest = { challenge: 'latest', proof: undefined } as const;
        expect(await house.engine.submit(transactionId, latest, context)).toMatchObject({
          code: 'wrong_challenge',
        });
        expect(await house.engine.devices.standing(transactionId)).toBeUndefined();
      }
    });

    it('that was approved in its last second is still collected a little later, and no later', async () => {
      const first = await scene.ask(ann);
      house.clock.advance(119);
      await approve(first.number);
      house.clock.advance(50);
      expect(await scene.collect(first.mfaToken, first.oobCode)).toMatchObject({ outcome: 'completed' });
      const second = await scene.ask(ann);
      await approve(second.number);
      house.clock.advance(121);
      expect(await scene.collect(second.mfaToken, second.oobCode)).toMatchObject({
        code: 'challenge_expired',
      });
    });

    it('S-28 that was approved lets nobody in who was blocked, locked or unenrolled since', async () => {
      const one = await scene.ask(ann);
      await approve(one.number);
      await house.setTenant({ secondFactorLock: { failures: 1, minutes: [15] } });
      await redeem(house, (await beginToken(house, ann)).mfaToken, '000000');
      expect(await scene.collect(one.mfaToken, one.oobCode)).toMatchObject({ code: 'locked' });
      await house.engine.unlockUser(ann, { kind: 'operator', id: 'op' }, context);
      await house.setTenant({ factors: { otp: { enabled: true } } });
      expect(await scene.collect(one.mfaToken, one.oobCode)).toMatchObject({ code: 'factor_disabled' });
      await scene.allow();
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', ann).execute();
      expect(await scene.collect(one.mfaToken, one.oobCode)).toMatchObject({ code: 'not_allowed' });
      await house.database.db.updateTable('users').set({ blocked: 0 }).where('id', '=', ann).execute();
      await house.engine.devices.remove(scene.bearerOf(device), context);
      expect(await scene.collect(one.mfaToken, one.oobCode)).toMatchObject({ outcome: 'refused' });
    });
  });

  describe('S-50 one request waits for a person', () => {
    it('a new one takes the place of the one before, and tells so', async () => {
      const first = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      const second = await scene.ask(ann);
      expect((await scene.waiting(device)).requestToken).not.toBe(requestToken);
      const late = { challenge, number: first.number };
      expect(await scene.send(requestToken, device.device, late)).toMatchObject({ code: 'request_over' });
      expect(await scene.collect(first.mfaToken, first.oobCode)).toMatchObject({ code: 'answer_replaced' });
      // And once more, since it may have been asked by another of its pages.
      expect(await scene.collect(first.mfaToken, first.oobCode)).toMatchObject({ code: 'answer_replaced' });
      expect(await house.engine.devices.standing(first.transactionId)).toMatchObject({ state: 'replaced' });
      await approve(second.number);
      expect(await scene.collect(second.mfaToken, second.oobCode)).toMatchObject({ outcome: 'completed' });
    });

    it('what the person approved doesn’t count against the next one, what they left alone does', async () => {
      for (let i = 0; i < 20; i += 1) {
        const asked = await scene.ask(ann);
        await approve(asked.number);
        expect(await scene.collect(asked.mfaToken, asked.oobCode)).toMatchObject({ outcome: 'completed' });
      }
      for (let i = 0; i < 3; i += 1) await scene.ask(ann);
      expect((await scene.tryAsking(ann)).begun).toMatchObject({ code: 'too_many_sends' });
    });

    it('of many that are made at the same time as well', async () => {
      await scene.allow({ sendsPerUser: 100 });
      await Promise.all(Array.from({ length: 8 }, () => scene.ask(ann)));
      const waiting = await house.database.db
        .selectFrom('device_requests')
        .select('challenge_id')
        .where('user_id', '=', ann)
        .where('answer', 'is', null)
        .execute();
      expect(waiting).toHaveLength(1);
    });

    it('also on another device of the same person, and none of another', async () => {
      const { transactionId } = await scene.ask(ann);
      await scene.enrolDevice(bob);
      await scene.ask(bob);
      expect(await house.engine.devices.standing(transactionId)).toMatchObject({ state: 'waiting' });
    });

    it('at most five in ten minutes reach a person, however often somebody asks', async () => {
      let sent = 0;
      const { transactionId } = await beginToken(house, ann);
      for (let i = 0; i < 100; i += 1) {
        const from = { ip: `203.0.113.${i}`, userAgent: 'x' };
        const choice = { factor: 'push-notification' };
        const begun = await house.engine.beginChallenge(transactionId, choice, from);
        if (begun.outcome === 'begun') sent += 1;
        else expect(begun).toMatchObject({ code: 'too_many_sends', factor: 'push-notification' });
        house.clock.advance(6);
      }
      expect(sent).toBeLessThanOrEqual(5);
      // S-19: and where the person last signed in they are asked all the same.
      expect((await scene.tryAsking(ann)).begun).toMatchObject({ outcome: 'begun' });
    });

    it.each(['elsewhere', 'where they last signed in'])('at most thirty in a day from %s', async (where) => {
      const asked = async () => {
        const { transactionId } = await beginToken(house, ann);
        const from = where === 'elsewhere' ? { ip: '203.0.113.9', userAgent: 'x' } : context;
        const choice = { factor: 'push-notification' };
        return (await house.engine.beginChallenge(transactionId, choice, from)).outcome === 'begun';
      };
      let sent = 0;
      for (let minutes = 0; minutes < 24 * 60; minutes += 5) {
        if (await asked()) sent += 1;
        house.clock.advance(300);
      }
      expect(sent).toBeGreaterThanOrEqual(15);
      expect(sent).toBeLessThanOrEqual(30);
    });

    it('ends with the challenge of another factor, and with a login by one', async () => {
      const asked = await scene.ask(ann);
      const code = await codeOf(device.codes?.secret as string, house.clock.now);
      expect(await redeem(house, asked.mfaToken, code)).toMatchObject({ outcome: 'completed' });
      const found = await house.engine.devices.waitingRequest(scene.bearerOf(device), context);
      expect(found).toEqual({ outcome: 'found', request: undefined });
      expect(await house.engine.devices.standing(asked.transactionId)).toMatchObject({ state: 'replaced' });
    });
  });

  describe('S-54 whoever waits', () => {
    it('may ask twelve times at once and then every five seconds, and none of it fills the log', async () => {
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      const before = (await house.eventTypes(ann)).length;
      const codes: unknown[] = [];
      for (let i = 0; i < 14; i += 1) {
        const result = await scene.collect(mfaToken, oobCode);
        codes.push('code' in result && result.code);
      }
      expect(codes).toEqual([...Array(12).fill('answer_pending'), ...Array(2).fill('polled_too_fast')]);
      house.clock.advance(5);
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'answer_pending' });
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'polled_too_fast' });
      expect(await house.eventTypes(ann)).toHaveLength(before);
      await approve(number);
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ outcome: 'completed' });
    });
  });
});
