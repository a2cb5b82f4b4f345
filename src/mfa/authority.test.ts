import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  beginEnrolment,
  beginSelfService,
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
import { blockUser } from '../accounts/blockUser.ts';
import { voidProofs } from '../accounts/users.ts';
import type { Proof } from './transaction.ts';

const user = 'auth0|ann';
const operator = { kind: 'operator', id: 'cli' } as const;
const rounds = 15;

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user);
    await house.setTenant({ policy: 'always' });
  });

  const changePassword = () =>
    house.database.transaction(async (trx) => {
      await voidProofs(trx, () => house.clock.now, user);
      await house.engine.endTransactions(trx, user);
    });

  describe('authority that a password gave', () => {
    it('S-28 ends with the password: nothing under way goes on', async () => {
      const { mfaToken, transactionId } = await beginToken(house, user);
      const { shown } = await beginEnrolment(house, transactionId);
      house.clock.advance(1);
      await changePassword();
      const code = await codeOf(shown.secret as string, house.clock.now);
      expect(await redeem(house, mfaToken, code)).toMatchObject({ code: 'expired_token' });
      expect(await house.engine.beginEnrolment(transactionId, { factor: 'otp' }, context)).toMatchObject({
        code: 'expired',
      });
    });

    it('S-39 S-40 ends with the password for access tokens of the MFA API as well', async () => {
      const proofs = [{ factor: 'password', at: house.clock.now }];
      expect((await beginSelfService(house, user, { proofs })).outcome).toBe('begun');
      house.clock.advance(1);
      await changePassword();
      expect(await beginSelfService(house, user, { proofs })).toMatchObject({ code: 'not_allowed' });
    });

    it('S-65 ends with a reset, and so do second factors that sessions remember', async () => {
      await enrolOtp(house, user);
      const [method] = await house.engine.methods(user);
      const proofs = [
        { factor: 'password', at: house.clock.now },
        { factor: 'otp', methodId: method?.id as string, at: house.clock.now },
      ];
      house.clock.advance(1);
      await house.engine.resetUser(user, operator, context);
      expect(await beginSelfService(house, user, { proofs })).toMatchObject({ code: 'not_allowed' });
      const { requirement } = await house.engine.decide(login(user, house.clock, { proofs }));
      expect(requirement.kind).toBe('enrol');
    });
  });

  describe('S-39 S-40 a proof of days ago', () => {
    const day = 24 * 60 * 60;
    const addOtp = async (proofs: readonly Proof[]) => {
      const begun = await beginSelfService(house, user, { proofs });
      if (begun.outcome !== 'begun') return begun;
      return house.engine.beginEnrolment(begun.transaction.id, { factor: 'otp' }, context);
    };
    let old: Proof[];
    let mail: Proof;

    beforeEach(async () => {
      await enrolOtp(house, user);
      await house.setTenant({
        policy: 'never',
        factors: {
          otp: { enabled: true },
          'recovery-code': { enabled: true },
          email: { enabled: true },
        },
      });
      const methods = await house.engine.methods(user);
      const idOf = (name: string) => methods.find(({ factor }) => factor === name)?.id as string;
      old = [
        { factor: 'password', at: house.clock.now },
        { factor: 'otp', methodId: idOf('otp'), at: house.clock.now },
      ];
      house.clock.advance(3 * day);
      mail = { factor: 'email', methodId: idOf('email'), channel: 'email', at: house.clock.now };
    });

    it('lends nothing to a weaker one of now: nothing is added', async () => {
      expect(await addOtp([...old, mail])).toMatchObject({ code: 'already_enrolled' });
      expect(await addOtp([...old, { ...(old[1] as Proof), at: house.clock.now }])).toMatchObject({
        outcome: 'begun',
      });
    });

    it('vouches for no new method where only those that resist phishing will do', async () => {
      const resistant = house.engine.registry.all.filter(({ assurance }) => assurance.isPhishingResistant);
      const on = Object.fromEntries(resistant.map(({ name }) => [name, { enabled: true }]));
      await house.setTenant({
        policy: 'always',
        phishingResistantOnly: true,
        factors: { otp: { enabled: true }, 'recovery-code': { enabled: true }, ...on },
      });
      const { requirement } = await house.engine.decide(login(user, house.clock, { proofs: old }));
      expect(requirement).toEqual({ kind: 'challenge', factors: ['otp', 'recovery-code'] });
      const fresh = old.map((proof) => ({ ...proof, at: house.clock.now }));
      const decision = await house.engine.decide(login(user, house.clock, { proofs: fresh }));
      expect(decision.requirement).toMatchObject({ kind: 'enrol' });
    });

    it('adds nothing when its factor was switched off since', async () => {
      await house.setTenant({
        policy: 'never',
        factors: { phone: { enabled: true, settings: { allowedCountries: ['DE'] } } },
      });
      const fresh = old.map((proof) => ({ ...proof, at: house.clock.now }));
      expect((await beginSelfService(house, user, { proofs: fresh })).outcome).toBe('refused');
    });
  });

  describe('a factor that the operator switched off', () => {
    it('S-33 S-39 leaves its people enrolled: a password replaces and removes nothing', async () => {
      await enrolOtp(house, user);
      await house.setTenant({ policy: 'never', factors: { 'recovery-code': { enabled: true } } });
      const managing = login(user, house.clock, { mfaAudience: true });
      expect((await house.engine.decide(managing)).requirement).toEqual({
        kind: 'challenge',
        factors: ['recovery-code'],
      });
      await house.setTenant({ factors: { 'webauthn-roaming': { enabled: true } } });
      expect((await house.engine.decide(managing)).requirement.kind).toBe('blocked');
      const begun = await beginSelfService(house, user);
      if (begun.outcome === 'begun') {
        expect(
          await house.engine.beginEnrolment(begun.transaction.id, { factor: 'otp' }, context),
        ).toMatchObject({
          outcome: 'refused',
        });
      }
    });
  });

  describe('an enrolment that races another', () => {
    it('S-39 S-41 leaves no pending method that a password alone could confirm later', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const victim = `auth0|victim-${round}`;
        await house.addUser(victim);
        const owner = await beginToken(house, victim);
        const attacker = await beginToken(house, victim);
        const { shown } = await beginEnrolment(house, owner.transactionId);
        const code = await codeOf(shown.secret as string, house.clock.now);
        const [confirmed, begun] = await Promise.all([
          redeem(house, owner.mfaToken, code),
          house.engine.beginEnrolment(attacker.transactionId, { factor: 'otp' }, context),
        ]);
        expect(confirmed.outcome).toBe('completed');
        if (begun.outcome === 'begun') {
          const own = await codeOf(begun.shown.secret as string, house.clock.now);
          expect((await redeem(house, attacker.mfaToken, own)).outcome).toBe('refused');
        }
        expect(await house.engine.methods(victim)).toHaveLength(2);
      }
    });

    it('S-34 one proof confirms one method, however often the enrolment was begun', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const person = `auth0|twice-${round}`;
        await house.addUser(person);
        const { mfaToken, transactionId } = await beginToken(house, person);
        const [one, two] = await Promise.all([
          beginEnrolment(house, transactionId),
          beginEnrolment(house, transactionId),
        ]);
        const codes = await Promise.all(
          [one, two].map(({ shown }) => codeOf(shown.secret as string, house.clock.now)),
        );
        const answers = [];
        for (const code of codes) answers.push((await redeem(house, mfaToken, code)).outcome);
        expect(answers.filter((answer) => answer === 'completed')).toHaveLength(1);
        // Made in the same millisecond: in any order.
        const factors = (await house.engine.methods(person)).map((method) => method.factor);
        expect(factors.toSorted()).toEqual(['otp', 'recovery-code']);
      }
    });

    it('S-79 S-109 confirms nothing once the transaction has ended', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const person = `auth0|blocked-${round}`;
        await house.addUser(person);
        const { mfaToken, transactionId } = await beginToken(house, person);
        const { shown } = await beginEnrolment(house, transactionId);
        const code = await codeOf(shown.secret as string, house.clock.now);
        const [redeemed] = await Promise.all([
          redeem(house, mfaToken, code),
          house.database.transaction((trx) => blockUser(trx, () => house.clock.now, person)),
        ]);
        const isEnrolled = (await house.engine.methods(person)).some((method) => method.isConfirmed);
        expect(isEnrolled).toBe(redeemed.outcome === 'completed');
      }
    });
  });

  describe('S-19 denial of service by whoever holds the password', () => {
    it('is not had by using up the budget of logins: each address has its own', async () => {
      await enrolOtp(house, user);
      const from = (ip: string) =>
        house.engine.begin(login(user, house.clock), { token: true }, { ...context, ip });
      let last: string = '';
      for (let i = 0; i < 70; i += 1) last = (await from('203.0.113.9')).outcome;
      expect(last).toBe('refused');
      expect((await from('198.51.100.1')).outcome).toBe('begun');
    });

    it('is not had by filling the account with enrolments that nobody confirms', async () => {
      for (let i = 0; i < 18; i += 1) {
        const { transactionId } = await beginToken(house, user);
        await house.engine.beginEnrolment(
          transactionId,
          { factor: 'otp' },
          { ...context, ip: '203.0.113.9' },
        );
      }
      const { transactionId } = await beginToken(house, user);
      const enrolment = await house.engine.beginEnrolment(transactionId, { factor: 'otp' }, context);
      expect(enrolment.outcome).toBe('begun');
    });
  });

  describe('S-19 guesses between the logins of the owner', () => {
    it('meet a lock within a day, although each login ends the row of failures', async () => {
      const { secret } = await enrolOtp(house, user);
      let judged = 0;
      for (let logins = 0; logins < 24; logins += 1) {
        for (let guess = 0; guess < 9; guess += 1) {
          const answer = await redeem(
            house,
            (await beginToken(house, user)).mfaToken,
            'A'.repeat(24),
            'recovery-code',
          );
          if (answer.outcome === 'refused' && answer.code === 'invalid_proof') judged += 1;
        }
        house.clock.advance(60);
        await redeem(house, (await beginToken(house, user)).mfaToken, await codeOf(secret, house.clock.now));
        house.clock.advance(59 * 60);
      }
      expect(judged).toBeLessThan(2 * 30);
    });
  });

  it('S-26 a token is for its client, whatever else ended', async () => {
    const { mfaToken } = await beginToken(house, user);
    expect(await house.engine.findByToken(mfaToken, client.id)).toMatchObject({ outcome: 'found' });
    await changePassword();
    expect(await house.engine.findByToken(mfaToken, client.id)).toMatchObject({ outcome: 'expired' });
  });
});
