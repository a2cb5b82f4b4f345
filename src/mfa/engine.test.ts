import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  beginToken,
  client,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  login,
  redeem,
  type TestEngine,
} from '../../test/support/engine.ts';
import { findUserById } from '../accounts/users.ts';
import { multiFactorAcr } from './authenticationContext.ts';

const user = 'auth0|ann';

forEachDatabase((_name, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user);
    await house.setTenant({ policy: 'always' });
  });

  describe('what a login requires', () => {
    it('nothing under the policy never', async () => {
      await house.setTenant({ policy: 'never' });
      const { requirement } = await house.engine.decide(login(user, house.clock));
      expect(requirement).toEqual({ kind: 'none' });
    });

    it('an enrolment under always, when nothing is enrolled', async () => {
      const { requirement, reasons } = await house.engine.decide(login(user, house.clock));
      expect(requirement).toEqual({ kind: 'enrol', factors: ['otp'] });
      expect(reasons[0]?.code).toBe('tenant_policy');
    });

    it('a challenge once something is enrolled, the recovery code last', async () => {
      await enrolOtp(house, user);
      const { requirement } = await house.engine.decide(login(user, house.clock));
      expect(requirement).toEqual({ kind: 'challenge', factors: ['otp', 'recovery-code'] });
    });

    it('what the application says, over the tenant', async () => {
      const relaxed = login(user, house.clock, { client: { ...client, mfaPolicy: 'never' } });
      expect((await house.engine.decide(relaxed)).requirement.kind).toBe('none');
    });

    it.each([
      ['acr_values', { acrValues: [multiFactorAcr] }],
      ['a step-up scope', { stepUpScopes: ['transfer:money'] }],
    ])('a second factor for %s, even under never', async (_what, asked) => {
      await enrolOtp(house, user);
      await house.setTenant({ policy: 'never' });
      const { requirement } = await house.engine.decide(login(user, house.clock, asked));
      expect(requirement.kind).toBe('challenge');
    });

    it('a fresh proof for the MFA audience, and nothing of whoever has no method', async () => {
      const managing = () => login(user, house.clock, { mfaAudience: true });
      await house.setTenant({ policy: 'never' });
      expect((await house.engine.decide(managing())).requirement.kind).toBe('none');
      await house.setTenant({ policy: 'always' });
      await enrolOtp(house, user);
      await house.setTenant({ policy: 'never' });
      expect((await house.engine.decide(managing())).requirement.kind).toBe('challenge');
    });

    it('says it is blocked when no factor is enabled', async () => {
      await house.setTenant({ factors: {} });
      const { requirement } = await house.engine.decide(login(user, house.clock));
      expect(requirement.kind).toBe('blocked');
    });

    it('S-33 S-34 counts confirmed methods only', async () => {
      const { transactionId } = await beginToken(house, user);
      await house.engine.beginEnrolment(transactionId, 'otp', context);
      const { requirement } = await house.engine.decide(login(user, house.clock));
      expect(requirement.kind).toBe('enrol');
      expect(await house.engine.methods(user)).toMatchObject([
        { isConfirmed: false },
        { isConfirmed: false },
      ]);
    });
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
      const enrolment = await house.engine.beginEnrolment(transactionId, 'otp', context);
      if (enrolment.outcome !== 'begun') throw new Error('refused');
      const code = await codeOf(enrolment.shown.secret as string, house.clock.now);
      expect((await redeem(house, mfaToken, code)).outcome).toBe('completed');
      const again = await beginToken(house, user);
      expect(await redeem(house, again.mfaToken, code)).toMatchObject({ code: 'invalid_proof' });
    });

    it('S-39 needs a proof of what is enrolled already', async () => {
      await enrolOtp(house, user);
      const { transactionId } = await beginToken(house, user);
      expect(await house.engine.beginEnrolment(transactionId, 'otp', context)).toMatchObject({
        code: 'already_enrolled',
      });
    });

    it('S-39 an access token without a second factor adds nothing once a method is there', async () => {
      await enrolOtp(house, user);
      const begun = await house.engine.beginSelfService(
        login(user, house.clock, { purpose: 'self-service', mfaAudience: true }),
        'access-token',
        context,
        {},
      );
      expect(begun).toMatchObject({ outcome: 'refused', code: 'already_enrolled' });
    });

    it('adds a second method on a token that proved the first', async () => {
      await enrolOtp(house, user);
      const [method] = await house.engine.methods(user);
      const proofs = [
        { factor: 'password', at: house.clock.now },
        { factor: 'otp', methodId: method?.id as string, at: house.clock.now },
      ];
      const begun = await house.engine.beginSelfService(
        login(user, house.clock, { purpose: 'self-service', mfaAudience: true, proofs }),
        'access-token',
        context,
        {},
      );
      if (begun.outcome !== 'begun') throw new Error('refused');
      const enrolment = await house.engine.beginEnrolment(begun.transaction.id, 'otp', context);
      if (enrolment.outcome !== 'begun') throw new Error('refused');
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
      const a = await house.engine.beginEnrolment(first.transactionId, 'otp', context);
      const b = await house.engine.beginEnrolment(second.transactionId, 'otp', context);
      if (a.outcome !== 'begun' || b.outcome !== 'begun') throw new Error('refused');
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
      const enrolment = await house.engine.beginEnrolment(transactionId, 'otp', context);
      if (enrolment.outcome !== 'begun') throw new Error('refused');
      expect((await house.engine.pendingEnrolment(transactionId))?.shown).toEqual(enrolment.shown);
      await redeem(house, mfaToken, await codeOf(enrolment.shown.secret as string, house.clock.now));
      expect(await house.engine.pendingEnrolment(transactionId)).toBeUndefined();
      expect(JSON.stringify(await house.engine.methods(user))).not.toContain(enrolment.shown.secret);
    });
  });

  describe('challenge', () => {
    it('passes with the code an independent authenticator shows', async () => {
      const { secret } = await enrolOtp(house, user);
      const { mfaToken } = await beginToken(house, user);
      const redeemed = await redeem(house, mfaToken, await codeOf(secret, house.clock.now));
      expect(redeemed).toMatchObject({ outcome: 'completed', userId: user, request: { scope: 'openid' } });
      expect(await house.eventTypes(user)).toEqual(expect.arrayContaining(['gd_auth_succeed', 'seotpft']));
    });

    it('counts as a login of the user when a token grant completes it', async () => {
      const { secret } = await enrolOtp(house, user);
      const before = await findUserById(house.database.db, user);
      const { mfaToken } = await beginToken(house, user);
      await redeem(house, mfaToken, '000000');
      await redeem(house, mfaToken, await codeOf(secret, house.clock.now));
      const after = await findUserById(house.database.db, user);
      expect(after?.loginsCount).toBe((before?.loginsCount ?? 0) + 1);
      expect(after?.lastLoginAt).toBe(house.clock.now);
    });

    it('S-02 refuses a step at or below the last accepted one', async () => {
      const { secret } = await enrolOtp(house, user);
      house.clock.advance(60);
      const present = await codeOf(secret, house.clock.now);
      const earlier = await codeOf(secret, house.clock.now - 30_000);
      expect((await redeem(house, (await beginToken(house, user)).mfaToken, present)).outcome).toBe(
        'completed',
      );
      for (const code of [present, earlier]) {
        const { mfaToken } = await beginToken(house, user);
        expect(await redeem(house, mfaToken, code)).toMatchObject({ code: 'invalid_proof' });
      }
    });

    it('S-03 remembers a used code for as long as the clock could accept it', async () => {
      const { secret } = await enrolOtp(house, user);
      house.clock.now = Math.ceil(house.clock.now / 30_000) * 30_000;
      const ahead = await codeOf(secret, house.clock.now + 30_000);
      expect((await redeem(house, (await beginToken(house, user)).mfaToken, ahead)).outcome).toBe(
        'completed',
      );
      house.clock.advance(3 * 30 - 1);
      expect(await redeem(house, (await beginToken(house, user)).mfaToken, ahead)).toMatchObject({
        code: 'invalid_proof',
      });
    });

    it('S-10 a recovery code works once and brings its successor', async () => {
      const { recoveryCode } = await enrolOtp(house, user);
      const spelled = ` ${recoveryCode?.toLowerCase().replace(/(.{4})/g, '$1-')} `;
      const used = await redeem(house, (await beginToken(house, user)).mfaToken, spelled, 'recovery-code');
      if (used.outcome !== 'completed') throw new Error('refused');
      expect(used.reveal?.recoveryCode).toMatch(/^[A-Z1-9]{24}$/);
      const old = await redeem(
        house,
        (await beginToken(house, user)).mfaToken,
        recoveryCode,
        'recovery-code',
      );
      expect(old).toMatchObject({ code: 'invalid_proof' });
      const next = await redeem(
        house,
        (await beginToken(house, user)).mfaToken,
        used.reveal?.recoveryCode,
        'recovery-code',
      );
      expect(next.outcome).toBe('completed');
      expect(house.notices.map((notice) => notice.template)).toContain('recovery_code_used');
    });

    it("S-11 refuses another user's code, recovery code and method", async () => {
      const other = 'auth0|bob';
      await house.addUser(other);
      const ann = await enrolOtp(house, user);
      const bob = await enrolOtp(house, other);
      const [bobsMethod] = await house.engine.methods(other);
      const attempt = async (proof: unknown, factor: string) =>
        redeem(house, (await beginToken(house, user)).mfaToken, proof, factor);
      expect(await attempt(await codeOf(bob.secret, house.clock.now), 'otp')).toMatchObject({
        code: 'invalid_proof',
      });
      expect(await attempt(bob.recoveryCode, 'recovery-code')).toMatchObject({ code: 'invalid_proof' });
      const { mfaToken } = await beginToken(house, user);
      const named = await house.engine.redeem(
        {
          mfaToken,
          clientId: client.id,
          submission: {
            factor: 'otp',
            methodId: bobsMethod?.id as string,
            proof: await codeOf(ann.secret, house.clock.now),
          },
          events: { succeeded: 'seotpft', failed: 'feotpft' },
        },
        context,
      );
      expect(named).toMatchObject({ code: 'invalid_proof' });
    });

    it.each([
      ['nothing', undefined],
      ['an empty string', ''],
      ['a number', 123456],
      ['a list', ['123456']],
      ['an object', { code: '123456' }],
      ['Arabic digits', '١٢٣٤٥٦'],
      ['full-width digits', '１２３４５６'],
      ['five digits', '12345'],
      ['a line end', '123456\n'],
      ['a null byte', '123456\0'],
      ['a megabyte', '1'.repeat(1_000_000)],
    ])('S-13 S-14 takes %s for no proof and counts nothing', async (_what, proof) => {
      await enrolOtp(house, user);
      const { mfaToken } = await beginToken(house, user);
      const before = await house.eventTypes(user);
      expect(await redeem(house, mfaToken, proof)).toMatchObject({ code: 'malformed_proof' });
      expect(await redeem(house, mfaToken, proof, 'recovery-code')).toMatchObject({
        code: 'malformed_proof',
      });
      const locks = await house.database.db.selectFrom('second_factor_locks').selectAll().execute();
      expect(locks.every((lock) => lock.failures === 0)).toBe(true);
      expect((await house.eventTypes(user)).slice(before.length)).toEqual(['feotpft', 'feotpft']);
    });

    it('S-26 binds the token to its client and its time', async () => {
      const { secret } = await enrolOtp(house, user);
      const { mfaToken } = await beginToken(house, user);
      const foreign = await house.engine.redeem(
        {
          mfaToken,
          clientId: 'another',
          submission: { factor: 'otp', proof: await codeOf(secret, house.clock.now) },
          events: { succeeded: 'seotpft', failed: 'feotpft' },
        },
        context,
      );
      expect(foreign).toMatchObject({ code: 'foreign_token' });
      expect(await redeem(house, `${mfaToken}x`, '000000')).toMatchObject({ code: 'malformed_token' });
      house.clock.advance(10 * 60);
      expect(await redeem(house, mfaToken, await codeOf(secret, house.clock.now))).toMatchObject({
        code: 'expired_token',
      });
    });

    it('takes no proof by a factor that the transaction does not demand', async () => {
      const { secret, recoveryCode } = await enrolOtp(house, user);
      await house.setTenant({ factors: { otp: { enabled: true } } });
      const { mfaToken, transactionId, begun } = await beginToken(house, user);
      expect(begun.decision.requirement).toEqual({ kind: 'challenge', factors: ['otp'] });
      await house.setTenant({ factors: { otp: { enabled: true }, 'recovery-code': { enabled: true } } });
      expect(await redeem(house, mfaToken, recoveryCode, 'recovery-code')).toMatchObject({
        code: 'invalid_proof',
      });
      const choice = { factor: 'recovery-code' };
      expect(await house.engine.beginChallenge(transactionId, choice, context)).toMatchObject({
        code: 'unsupported',
      });
      expect((await redeem(house, mfaToken, await codeOf(secret, house.clock.now))).outcome).toBe(
        'completed',
      );
    });

    it('S-37 a token is dead after its success', async () => {
      const { secret } = await enrolOtp(house, user);
      const { mfaToken } = await beginToken(house, user);
      await redeem(house, mfaToken, await codeOf(secret, house.clock.now));
      house.clock.advance(30);
      expect(await redeem(house, mfaToken, await codeOf(secret, house.clock.now))).toMatchObject({
        code: 'expired_token',
      });
    });

    it('S-28 judges user, factor and policy again at completion', async () => {
      const { secret } = await enrolOtp(house, user);
      const begun = await house.engine.begin(
        login(user, house.clock, { purpose: 'login' }),
        { interactionId: 'browser' },
        context,
      );
      if (begun.outcome !== 'begun') throw new Error('refused');
      const proof = await codeOf(secret, house.clock.now);
      const satisfied = await house.engine.submit(begun.transaction.id, { factor: 'otp', proof }, context);
      expect(satisfied.outcome).toBe('satisfied');
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', user).execute();
      expect(await house.engine.complete(begun.transaction.id)).toMatchObject({ code: 'not_allowed' });
    });

    it('S-28 a factor switched off in mid-flow no longer counts', async () => {
      const { secret } = await enrolOtp(house, user);
      const begun = await house.engine.begin(
        login(user, house.clock, { purpose: 'login' }),
        { interactionId: 'browser' },
        context,
      );
      if (begun.outcome !== 'begun') throw new Error('refused');
      const proof = await codeOf(secret, house.clock.now);
      await house.engine.submit(begun.transaction.id, { factor: 'otp', proof }, context);
      await house.setTenant({ factors: { 'recovery-code': { enabled: true } } });
      expect(await house.engine.complete(begun.transaction.id)).toMatchObject({
        outcome: 'pending',
        requirement: { kind: 'blocked' },
      });
    });
  });

  describe('removal', () => {
    it('takes the recovery code along with the last independent method, and remembered browsers', async () => {
      await enrolOtp(house, user);
      const [method] = await house.engine.methods(user);
      const removed = await house.engine.removeMethod(
        user,
        method?.id as string,
        { kind: 'person', id: client.id },
        context,
      );
      expect(removed).toMatchObject({ outcome: 'removed' });
      expect(await house.engine.methods(user)).toEqual([]);
      expect(house.notices.map((notice) => notice.template)).toContain('mfa_removed');
    });

    it("S-11 finds no method of another's", async () => {
      await house.addUser('auth0|bob');
      await enrolOtp(house, 'auth0|bob');
      const [method] = await house.engine.methods('auth0|bob');
      const actor = { kind: 'person', id: client.id } as const;
      expect(await house.engine.removeMethod(user, method?.id as string, actor, context)).toMatchObject({
        code: 'not_found',
      });
      expect(await house.engine.methods('auth0|bob')).toHaveLength(2);
    });
  });
});
