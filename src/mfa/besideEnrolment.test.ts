import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  beginEnrolment,
  beginToken,
  codeOf,
  context,
  createTestEngine,
  redeem,
  type TestEngine,
} from '../../test/support/engine.ts';
import type { EnrolmentChoice } from './enrol.ts';

const user = 'auth0|ann';
const number = '+4915112345678';

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let transactionId: string;
  let mfaToken: string;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(user);
    const factors = {
      otp: { enabled: true },
      'recovery-code': { enabled: true },
      'push-notification': { enabled: true },
      phone: { enabled: true, settings: { messageTypes: ['sms'], allowedCountries: ['DE'] } },
    };
    await house.setTenant({ policy: 'always', factors });
    ({ transactionId, mfaToken } = await beginToken(house, user));
  });

  async function begin(factor: string, choice: Omit<EnrolmentChoice, 'factor'> = {}) {
    const begun = await house.engine.beginEnrolment(transactionId, { factor, ...choice }, context);
    if (begun.outcome !== 'begun') throw new Error(`Refused: ${begun.code}.`);
    return begun;
  }

  const sms = (input = number) =>
    begin('phone', { channel: 'sms', input: { phone_number: input }, beside: true });
  const otp = () => begin('otp', { beside: true });
  const submit = (submission: Parameters<typeof house.engine.submit>[1]) =>
    house.engine.submit(transactionId, submission, context);
  const sentCode = () => house.codes.at(-1)?.code;
  const factorsOf = async () =>
    (await house.engine.methods(user)).map(({ factor, isConfirmed }) => [factor, isConfirmed]);

  describe('enrolments beside each other', () => {
    it('wait for whichever is proved; the other is dropped, and the recovery code is the first one', async () => {
      const { beside } = await otp();
      expect(beside?.recoveryCode).toMatch(/^[A-Z1-9]{24}$/);
      expect((await sms()).beside).toBeUndefined();
      expect(await factorsOf()).toEqual([
        ['otp', false],
        ['recovery-code', false],
        ['phone', false],
      ]);
      const passed = await submit({ challenge: { factor: 'phone' }, proof: sentCode() });
      expect(passed).toMatchObject({ outcome: 'satisfied', proofs: [{}, { factor: 'phone' }] });
      expect(await factorsOf()).toEqual([
        ['recovery-code', true],
        ['phone', true],
      ]);
      await house.engine.complete(transactionId);
      const again = await beginToken(house, user);
      expect(await redeem(house, again.mfaToken, beside?.recoveryCode, 'recovery-code')).toMatchObject({
        outcome: 'completed',
      });
    });

    it('confirm the app alone although a code was sent to a number', async () => {
      const { shown } = await otp();
      await sms();
      const proof = await codeOf(shown.secret as string, house.clock.now);
      expect(await submit({ factor: 'otp', proof })).toMatchObject({ outcome: 'satisfied' });
      expect(await factorsOf()).toEqual([
        ['otp', true],
        ['recovery-code', true],
      ]);
    });

    it('leave each other’s challenges open, a new one of the same factor voids the one before', async () => {
      const { oobCode } = await begin('push-notification', { beside: true });
      await sms();
      const first = sentCode();
      await sms('+4915112345679');
      const find = (name: { factor: string } | { oobCode: string } | 'latest') =>
        submit({ challenge: name, proof: first });
      // Judged and wrong, since it was sent to another number.
      expect(await find({ factor: 'phone' })).toMatchObject({ code: 'invalid_proof' });
      for (const name of [{ factor: 'push-notification' }, { oobCode: oobCode ?? '' }]) {
        expect(await find(name)).toMatchObject({ code: 'answer_pending' });
      }
      expect(await find({ factor: 'email' })).toMatchObject({ code: 'wrong_challenge' });
      expect((await factorsOf()).filter(([factor]) => factor === 'phone')).toHaveLength(1);
    });

    it('are one again when another begins that is not beside', async () => {
      const { oobCode } = await begin('push-notification', { beside: true });
      await otp();
      await sms();
      await beginEnrolment(house, transactionId);
      expect(await factorsOf()).toEqual([
        ['otp', false],
        ['recovery-code', false],
      ]);
      // Only a factor that sends something voids what was sent before; the method is gone all the same.
      const sent = await submit({ challenge: { factor: 'phone' }, proof: sentCode() });
      expect(sent).toMatchObject({ outcome: 'refused' });
      expect(await submit({ challenge: { oobCode: oobCode ?? '' }, proof: undefined })).toMatchObject({
        outcome: 'refused',
      });
      expect(await factorsOf()).toEqual([
        ['otp', false],
        ['recovery-code', false],
      ]);
    });

    it('S-41 of another transaction are void once one is confirmed', async () => {
      const { shown } = await otp();
      const elsewhere = await beginToken(house, user);
      const other = await house.engine.beginEnrolment(
        elsewhere.transactionId,
        { factor: 'phone', channel: 'sms', input: { phone_number: number }, beside: true },
        context,
      );
      expect(other.outcome).toBe('begun');
      const proof = await codeOf(shown.secret as string, house.clock.now);
      expect((await redeem(house, mfaToken, proof)).outcome).toBe('completed');
      const answer = { challenge: 'latest', proof: sentCode() } as const;
      expect(await house.engine.submit(elsewhere.transactionId, answer, context)).toMatchObject({
        outcome: 'refused',
      });
      expect(await factorsOf()).toEqual([
        ['otp', true],
        ['recovery-code', true],
      ]);
    });

    it('S-39 begin for nobody who has a method', async () => {
      const { shown } = await otp();
      await redeem(house, mfaToken, await codeOf(shown.secret as string, house.clock.now));
      ({ transactionId } = await beginToken(house, user));
      const choice = { factor: 'phone', input: { phone_number: number }, beside: true } as const;
      expect(await house.engine.beginEnrolment(transactionId, choice, context)).toMatchObject({
        code: 'already_enrolled',
      });
    });
  });

  describe('an enrolment that is only confirmed', () => {
    it('counts for nothing yet: the person is asked to prove it, and what was begun beside is void', async () => {
      const { shown } = await otp();
      await sms();
      const code = sentCode();
      const confirmed = await submit({ challenge: { factor: 'phone' }, proof: code, confirmsOnly: true });
      expect(confirmed).toEqual({
        outcome: 'pending',
        requirement: { kind: 'challenge', factors: ['phone', 'recovery-code'] },
      });
      expect(await factorsOf()).toEqual([
        ['recovery-code', true],
        ['phone', true],
      ]);
      expect(await house.engine.complete(transactionId)).toMatchObject({ code: 'expired' });
      expect(await submit({ challenge: { factor: 'phone' }, proof: code })).toMatchObject({
        code: 'challenge_expired',
      });
      const proof = await codeOf(shown.secret as string, house.clock.now);
      expect(await submit({ factor: 'otp', proof })).toMatchObject({ code: 'invalid_proof' });
      await house.engine.beginChallenge(transactionId, { factor: 'phone' }, context);
      expect(await submit({ challenge: 'latest', proof: sentCode(), confirmsOnly: true })).toMatchObject({
        outcome: 'satisfied',
        proofs: [{ factor: 'password' }, { factor: 'phone' }],
      });
    });
  });
});
