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

const user = 'auth0|ann';

forEachDatabase((_name, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user);
    await house.setTenant({ policy: 'always' });
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

    /** Proves a second factor in a browser; what it is good for is decided when it is completed. */
    async function satisfyAtPages(): Promise<string> {
      const { secret } = await enrolOtp(house, user);
      const input = login(user, house.clock, { purpose: 'login' });
      const begun = await house.engine.begin(input, { interactionId: 'browser' }, context);
      if (begun.outcome !== 'begun') throw new Error('refused');
      const submission = { factor: 'otp', proof: await codeOf(secret, house.clock.now) };
      const satisfied = await house.engine.submit(begun.transaction.id, submission, context);
      expect(satisfied.outcome).toBe('satisfied');
      return begun.transaction.id;
    }

    it('S-28 judges user, factor and policy again at completion', async () => {
      const id = await satisfyAtPages();
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', user).execute();
      expect(await house.engine.complete(id)).toMatchObject({ code: 'not_allowed' });
    });

    it('S-28 a factor switched off in mid-flow no longer counts', async () => {
      const id = await satisfyAtPages();
      await house.setTenant({ factors: { 'recovery-code': { enabled: true } } });
      expect(await house.engine.complete(id)).toMatchObject({
        outcome: 'pending',
        requirement: { kind: 'challenge', factors: ['recovery-code'] },
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
        {
          kind: 'person',
          id: client.id,
          proofs: [{ factor: 'otp', methodId: method?.id as string, at: house.clock.now }],
        },
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
      const actor = { kind: 'person', id: client.id, proofs: [] } as const;
      expect(await house.engine.removeMethod(user, method?.id as string, actor, context)).toMatchObject({
        code: 'not_found',
      });
      expect(await house.engine.methods('auth0|bob')).toHaveLength(2);
    });
  });
});
