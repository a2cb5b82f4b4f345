import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  beginSelfService,
  beginToken,
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  redeem as redeemOtp,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { defaultTenantSettings } from '../../tenant/tenantSettings.ts';
import type { Proof } from '../transaction.ts';

const user = 'auth0|ann';
const number = '+4915112345678';
const events = { succeeded: 'seoobft', failed: 'feoobft' };

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user, { emailVerified: true });
    await allow({});
  });

  async function allow(phone: Record<string, unknown>) {
    await house.setTenant({
      policy: 'always',
      factors: {
        ...defaultTenantSettings.factors,
        phone: {
          enabled: true,
          settings: { messageTypes: ['sms', 'voice'], allowedCountries: ['DE'], ...phone },
        },
        email: { enabled: true },
      },
    });
  }

  async function enrol(to = number, channel = 'sms', of = user) {
    const { mfaToken, transactionId } = await beginToken(house, of);
    const choice = { factor: 'phone', channel, input: { phone_number: to } };
    return {
      mfaToken,
      transactionId,
      begun: await house.engine.beginEnrolment(transactionId, choice, context),
    };
  }

  /** Somebody else’s number that begins alike. */
  async function enrolNeighbour(i: number) {
    await house.addUser(`auth0|neighbour${i}`);
    return enrol(`+49151123450${10 + i}`, 'sms', `auth0|neighbour${i}`);
  }

  const redeem = (mfaToken: string, oobCode: string, proof: unknown) =>
    house.engine.redeem(
      { mfaToken, clientId: 'client', submission: { challenge: { oobCode }, proof }, events },
      context,
    );

  async function enrolled() {
    const { mfaToken, begun } = await enrol();
    if (begun.outcome !== 'begun') throw new Error(begun.code);
    const result = await redeem(mfaToken, begun.oobCode ?? '', house.codes.at(-1)?.code);
    expect(result.outcome).toBe('completed');
    return begun;
  }

  async function challenge(choice = {}) {
    const { mfaToken, transactionId } = await beginToken(house, user);
    const begun = await house.engine.beginChallenge(transactionId, choice, context);
    if (begun.outcome !== 'begun') throw new Error(begun.code);
    return { mfaToken, transactionId, oobCode: begun.oobCode ?? '', begun };
  }

  describe('a phone', () => {
    it('S-47 counts once the code sent to it came back, and not before', async () => {
      const { mfaToken, begun } = await enrol();
      expect(begun).toMatchObject({ outcome: 'begun', channel: 'sms', bindingMethod: 'prompt' });
      expect(house.codes).toMatchObject([{ channel: 'sms', to: number, purpose: 'enrolment', userId: user }]);
      expect(await house.engine.methods(user)).toContainEqual(
        expect.objectContaining({ factor: 'phone', isConfirmed: false, name: 'XXXXXXXXXX5678' }),
      );
      const oobCode = 'oobCode' in begun ? (begun.oobCode ?? '') : '';
      expect(await redeem(mfaToken, oobCode, house.codes[0]?.code)).toMatchObject({
        outcome: 'completed',
        proofs: [{ factor: 'password' }, { factor: 'phone', channel: 'sms' }],
      });
      expect(await house.engine.methods(user)).toContainEqual(
        expect.objectContaining({ factor: 'phone', isConfirmed: true }),
      );
    });

    it('S-06 S-01 its code is good once, for an enrolment and for a login', async () => {
      await enrolled();
      const { mfaToken, oobCode } = await challenge();
      const code = house.codes.at(-1)?.code;
      const results = await Promise.all([redeem(mfaToken, oobCode, code), redeem(mfaToken, oobCode, code)]);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['completed', 'refused']);
    });

    it('S-08 S-09 a code answers only the latest challenge of its own transaction', async () => {
      await enrolled();
      const first = await challenge();
      const firstCode = house.codes.at(-1)?.code;
      const other = await challenge();
      expect(await redeem(other.mfaToken, first.oobCode, firstCode)).toMatchObject({
        code: 'wrong_challenge',
      });
      expect(await house.engine.resendChallenge(first.transactionId, 'voice', context)).toMatchObject({
        outcome: 'sent',
        channel: 'voice',
      });
      expect(await redeem(first.mfaToken, first.oobCode, firstCode)).toMatchObject({
        code: 'challenge_expired',
      });
    });

    it('S-08 a code dies after its lifetime', async () => {
      await enrolled();
      const { mfaToken, oobCode } = await challenge();
      house.clock.advance(300);
      expect(await redeem(mfaToken, oobCode, house.codes.at(-1)?.code)).toMatchObject({
        code: 'challenge_expired',
      });
    });

    it('S-15 S-17 a challenge takes ten wrong codes at the most, and each counts for the person', async () => {
      await enrolled();
      await house.setTenant({ secondFactorLock: { failures: 25, minutes: [15] } });
      const { mfaToken, oobCode } = await challenge();
      const wrong = house.codes.at(-1)?.code === '000000' ? '000001' : '000000';
      const codes: unknown[] = [];
      for (let i = 0; i < 11; i += 1) {
        const result = await redeem(mfaToken, oobCode, wrong);
        codes.push('code' in result ? result.code : result.outcome);
      }
      expect(codes).toEqual([...Array(10).fill('invalid_proof'), 'challenge_expired']);
    });

    it('can be challenged by call where both ways are on, and by none that is off', async () => {
      await enrolled();
      expect((await challenge({ channel: 'voice' })).begun).toMatchObject({ channel: 'voice' });
      await allow({ messageTypes: ['sms'] });
      const { transactionId } = await beginToken(house, user);
      expect(await house.engine.beginChallenge(transactionId, { channel: 'voice' }, context)).toMatchObject({
        code: 'unsupported',
      });
    });

    it('S-96 nothing is sent to other countries, nor to premium numbers, nor where it was switched off since', async () => {
      expect((await enrol('+12025550123')).begun).toMatchObject({ code: 'destination_refused' });
      expect((await enrol('+4990012345678')).begun).toMatchObject({ outcome: 'refused' });
      expect((await enrol('0151')).begun).toMatchObject({ code: 'malformed_input' });
      expect(house.codes).toEqual([]);
      await enrolled();
      await allow({ allowedCountries: ['FR'] });
      const { transactionId } = await beginToken(house, user);
      expect(await house.engine.beginChallenge(transactionId, {}, context)).toMatchObject({
        code: 'destination_refused',
      });
      expect(house.codes).toHaveLength(1);
    });
  });

  describe('limits on sending', () => {
    it('S-96 hold for a person over transactions and numbers', async () => {
      const outcomes: unknown[] = [];
      for (let i = 0; i < 12; i += 1) {
        const { begun } = await enrol(`+49151123456${10 + i}`);
        outcomes.push(begun.outcome === 'refused' ? begun.code : begun.outcome);
      }
      expect(outcomes).toEqual([...Array(10).fill('begun'), 'too_many_sends', 'too_many_sends']);
      house.clock.advance(7200);
      expect((await enrol()).begun.outcome).toBe('begun');
    });

    it('S-23 S-96 hold under parallel requests', async () => {
      const begun = await Promise.all(Array.from({ length: 20 }, () => enrol()));
      expect(begun.filter(({ begun: { outcome } }) => outcome === 'begun')).toHaveLength(10);
      expect(house.codes).toHaveLength(10);
    });

    it('S-96 the wait grows where that is set, and a code that came back ends it', async () => {
      await allow({ backOff: 'exponential' });
      const waits: number[] = [];
      for (let i = 0; i < 6; i += 1) {
        let result = (await enrol()).begun;
        while (result.outcome === 'refused') {
          const wait = result.throttle?.retryAfterSeconds ?? 0;
          waits.push(Math.floor(wait / 60));
          house.clock.advance(wait);
          result = (await enrol()).begun;
        }
      }
      expect(waits).toEqual([1, 2, 4]);
    });

    it('S-96 sending to a prefix stops when its codes don’t come back, and the log says so', async () => {
      await allow({ conversionLeastSends: 5 });
      const outcomes: string[] = [];
      for (let i = 0; i < 7; i += 1) outcomes.push((await enrolNeighbour(i)).begun.outcome);
      expect(outcomes).toEqual([...Array(5).fill('begun'), 'refused', 'refused']);
      const logged = await house.database.db
        .selectFrom('logs')
        .select('details')
        .where('description', 'like', '%prefix%')
        .execute();
      expect(logged).toHaveLength(1);
      expect(JSON.parse(logged[0]?.details ?? '')).toMatchObject({ sent: 5, confirmed: 0 });
      house.clock.advance(3600);
      expect((await enrol()).begun.outcome).toBe('begun');
    });
  });

  describe('an attacker', () => {
    const elsewhere = { ...context, ip: '198.51.100.9' };

    it('S-96 who keeps asking doesn’t keep a prefix paused', async () => {
      await allow({ conversionLeastSends: 5, sendsPerPrefix: 1000 });
      for (let i = 0; i < 6; i += 1) await enrolNeighbour(i);
      for (let i = 0; i < 20; i += 1) expect((await enrol()).begun.outcome).toBe('refused');
      house.clock.advance(3600);
      expect((await enrol()).begun.outcome).toBe('begun');
    });

    it('S-96 codes for enrolments that nobody enters pause no sign-in', async () => {
      await enrolled();
      await allow({ conversionLeastSends: 5 });
      const outcomes: string[] = [];
      for (let i = 0; i < 7; i += 1) outcomes.push((await enrolNeighbour(i)).begun.outcome);
      expect(outcomes).toContain('refused');
      expect((await challenge()).begun.outcome).toBe('begun');
    });

    it('S-19 who uses up a person’s codes from elsewhere leaves the owner some', async () => {
      await enrolled();
      for (let i = 0; i < 12; i += 1) {
        const { transactionId } = await beginToken(house, user);
        await house.engine.beginChallenge(transactionId, {}, elsewhere);
      }
      expect((await challenge()).begun.outcome).toBe('begun');
    });
  });

  describe('a verified address', () => {
    it('counts without enrolment, beside another factor only', async () => {
      expect((await beginToken(house, user)).begun.decision.requirement).toMatchObject({ kind: 'enrol' });
      await enrolOtp(house, user);
      const { begun, mfaToken, oobCode } = await challenge({ factor: 'email' });
      expect(begun).toMatchObject({ factor: 'email', channel: 'email' });
      expect(await redeem(mfaToken, oobCode, house.codes.at(-1)?.code)).toMatchObject({
        outcome: 'completed',
      });
      const [method] = (await house.engine.methods(user)).filter(({ factor }) => factor === 'email');
      expect(method).toMatchObject({ isConfirmed: true, isImplicit: true });
      const actor = { kind: 'person', id: 'client', proofs: [] } as const;
      expect(await house.engine.removeMethod(user, method?.id ?? '', actor, context)).toMatchObject({
        code: 'not_removable',
      });
    });

    it('S-32 can’t be the second factor where it stood behind the password, until another was proved', async () => {
      await enrolOtp(house, user);
      await house.database.db.updateTable('users').set({ password_by_mail: 1 }).execute();
      const { begun } = await beginToken(house, user);
      expect(begun.decision.requirement).toEqual({ kind: 'challenge', factors: ['otp', 'recovery-code'] });
    });

    it('S-32 isn’t cleared by a factor given beside the old password', async () => {
      const { secret } = await enrolOtp(house, user);
      const { mfaToken } = await beginToken(house, user);
      house.clock.advance(1);
      await house.database.db
        .updateTable('users')
        .set({ password_by_mail: 1, proofs_void_before: house.clock.now })
        .execute();
      house.clock.advance(30);
      await redeemOtp(house, mfaToken, await codeOf(secret, house.clock.now));
      const { begun } = await beginToken(house, user);
      expect(begun.decision.requirement).toMatchObject({ factors: ['otp', 'recovery-code'] });
    });

    it('S-40 its code neither removes an authenticator app nor adds a phone', async () => {
      await enrolOtp(house, user);
      const at = house.clock.now;
      const proofs = [
        { factor: 'password', at },
        { factor: 'email', methodId: 'email|x', at },
      ];
      const [app] = await house.engine.methods(user);
      const actor = { kind: 'person', id: 'client', proofs } as const;
      expect(await house.engine.removeMethod(user, app?.id ?? '', actor, context)).toMatchObject({
        code: 'weak_proof',
      });
      const [email] = (await house.engine.methods(user)).filter(({ factor }) => factor === 'email');
      const own = [proofs[0], { factor: 'email', methodId: email?.id, at }] as Proof[];
      const begun = await beginSelfService(house, user, { proofs: own });
      if (begun.outcome !== 'begun') throw new Error(begun.outcome);
      const choice = { factor: 'phone', input: { phone_number: number } };
      expect(await house.engine.beginEnrolment(begun.transaction.id, choice, context)).toMatchObject({
        code: 'already_enrolled',
      });
    });
  });
});
