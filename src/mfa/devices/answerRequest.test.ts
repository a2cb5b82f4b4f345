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

  describe('S-51 an answer', () => {
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
      const { number } = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          scene.send(requestToken, device.device, { challenge, number, isAccepted: i % 2 === 0 }),
        ),
      );
      expect(answers.filter(({ outcome }) => outcome === 'recorded')).toHaveLength(1);
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

    it('makes the next request wait as a denial does', async () => {
      const { number } = await scene.ask(ann);
      await approve(anotherNumber(number));
      expect((await scene.tryAsking(ann)).begun).toMatchObject({
        code: 'too_many_sends',
        throttle: { retryAfterSeconds: 60 },
      });
    });

    it('locks the person like any other guess, and tells them', async () => {
      await scene.allow({ sendsPerUser: 100 }, { secondFactorLock: { failures: 3, minutes: [15] } });
      for (let i = 0; i < 2; i += 1) {
        const { number } = await scene.ask(ann);
        expect(await approve(anotherNumber(number))).toMatchObject({ code: 'number_mismatch' });
        house.clock.advance(300);
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

    it('S-19 lock nobody when whoever holds no more than the request’s bearer made them up', async () => {
      await house.setTenant({ secondFactorLock: { failures: 2, minutes: [15] } });
      const { mfaToken } = await scene.ask(ann);
      const { requestToken, challenge } = await scene.waiting(device);
      const stranger = scene.newDevice({ identifier: device.device.identifier });
      for (let i = 0; i < 9; i += 1) {
        const forged = await scene.send(requestToken, stranger, { challenge, number: '11' }, elsewhere);
        expect(forged).toMatchObject({ code: 'invalid_answer' });
      }
      expect(await house.engine.devices.answer(requestToken, { jws: 'x', audiences: [] }, elsewhere)).toEqual(
        {
          outcome: 'refused',
          code: 'invalid_answer',
        },
      );
      expect(await failures()).toBe(0);
      // The request itself is over after ten, and the person goes on by other means.
      expect(await scene.send(requestToken, device.device, { challenge })).toMatchObject({
        code: 'request_over',
      });
      const code = await codeOf(device.codes?.secret as string, house.clock.now);
      expect(await redeem(house, mfaToken, code)).toMatchObject({ outcome: 'completed' });
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

  async function failures(): Promise<number> {
    const row = await house.database.db
      .selectFrom('second_factor_locks')
      .select('failures')
      .where('user_id', '=', ann)
      .executeTakeFirst();
    return row?.failures ?? 0;
  }
});
