import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  anotherNumber,
  answerAudience,
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

    it('ends with the challenge of another factor, and with a login by one', async () => {
      const asked = await scene.ask(ann);
      const code = await codeOf(device.codes?.secret as string, house.clock.now);
      expect(await redeem(house, asked.mfaToken, code)).toMatchObject({ outcome: 'completed' });
      const found = await house.engine.devices.waitingRequest(scene.bearerOf(device), context);
      expect(found).toEqual({ outcome: 'found', request: undefined });
      expect(await house.engine.devices.standing(asked.transactionId)).toMatchObject({ state: 'replaced' });
    });
  });

  describe('S-51 an answer', () => {
    const refusals = async (answer: (of: { challenge: string; number: string }) => Promise<unknown>) => {
      const { number } = await scene.ask(ann);
      const { challenge } = await scene.waiting(device);
      return answer({ challenge, number });
    };

    it('is the device’s own, for this request', async () => {
      const bobs = await scene.enrolDevice(bob);
      const asked = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      const number = asked.number;
      const byBob = scene.newDevice({ identifier: device.device.identifier });
      expect(await scene.send(requestToken, byBob, { challenge, number })).toMatchObject({
        code: 'invalid_answer',
      });
      expect(await scene.send(requestToken, bobs.device, { challenge, number })).toMatchObject({
        code: 'invalid_answer',
      });
      expect(await scene.send(requestToken, device.device, { challenge: 'other', number })).toMatchObject({
        code: 'invalid_answer',
      });
      expect(await scene.send('x'.repeat(43), device.device, { challenge, number })).toMatchObject({
        code: 'unknown_request',
      });
      // None of it kept the owner from answering.
      expect(await scene.send(requestToken, device.device, { challenge, number })).toMatchObject({
        answer: 'approved',
      });
    });

    it('of one request is none of another’s', async () => {
      await scene.allow({ sendsPerUser: 100 });
      const first = await scene.ask(ann);
      const { challenge } = await scene.waiting(device);
      const jws = device.device.answer({ challenge, number: first.number, audience: answerAudience });
      await scene.ask(ann);
      const { requestToken } = await scene.waiting(device);
      const replayed = { jws, audiences: [answerAudience] };
      expect(await house.engine.devices.answer(requestToken, replayed, context)).toMatchObject({
        code: 'invalid_answer',
      });
    });

    it('doesn’t change: not by another, nor by the same again', async () => {
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      await scene.send(requestToken, device.device, { challenge, isAccepted: false });
      expect(await scene.send(requestToken, device.device, { challenge, number })).toMatchObject({
        code: 'request_over',
      });
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'answer_denied' });
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'answer_denied' });
    });

    it('is recorded once of many at the same time', async () => {
      await refusals(async ({ challenge, number }) => {
        const { requestToken } = await scene.waiting(device);
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, i) =>
            scene.send(requestToken, device.device, { challenge, number, isAccepted: i % 2 === 0 }),
          ),
        );
        expect(answers.filter(({ outcome }) => outcome === 'recorded')).toHaveLength(1);
      });
    });

    it('comes in time', async () => {
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      house.clock.advance(120);
      expect(await scene.send(requestToken, device.device, { challenge, number })).toMatchObject({
        code: 'request_over',
      });
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'challenge_expired' });
    });

    it('S-55 of a device that was removed counts for nothing', async () => {
      const { number } = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      await house.engine.resetUser(ann, { kind: 'operator', id: 'op' }, context);
      const answer = { challenge, number };
      expect(await scene.send(requestToken, device.device, answer)).toMatchObject({
        code: expect.stringMatching(/^(unknown_request|request_over)$/),
      });
    });

    it('without number matching is refused once the tenant doesn’t allow it any more', async () => {
      await scene.allow({ allowDevicesWithoutNumberMatching: true });
      const phone = await scene.enrolDevice(bob, { kind: 'android' });
      const { mfaToken, oobCode } = await scene.ask(bob);
      const { requestToken, challenge } = await scene.waiting(phone);
      await scene.allow();
      expect(await scene.send(requestToken, phone.device, { challenge })).toMatchObject({
        code: 'unsupported_device',
      });
      await scene.allow({ allowDevicesWithoutNumberMatching: true });
      expect(await scene.send(requestToken, phone.device, { challenge })).toMatchObject({
        answer: 'approved',
      });
      await scene.allow();
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ outcome: 'refused' });
      expect((await scene.tryAsking(bob)).begun).toMatchObject({ code: 'destination_refused' });
    });
  });

  describe('S-49 a wrong number', () => {
    it('ends the request and is a failed attempt', async () => {
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      expect(await approve(anotherNumber(number))).toMatchObject({ code: 'number_mismatch' });
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'answer_denied' });
      expect(await failures()).toBe(1);
      expect(await house.eventTypes(ann)).toContain('gd_auth_failed');
    });

    it('locks the person like any other guess, and tells them', async () => {
      await scene.allow({ sendsPerUser: 100 }, { secondFactorLock: { failures: 3, minutes: [15] } });
      for (let i = 0; i < 2; i += 1) {
        const { number } = await scene.ask(ann);
        expect(await approve(anotherNumber(number))).toMatchObject({ code: 'number_mismatch' });
      }
      const last = await scene.ask(ann);
      expect(await approve(anotherNumber(last.number))).toMatchObject({ code: 'locked' });
      expect(await scene.tryAsking(ann).then(({ begun }) => begun)).toMatchObject({ code: 'locked' });
      expect(house.notices.at(-1)).toMatchObject({ template: 'failed_second_factors', failures: 3 });
    });
  });

  describe('S-15 S-17 failed answers', () => {
    it('are counted with all other failures of the person, and no more than ten are judged', async () => {
      await house.setTenant({ secondFactorLock: { failures: 100, minutes: [15] } });
      await scene.ask(ann);
      const { requestToken } = await scene.waiting(device);
      const wrong = () => scene.send(requestToken, device.device, { challenge: 'wrong', number: '11' });
      const answers = await Promise.all(Array.from({ length: 14 }, wrong));
      const codes = answers.map((answer) => ('code' in answer ? answer.code : answer.outcome)).sort();
      expect(codes).toEqual([...Array(10).fill('invalid_answer'), ...Array(4).fill('request_over')]);
      expect(await failures()).toBe(10);
    });

    it('S-16 S-20 lock every path, and the lock outlives the refusal', async () => {
      await house.setTenant({ secondFactorLock: { failures: 2, minutes: [15] } });
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      await scene.send(requestToken, device.device, { challenge: 'wrong', number });
      expect(await scene.send(requestToken, device.device, { challenge: 'wrong', number })).toMatchObject({
        code: 'locked',
      });
      expect(await scene.send(requestToken, device.device, { challenge, number })).toMatchObject({
        code: 'locked',
      });
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'locked' });
      const node = await house.anotherNode();
      const answer = { jws: 'x', audiences: [] };
      expect(await node.devices.answer(requestToken, answer, context)).toMatchObject({ code: 'locked' });
    });

    it('S-18 a denial and an approval leave earlier failures as they are, until it is collected', async () => {
      await scene.allow({ sendsPerUser: 100 });
      await redeem(house, (await beginToken(house, ann)).mfaToken, '000000');
      await scene.ask(ann);
      await scene.answer(device, { isAccepted: false });
      expect(await failures()).toBe(1);
      house.clock.advance(61);
      const { mfaToken, oobCode, number } = await scene.ask(ann);
      await approve(number);
      expect(await failures()).toBe(1);
      await scene.collect(mfaToken, oobCode);
      expect(await failures()).toBe(0);
    });

    it('S-22 are counted against the address that they came from', async () => {
      const answer = { jws: 'x', audiences: [] };
      await scene.ask(ann);
      const { requestToken } = await scene.waiting(device);
      await house.engine.devices.answer(requestToken, answer, elsewhere);
      const throttles = await house.database.db.selectFrom('throttles').select('key').execute();
      expect(throttles.map(({ key }) => key)).toContain(`second-factor-address:${elsewhere.ip}`);
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

  async function failures(): Promise<number> {
    const row = await house.database.db
      .selectFrom('second_factor_locks')
      .select('failures')
      .where('user_id', '=', ann)
      .executeTakeFirst();
    return row?.failures ?? 0;
  }
});
