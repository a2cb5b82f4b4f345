import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  login,
  type TestEngine,
} from '../../test/support/engine.ts';

const user = 'auth0|ann';

forEachDatabase((_engine, open) => {
  describe('S-66 after a recovery code a person is led to enrol anew', () => {
    let house: TestEngine;
    let oldSecret: string;
    let transactionId: string;

    beforeEach(async () => {
      house = await createTestEngine(await open());
      await house.setTenant({ policy: 'always' });
      await house.addUser(user);
      const { secret, recoveryCode } = await enrolOtp(house, user);
      oldSecret = secret;
      transactionId = await begin();
      await house.engine.submit(transactionId, { factor: 'recovery-code', proof: recoveryCode }, context);
      house.notices.length = 0;
    });

    const begin = async () => {
      const input = login(user, house.clock, { purpose: 'login' });
      const begun = await house.engine.begin(input, { interactionId: `i${house.clock.now}` }, context);
      if (begun.outcome !== 'begun') throw new Error(`Expected a transaction, got ${begun.outcome}.`);
      return begun.transaction.id;
    };
    const stored = () => house.engine.findByInteraction(`i${house.clock.now}`);
    const enrolAnew = async (removesEarlier: boolean) => {
      expect(await house.engine.acceptOffer(transactionId, { removesEarlier })).toEqual({
        outcome: 'accepted',
      });
      const begun = await house.engine.beginEnrolment(transactionId, { factor: 'otp' }, context);
      if (begun.outcome !== 'begun') throw new Error(`Enrolment refused: ${begun.code}.`);
      // The recovery code is the one that was just given out; there is no other beside it.
      expect(begun.beside).toBeUndefined();
      const proof = await codeOf(begun.shown.secret ?? '', house.clock.now);
      return house.engine.submit(transactionId, { factor: 'otp', proof }, context);
    };
    const confirmed = async () => {
      const methods = await house.engine.methods(user);
      return methods.filter(({ isConfirmed }) => isConfirmed).map(({ factor }) => factor);
    };
    const passes = async (secret: string) => {
      house.clock.advance(60);
      const id = await begin();
      const proof = await codeOf(secret, house.clock.now);
      return (await house.engine.submit(id, { factor: 'otp', proof }, context)).outcome === 'satisfied';
    };

    it('offers what can be a person’s only method, and demands nothing', async () => {
      expect(await stored()).toMatchObject({
        state: 'satisfied',
        requirement: { kind: 'none', offers: { reason: 'lost', factors: ['otp'] } },
      });
      expect(await house.engine.complete(transactionId)).toMatchObject({ outcome: 'completed' });
    });

    it('keeps the method there was, unless told otherwise', async () => {
      expect(await enrolAnew(false)).toMatchObject({ outcome: 'satisfied' });
      expect((await confirmed()).sort()).toEqual(['otp', 'otp', 'recovery-code']);
      expect(house.notices.map(({ template }) => template)).toEqual(['mfa_enrolled']);
      expect(await passes(oldSecret)).toBe(true);
    });

    it('takes the lost method away on request, tells the person and logs it', async () => {
      expect(await enrolAnew(true)).toMatchObject({ outcome: 'satisfied' });
      expect((await confirmed()).sort()).toEqual(['otp', 'recovery-code']);
      expect(house.notices.map(({ template }) => template)).toEqual(['mfa_enrolled', 'mfa_removed']);
      expect(await house.eventTypes(user)).toContain('gd_unenroll');
      expect(await house.engine.complete(transactionId)).toMatchObject({ outcome: 'completed' });
      expect(await passes(oldSecret)).toBe(false);
    });

    it('takes nothing away while the new method isn’t confirmed', async () => {
      await house.engine.acceptOffer(transactionId, { removesEarlier: true });
      await house.engine.beginEnrolment(transactionId, { factor: 'otp' }, context);
      await house.engine.submit(transactionId, { factor: 'otp', proof: '000000' }, context);
      expect((await confirmed()).sort()).toEqual(['otp', 'recovery-code']);
    });

    it.each(['before it was taken', 'after it was taken'])('can be left, %s', async (when) => {
      if (when === 'after it was taken') {
        await house.engine.acceptOffer(transactionId, { removesEarlier: true });
        await house.engine.beginEnrolment(transactionId, { factor: 'otp' }, context);
      }
      expect(await house.engine.declineOffer(transactionId)).toEqual({ outcome: 'declined' });
      expect(await stored()).toMatchObject({ state: 'satisfied', requirement: { kind: 'none' } });
      expect(await house.engine.declineOffer(transactionId)).toMatchObject({ code: 'not_allowed' });
      expect(await house.engine.complete(transactionId)).toMatchObject({ outcome: 'completed' });
      expect((await confirmed()).sort()).toEqual(['otp', 'recovery-code']);
    });

    it('S-36 is no way past what is demanded', async () => {
      house.clock.advance(60);
      const id = await begin();
      expect(await house.engine.acceptOffer(id, { removesEarlier: true })).toMatchObject({
        outcome: 'refused',
      });
      expect(await house.engine.declineOffer(id)).toMatchObject({ outcome: 'refused' });
      expect(await stored()).toMatchObject({ state: 'pending', requirement: { kind: 'challenge' } });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
    });

    it('S-36 an offer left after the person was blocked or reset yields no login', async () => {
      await house.engine.acceptOffer(transactionId, { removesEarlier: false });
      await house.engine.resetUser(user, { kind: 'operator', id: 'olga' }, context);
      expect(await house.engine.declineOffer(transactionId)).toMatchObject({ outcome: 'refused' });
      expect(await house.engine.complete(transactionId)).toMatchObject({ outcome: 'refused' });
    });

    it('is made to nobody who answered with the method itself', async () => {
      house.clock.advance(60);
      const id = await begin();
      const proof = await codeOf(oldSecret, house.clock.now);
      await house.engine.submit(id, { factor: 'otp', proof }, context);
      expect((await stored())?.requirement).toEqual({ kind: 'none' });
    });
  });
});
