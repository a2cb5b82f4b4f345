import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  type DeviceScene,
  deviceScene,
  type EnrolledDevice,
  elsewhere,
} from '../../../test/support/deviceScene.ts';
import {
  beginSelfService,
  beginToken,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  redeem,
  type TestEngine,
} from '../../../test/support/engine.ts';

const ann = 'auth0|ann';
const bob = 'auth0|bob';

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let scene: DeviceScene;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    scene = deviceScene(house);
    await scene.allow();
    await house.addUser(ann);
    await house.addUser(bob);
  });

  const standing = async (user: string) =>
    (await house.engine.methods(user)).map(({ factor, isConfirmed }) => [factor, isConfirmed]);

  const lock = async (user: string) => {
    await house.setTenant({ secondFactorLock: { failures: 1, minutes: [15] } });
    const { mfaToken } = await beginToken(house, user);
    await redeem(house, mfaToken, '000000');
  };

  describe('a device', () => {
    it('S-41 is set up by its ticket, and counts once the login that began it goes on', async () => {
      const { mfaToken, enrolment, ticket, oobCode } = await scene.beginDevice(ann);
      expect(enrolment).toMatchObject({ channel: 'auth0', oobCode: expect.stringMatching(/^.{43}$/) });
      expect(enrolment).not.toHaveProperty('bindingMethod');
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'answer_pending' });

      const enrolled = await scene.present(ticket, scene.newDevice());
      expect(enrolled).toMatchObject({
        outcome: 'enrolled',
        deviceId: expect.stringMatching(/^dev_[A-Za-z0-9]{16}$/),
        userId: ann,
        accountName: 'auth0.ann@example.com',
        codes: { secret: expect.stringMatching(/^[A-Z2-7]{32}$/), digits: 6, periodSeconds: 30 },
      });
      expect(await standing(ann)).toEqual([
        ['push-notification', false],
        ['recovery-code', false],
        ['otp', false],
      ]);
      const collected = await scene.collect(mfaToken, oobCode);
      expect(collected).toMatchObject({
        outcome: 'completed',
        proofs: [{ factor: 'password' }, { factor: 'push-notification', channel: 'auth0' }],
      });
      expect(await standing(ann)).toEqual([
        ['push-notification', true],
        ['recovery-code', true],
        ['otp', true],
      ]);
      expect(await house.eventTypes(ann)).toContain('gd_enrollment_complete');
      expect(house.notices).toMatchObject([{ template: 'mfa_enrolled' }]);
    });

    it('makes codes that are ordinary one-time passwords, under the same id', async () => {
      const { deviceId, codes } = await scene.enrolDevice(ann);
      const ids = (await house.engine.methods(ann)).map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([`push|${deviceId}`, `totp|${deviceId}`]));
      const { mfaToken } = await beginToken(house, ann);
      const code = await codeOf(codes?.secret as string, house.clock.now);
      expect(await redeem(house, mfaToken, code)).toMatchObject({ outcome: 'completed' });
    });

    it('brings no codes where those are off', async () => {
      await house.setTenant({ factors: { 'push-notification': { enabled: true } } });
      const { codes } = await scene.enrolDevice(ann);
      expect(codes).toBeUndefined();
      expect(await standing(ann)).toEqual([['push-notification', true]]);
    });

    it('S-34 is no method, and its codes none, while the login that began it hasn’t gone on', async () => {
      const { mfaToken, ticket } = await scene.beginDevice(ann);
      const enrolled = await scene.present(ticket, scene.newDevice());
      if (enrolled.outcome === 'refused') throw new Error(enrolled.code);
      const code = await codeOf(enrolled.codes?.secret as string, house.clock.now);
      // Not even the very transaction takes them in the place of the collected answer.
      expect(await redeem(house, mfaToken, code)).toMatchObject({ code: 'invalid_proof' });
      const { begun, transactionId } = await beginToken(house, ann);
      expect(begun).toMatchObject({ decision: { requirement: { kind: 'enrol' } } });
      const challenged = await house.engine.beginChallenge(
        transactionId,
        { factor: 'push-notification' },
        context,
      );
      expect(challenged).toMatchObject({ code: 'nothing_enrolled' });
      const found = await house.engine.devices.find(scene.bearerOf(enrolled), context);
      expect(found).toMatchObject({ outcome: 'found', isConfirmed: false });
    });

    it('S-44 can’t be confirmed any more once its login is over, and is forgotten', async () => {
      const { mfaToken, ticket, oobCode } = await scene.beginDevice(ann);
      await scene.present(ticket, scene.newDevice());
      house.clock.advance(11 * 60);
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ code: 'expired_token' });
      house.clock.advance(30 * 60);
      await scene.beginDevice(ann);
      expect(await standing(ann)).toEqual([
        ['push-notification', false],
        ['recovery-code', false],
      ]);
    });

    it('without number matching is refused, and may come again, unless the tenant allows it', async () => {
      const { ticket } = await scene.beginDevice(ann);
      const phone = scene.newDevice({ kind: 'ios' });
      expect(await scene.present(ticket, phone)).toMatchObject({ code: 'unsupported_device' });
      expect(await house.eventTypes(ann)).toContain('gd_start_enroll_failed');
      expect(await scene.present(ticket, phone, { public_key: {} })).toMatchObject({
        code: 'malformed_device',
      });
      await scene.allow({ allowDevicesWithoutNumberMatching: true });
      expect(await scene.present(ticket, phone)).toMatchObject({ outcome: 'enrolled' });
    });

    it('that came in the last second of its ticket is still collected', async () => {
      const { mfaToken, ticket, oobCode } = await scene.beginDevice(ann);
      const lifetime = 300;
      await house.database.db
        .updateTable('mfa_transactions')
        .set({ expires_at: house.clock.now + 2 * lifetime * 1000 })
        .execute();
      house.clock.advance(lifetime - 1);
      expect(await scene.present(ticket, scene.newDevice())).toMatchObject({ outcome: 'enrolled' });
      house.clock.advance(6);
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ outcome: 'completed' });
    });
  });

  describe('S-42 a ticket', () => {
    it('is good once, also for two devices at the same time', async () => {
      const { ticket } = await scene.beginDevice(ann);
      const devices = Array.from({ length: 5 }, () => scene.newDevice());
      const answers = await Promise.all(devices.map((device) => scene.present(ticket, device)));
      expect(answers.filter(({ outcome }) => outcome === 'enrolled')).toHaveLength(1);
      expect(await scene.present(ticket, scene.newDevice())).toMatchObject({ code: 'unknown_ticket' });
      expect((await standing(ann)).filter(([factor]) => factor === 'otp')).toHaveLength(1);
    });

    it('dies with its time, with a newer one and with another enrolment', async () => {
      const first = await scene.beginDevice(ann);
      const second = await scene.beginDevice(ann, first.transactionId);
      expect(await scene.present(first.ticket, scene.newDevice())).toMatchObject({ code: 'unknown_ticket' });
      await house.engine.beginEnrolment(first.transactionId, { factor: 'otp' }, context);
      expect(await scene.present(second.ticket, scene.newDevice())).toMatchObject({ code: 'unknown_ticket' });
      const third = await scene.beginDevice(ann, first.transactionId);
      house.clock.advance(300);
      expect(await scene.present(third.ticket, scene.newDevice())).toMatchObject({ code: 'unknown_ticket' });
    });

    it('dies with its person’s block, reset and first enrolment elsewhere', async () => {
      const { ticket } = await scene.beginDevice(ann);
      await enrolOtp(house, ann);
      expect(await scene.present(ticket, scene.newDevice())).toMatchObject({ code: 'unknown_ticket' });

      const other = await scene.beginDevice(bob);
      await house.engine.resetUser(bob, { kind: 'operator', id: 'op' }, context);
      expect(await scene.present(other.ticket, scene.newDevice())).toMatchObject({ code: 'unknown_ticket' });

      const third = await scene.beginDevice(bob);
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', bob).execute();
      expect(await scene.present(third.ticket, scene.newDevice())).toMatchObject({ code: 'unknown_ticket' });
    });

    it('is nobody’s that was not issued, and none of a request', async () => {
      const device = await scene.enrolDevice(ann);
      await scene.ask(ann);
      const { requestToken } = await scene.waiting(device);
      for (const ticket of ['', 'x'.repeat(43), requestToken]) {
        expect(await scene.present(ticket, scene.newDevice())).toMatchObject({ code: 'unknown_ticket' });
      }
    });

    it('enrols its own person only, whoever presents it', async () => {
      const annDevice = await scene.beginDevice(ann);
      const bobDevice = await scene.beginDevice(bob);
      await scene.present(annDevice.ticket, scene.newDevice());
      // Bob’s login collects nothing by Ann’s device, and Ann’s by its own code alone.
      expect(await scene.collect(bobDevice.mfaToken, annDevice.oobCode)).toMatchObject({
        code: 'wrong_challenge',
      });
      expect(await scene.collect(bobDevice.mfaToken, bobDevice.oobCode)).toMatchObject({
        code: 'answer_pending',
      });
      expect((await standing(bob)).every(([, isConfirmed]) => !isConfirmed)).toBe(true);
    });

    it('S-20 is refused while the person is locked, and so is what it led to', async () => {
      const { transactionId } = await beginSelfServiceBy(await scene.enrolDevice(ann));
      const { ticket } = await scene.beginDevice(ann, transactionId);
      await lock(ann);
      expect(await scene.present(ticket, scene.newDevice())).toMatchObject({ code: 'locked' });
    });

    it('is stored as a hash', async () => {
      const { ticket } = await scene.beginDevice(ann);
      const rows = await house.database.db.selectFrom('device_requests').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(ticket);
    });

    it('is refused once the factor is switched off', async () => {
      const { ticket } = await scene.beginDevice(ann);
      await house.setTenant({ factors: { otp: { enabled: true } } });
      expect(await scene.present(ticket, scene.newDevice())).toMatchObject({ code: 'factor_disabled' });
    });
  });

  it('S-39 a password alone adds no device where something is enrolled, whatever was begun before', async () => {
    const { mfaToken, transactionId, ticket, oobCode } = await scene.beginDevice(ann);
    await scene.present(ticket, scene.newDevice());
    await enrolOtp(house, ann);
    expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ outcome: 'refused', code: 'not_allowed' });
    expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ outcome: 'refused' });
    const again = { factor: 'push-notification' };
    expect(await house.engine.beginEnrolment(transactionId, again, context)).toMatchObject({
      code: 'already_enrolled',
    });
    const elsewhereBegun = await beginToken(house, ann);
    expect(await house.engine.beginEnrolment(elsewhereBegun.transactionId, again, elsewhere)).toMatchObject({
      outcome: 'refused',
    });
    expect((await standing(ann)).map(([factor]) => factor)).not.toContain('push-notification');
  });

  describe('a device that is set up anew', () => {
    it('takes the place of what it was before, with its codes, once it is confirmed', async () => {
      const device = await scene.enrolDevice(ann, { identifier: 'same' });
      const { transactionId } = await beginSelfServiceBy(device);
      const { ticket } = await scene.beginDevice(ann, transactionId);
      const enrolled = await scene.present(ticket, scene.newDevice({ identifier: 'same' }));
      if (enrolled.outcome === 'refused') throw new Error(enrolled.code);
      expect(await house.engine.devices.find(scene.bearerOf(device), context)).toMatchObject({
        outcome: 'found',
      });
      const collected = await house.engine.submit(
        transactionId,
        { challenge: 'latest', proof: undefined },
        context,
      );
      expect(collected).toMatchObject({ outcome: 'satisfied' });
      const ids = (await house.engine.methods(ann)).map(({ id }) => id);
      expect(ids.sort()).toEqual([
        `push|${enrolled.deviceId}`,
        expect.stringMatching(/^recovery-code\|/),
        `totp|${enrolled.deviceId}`,
      ]);
      expect(await house.engine.devices.find(scene.bearerOf(device), context)).toMatchObject({
        code: 'unknown_device',
      });
      expect(house.notices.map(({ template }) => template)).not.toContain('mfa_removed');
    });

    it('S-11 leaves another person’s device of the same name alone', async () => {
      const anns = await scene.enrolDevice(ann, { identifier: 'same' });
      await scene.enrolDevice(bob, { identifier: 'same' });
      expect(await house.engine.devices.find(scene.bearerOf(anns), context)).toMatchObject({
        outcome: 'found',
      });
    });
  });

  async function beginSelfServiceBy(device: EnrolledDevice) {
    const proof = {
      factor: 'push-notification',
      methodId: `push|${device.deviceId}`,
      at: house.clock.now,
    };
    const begun = await beginSelfService(house, device.userId, {
      proofs: [{ factor: 'password', at: house.clock.now }, proof],
    });
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    return { transactionId: begun.transaction.id };
  }
});
