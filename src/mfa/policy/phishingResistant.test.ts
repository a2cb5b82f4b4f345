import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { codeOf, createTestEngine, enrolOtp, login, type TestEngine } from '../../../test/support/engine.ts';
import { ownDevice, securityKey, visitor } from '../../../test/support/securityKeys.ts';

const ann = 'auth0|ann';
const keysAndDevices = { kind: 'enrol', factors: ['webauthn-platform', 'webauthn-roaming'] };

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let person: ReturnType<typeof visitor>;
  let secret: string;
  let recoveryCode: string;

  const set = (phishingResistantOnly: boolean, isWebauthnOn = true) =>
    house.setTenant({
      policy: 'always',
      phishingResistantOnly,
      factors: {
        otp: { enabled: true },
        'recovery-code': { enabled: true },
        'webauthn-roaming': { enabled: isWebauthnOn },
        'webauthn-platform': { enabled: isWebauthnOn },
      },
    });

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await set(true);
    await house.addUser(ann);
    person = visitor(house, ann);
  });

  const submitOtp = async (id: string) => {
    house.clock.advance(30);
    const proof = await codeOf(secret, house.clock.now);
    return house.engine.submit(id, { factor: 'otp', proof }, person.seen);
  };
  const submitRecoveryCode = async (id: string) => {
    const submission = { factor: 'recovery-code', proof: recoveryCode };
    return house.engine.submit(id, submission, person.seen);
  };
  /** As somebody enrolled before the policy was changed. */
  const haveOtp = async () => {
    await set(false);
    const enrolled = await enrolOtp(house, ann);
    secret = enrolled.secret;
    recoveryCode = enrolled.recoveryCode ?? '';
    await set(true);
  };
  /** With both: the key was enrolled on the authority of a code. */
  const haveBoth = async () => {
    await haveOtp();
    const key = securityKey();
    const id = await person.begin();
    await submitOtp(id);
    await person.enrolIn(id, key);
    await house.engine.complete(id);
    return key;
  };

  it('S-40 a relayed code neither removes a key nor adds one beside it', async () => {
    await haveBoth();
    const methods = await house.engine.methods(ann);
    const idOf = (name: string) => methods.find(({ factor }) => factor === name)?.id as string;
    const by = (factor: string) => ({
      kind: 'person' as const,
      id: 'app',
      proofs: [
        { factor: 'password', at: house.clock.now },
        { factor, methodId: idOf(factor), at: house.clock.now },
      ],
    });
    const key = idOf('webauthn-roaming');
    expect(await house.engine.removeMethod(ann, key, by('otp'), person.seen)).toMatchObject({
      code: 'weak_proof',
    });
    expect(await house.engine.removeMethod(ann, key, by('webauthn-roaming'), person.seen)).toMatchObject({
      outcome: 'removed',
    });
  });

  it('S-77 a browser remembered by a code doesn’t stand in for a key', async () => {
    await haveOtp();
    await set(false);
    const id = await person.begin();
    await submitOtp(id);
    const remembered = await house.engine.browsers.remember(id, person.seen);
    const browserToken = remembered?.token as string;
    const requirement = async () =>
      (await house.engine.decide(login(ann, house.clock, { purpose: 'login', browserToken }))).requirement;
    expect(await requirement()).toEqual({ kind: 'none' });
    await set(true);
    expect((await requirement()).kind).toBe('challenge');
  });

  it('who has nothing enrols what resists phishing and can stand alone', async () => {
    const id = await person.begin();
    expect(await person.requirement(id)).toEqual({ kind: 'enrol', factors: ['webauthn-roaming'] });
    expect(await house.engine.beginEnrolment(id, { factor: 'otp' }, person.seen)).toMatchObject({
      code: 'not_allowed',
    });
    expect(await person.enrolIn(id, securityKey())).toMatchObject({ outcome: 'satisfied' });
  });

  describe('who has one-time passwords only', () => {
    beforeEach(haveOtp);

    it('answers with one and then has to enrol a key', async () => {
      const id = await person.begin();
      expect(await person.requirement(id)).toMatchObject({
        kind: 'challenge',
        factors: ['otp', 'recovery-code'],
      });
      expect(await submitOtp(id)).toEqual({ outcome: 'pending', requirement: keysAndDevices });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
      expect(await person.enrolIn(id, securityKey())).toMatchObject({ outcome: 'satisfied' });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'completed' });
    });

    it('may set up the device in use instead', async () => {
      const id = await person.begin();
      await submitOtp(id);
      expect(await person.enrolIn(id, ownDevice(), 'webauthn-platform')).toMatchObject({
        outcome: 'satisfied',
      });
    });

    it('S-39 enrols no key on the password alone', async () => {
      const id = await person.begin();
      const begun = await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, person.seen);
      expect(begun).toMatchObject({ code: 'already_enrolled' });
    });

    it('S-36 can’t leave that enrolment', async () => {
      const id = await person.begin();
      await submitOtp(id);
      expect(await house.engine.declineOffer(id)).toMatchObject({ code: 'not_allowed' });
      expect(await house.engine.beginEnrolment(id, { factor: 'otp' }, person.seen)).toMatchObject({
        code: 'not_allowed',
      });
    });

    it('comes no further where no such factor is on', async () => {
      await set(true, false);
      const id = await person.begin();
      expect(await person.requirement(id)).toEqual({ kind: 'blocked' });
    });
  });

  describe('who has a key', () => {
    it('can’t answer with anything weaker', async () => {
      const key = await haveBoth();
      const id = await person.begin();
      expect(await person.requirement(id)).toEqual({
        kind: 'challenge',
        factors: ['webauthn-roaming', 'recovery-code'],
      });
      expect(await submitOtp(id)).toMatchObject({ code: 'invalid_proof' });
      expect(await person.answerIn(id, key)).toMatchObject({ outcome: 'satisfied' });
    });

    it('S-28 a code given before the policy was changed counts no longer', async () => {
      await haveBoth();
      await set(false);
      const id = await person.begin();
      expect(await submitOtp(id)).toMatchObject({ outcome: 'satisfied' });
      await set(true);
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'pending' });
    });

    it('S-66 who lost it gets in by the recovery code, to enrol a new one at once', async () => {
      const lost = await haveBoth();
      const id = await person.begin();
      expect(await submitRecoveryCode(id)).toEqual({ outcome: 'pending', requirement: keysAndDevices });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
      expect((await person.stored(id)).reveal).toMatchObject({ isReplacement: true });
      const found = securityKey();
      expect(await person.enrolIn(id, found)).toMatchObject({ outcome: 'satisfied' });
      // The code that replaces the spent one is shown all the same.
      expect((await person.stored(id)).reveal).toMatchObject({ isReplacement: true });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'completed' });
      expect(await person.answer(found)).toMatchObject({ outcome: 'satisfied' });
      expect(await person.answer(lost)).toMatchObject({ outcome: 'satisfied' });
    });
  });
});
