import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  beginEnrolment,
  beginSelfService,
  beginToken,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  redeem,
  type TestEngine,
} from '../../test/support/engine.ts';

const user = 'auth0|ann';

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user);
    await house.setTenant({ policy: 'always' });
  });

  describe('enrolment', () => {
    it('is confirmed by a code, brings a recovery code, and tells the person', async () => {
      const { recoveryCode } = await enrolOtp(house, user);
      expect(recoveryCode).toMatch(/^[A-Z1-9]{24}$/);
      const methods = await house.engine.methods(user);
      expect(methods.map((method) => [method.factor, method.isConfirmed])).toEqual([
        ['otp', true],
        ['recovery-code', true],
      ]);
      expect(house.notices.map((notice) => notice.template)).toEqual(['mfa_enrolled']);
      expect(await house.eventTypes(user)).toEqual([
        'mfar',
        'gd_start_enroll',
        'gd_enrollment_complete',
        'seotpft',
      ]);
    });

    it('S-06 the code that confirmed it cannot log in', async () => {
      const { transactionId, mfaToken } = await beginToken(house, user);
      const enrolment = await beginEnrolment(house, transactionId);
      const code = await codeOf(enrolment.shown.secret as string, house.clock.now);
      expect((await redeem(house, mfaToken, code)).outcome).toBe('completed');
      const again = await beginToken(house, user);
      expect(await redeem(house, again.mfaToken, code)).toMatchObject({ code: 'invalid_proof' });
    });

    it('S-20 does not begin under a lock', async () => {
      const first = await beginToken(house, user);
      const { shown } = await beginEnrolment(house, first.transactionId);
      const old = await codeOf(shown.secret as string, house.clock.now - 3_600_000);
      for (let attempt = 0; attempt < 10; attempt += 1) await redeem(house, first.mfaToken, old);
      const { transactionId } = await beginToken(house, user);
      expect(await house.engine.beginEnrolment(transactionId, { factor: 'otp' }, context)).toMatchObject({
        code: 'locked',
        throttle: { allowed: false },
      });
    });

    it('S-39 needs a proof of what is enrolled already', async () => {
      await enrolOtp(house, user);
      const { transactionId } = await beginToken(house, user);
      expect(await house.engine.beginEnrolment(transactionId, { factor: 'otp' }, context)).toMatchObject({
        code: 'already_enrolled',
      });
    });

    it('S-39 an access token without a second factor adds nothing once a method is there', async () => {
      await enrolOtp(house, user);
      const begun = await beginSelfService(house, user);
      expect(begun).toMatchObject({ outcome: 'refused', code: 'already_enrolled' });
    });

    it('leaves nothing open when a token was used to enrol a number or address that is none', async () => {
      await enrolOtp(house, user);
      await house.setTenant({ factors: { otp: { enabled: true }, email: { enabled: true } } });
      const [method] = await house.engine.methods(user);
      const at = house.clock.now;
      const proofs = [
        { factor: 'password', at },
        { factor: 'otp', methodId: method?.id as string, at },
      ];
      const begun = await beginSelfService(house, user, { proofs });
      if (begun.outcome !== 'begun') throw new Error('refused');
      const choice = { factor: 'email', input: { email: 'nobody' } };
      expect(await house.engine.beginEnrolment(begun.transaction.id, choice, context)).toMatchObject({
        code: 'malformed_input',
      });
      expect(await house.engine.findByToken('access-token')).toEqual({ outcome: 'expired' });
    });

    it('adds a second method on a token that proved the first', async () => {
      await enrolOtp(house, user);
      const [method] = await house.engine.methods(user);
      const proofs = [
        { factor: 'password', at: house.clock.now },
        { factor: 'otp', methodId: method?.id as string, at: house.clock.now },
      ];
      const begun = await beginSelfService(house, user, { proofs });
      if (begun.outcome !== 'begun') throw new Error('refused');
      const enrolment = await beginEnrolment(house, begun.transaction.id);
      expect(enrolment.beside).toBeUndefined();
      const code = await codeOf(enrolment.shown.secret as string, house.clock.now);
      expect((await redeem(house, 'access-token', code)).outcome).toBe('completed');
      expect(
        (await house.engine.methods(user)).filter((m) => m.factor === 'otp' && m.isConfirmed),
      ).toHaveLength(2);
    });

    it('S-41 one confirmation voids every other pending enrolment', async () => {
      const first = await beginToken(house, user);
      const second = await beginToken(house, user);
      const a = await beginEnrolment(house, first.transactionId);
      const b = await beginEnrolment(house, second.transactionId);
      await redeem(house, first.mfaToken, await codeOf(a.shown.secret as string, house.clock.now));
      const late = await redeem(
        house,
        second.mfaToken,
        await codeOf(b.shown.secret as string, house.clock.now),
      );
      expect(late.outcome).toBe('refused');
      expect(await house.engine.methods(user)).toHaveLength(2);
    });

    it('S-43 shows the secret to its transaction, and to nobody once it is confirmed', async () => {
      const { transactionId, mfaToken } = await beginToken(house, user);
      const enrolment = await beginEnrolment(house, transactionId);
      expect((await house.engine.pendingEnrolment(transactionId))?.shown).toEqual(enrolment.shown);
      await redeem(house, mfaToken, await codeOf(enrolment.shown.secret as string, house.clock.now));
      expect(await house.engine.pendingEnrolment(transactionId)).toBeUndefined();
      expect(JSON.stringify(await house.engine.methods(user))).not.toContain(enrolment.shown.secret);
    });
  });
});
