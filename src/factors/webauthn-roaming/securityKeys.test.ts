import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { context, createTestEngine, type TestEngine } from '../../../test/support/engine.ts';
import { securityKey, visitor } from '../../../test/support/securityKeys.ts';
import { claimsOf } from '../../mfa/tokenClaims.ts';

const ann = 'auth0|ann';
const bob = 'auth0|bob';

forEachDatabase((engine, open) => {
  let house: TestEngine;
  let person: ReturnType<typeof visitor>;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.setTenant({
      policy: 'always',
      factors: {
        otp: { enabled: true },
        'recovery-code': { enabled: true },
        'webauthn-roaming': { enabled: true },
      },
    });
    await house.addUser(ann);
    await house.addUser(bob);
    person = visitor(house, ann);
  });

  const names = async () =>
    (await house.engine.methods(ann))
      .filter(({ isConfirmed, factor }) => isConfirmed && factor === 'webauthn-roaming')
      .map(({ name }) => name);

  it('a key that was enrolled signs its person in', async () => {
    const key = securityKey();
    await person.enrol(key);
    expect(await person.answer(key)).toMatchObject({ outcome: 'satisfied' });
    expect(await house.eventTypes(ann)).toEqual([
      'gd_start_enroll',
      'gd_enrollment_complete',
      'gd_start_auth',
      'gd_auth_succeed',
    ]);
  });

  it('the browser is asked for a key of the pages’ own host, and not for one that is there', async () => {
    const id = await person.begin();
    await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, context);
    const asked = await person.options<PublicKeyCredentialCreationOptionsJSON>(id, 'webauthn-roaming');
    expect(asked).toMatchObject({
      rp: { id: 'login.example.com', name: 'Countersign' },
      user: { name: 'auth0.ann@example.com' },
      pubKeyCredParams: [{ alg: -7 }, { alg: -8 }, { alg: -257 }],
      excludeCredentials: [],
      attestation: 'none',
      authenticatorSelection: {
        authenticatorAttachment: 'cross-platform',
        residentKey: 'discouraged',
        userVerification: 'discouraged',
      },
    });
    const handle = Buffer.from(asked.user.id, 'base64url');
    expect(handle.length).toBeGreaterThanOrEqual(32);
    expect(handle.toString()).not.toContain('ann');
  });

  describe('several keys', () => {
    it('are enrolled one after the other, and each signs in', async () => {
      const [first, second] = [securityKey(), securityKey()];
      const id = await person.begin();
      expect(await person.enrolIn(id, first)).toMatchObject({ outcome: 'satisfied' });
      await house.engine.settleFollowUp(id, 'Blue one', context);
      expect(await person.requirement(id)).toEqual({
        kind: 'none',
        offers: { reason: 'another', factors: ['webauthn-roaming'] },
      });
      await house.engine.acceptOffer(id, { removesEarlier: false });
      await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, context);
      const asked = await person.options<PublicKeyCredentialCreationOptionsJSON>(id, 'webauthn-roaming');
      expect(asked.excludeCredentials?.map((one) => one.id)).toEqual([
        first.credentials[0]?.id.toString('base64url'),
      ]);
      expect(await person.submit(id, second.create(asked))).toMatchObject({ outcome: 'satisfied' });
      await house.engine.settleFollowUp(id, undefined, context);

      expect(await names()).toEqual(['Blue one', 'Security key']);
      expect((await house.engine.figures()).usersByFactor['webauthn-roaming']).toBe(1);
      expect(await person.answer(first)).toMatchObject({ outcome: 'satisfied' });
      expect(await person.answer(second)).toMatchObject({ outcome: 'satisfied' });
    });

    it('have names of their own from the start', async () => {
      const id = await person.begin();
      await person.enrolIn(id, securityKey());
      await house.engine.settleFollowUp(id, undefined, context);
      await house.engine.acceptOffer(id, { removesEarlier: false });
      await person.enrolIn(id, securityKey());
      expect(await names()).toEqual(['Security key', 'Security key 2']);
    });

    it('leave the recovery code of the first enrolment to be shown', async () => {
      const id = await person.begin();
      await person.enrolIn(id, securityKey());
      const code = (await person.stored(id)).reveal?.shown.recoveryCode;
      expect(code).toMatch(/^[A-Z0-9]{24}$/);
      await house.engine.settleFollowUp(id, undefined, context);
      await house.engine.acceptOffer(id, { removesEarlier: false });
      await person.enrolIn(id, securityKey());
      expect((await person.stored(id)).reveal?.shown.recoveryCode).toBe(code);
      await house.engine.complete(id);

      const next = await person.begin();
      expect(
        await house.engine.submit(next, { factor: 'recovery-code', proof: code }, context),
      ).toMatchObject({ outcome: 'satisfied' });
    });

    it('leave it too when the second one is not enrolled after all', async () => {
      const id = await person.begin();
      await person.enrolIn(id, securityKey());
      await house.engine.acceptOffer(id, { removesEarlier: false });
      await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, context);
      await house.engine.declineOffer(id);
      expect((await person.stored(id)).reveal?.shown.recoveryCode).toMatch(/^[A-Z0-9]{24}$/);
    });
  });

  describe('the name of a key', () => {
    it('is asked for once it is enrolled, with one to begin with', async () => {
      const id = await person.begin();
      await person.enrolIn(id, securityKey());
      expect(await house.engine.followUp(id)).toEqual({ factor: 'webauthn-roaming', name: 'Security key' });
      expect(await house.engine.settleFollowUp(id, 'Desk drawer', context)).toEqual({ outcome: 'settled' });
      expect(await house.engine.followUp(id)).toBeUndefined();
      expect(await names()).toEqual(['Desk drawer']);
    });

    it('is at first in the language that the person reads', async () => {
      Object.assign(person.seen, { language: 'fr-CA' });
      await person.enrol(securityKey());
      expect(await names()).toEqual(['Clé de sécurité']);
    });

    it.each([
      ['  a\tb\u202e c ', 'a b c'],
      ['😀'.repeat(60), '😀'.repeat(50)],
      ['\u0000 \u2066', 'Security key'],
    ])('S-88 is one line of at most 50 characters: %j', async (given, kept) => {
      const id = await person.begin();
      await person.enrolIn(id, securityKey());
      await house.engine.settleFollowUp(id, given, context);
      expect(await names()).toEqual([kept]);
    });

    it('is still good after the key was used', async () => {
      const key = securityKey();
      const id = await person.begin();
      await person.enrolIn(id, key);
      await house.engine.settleFollowUp(id, 'Mine', context);
      await person.answer(key);
      expect(await names()).toEqual(['Mine']);
    });
  });

  describe('what a proof shows', () => {
    const claims = async (key = securityKey(), changes?: Parameters<typeof person.answer>[2]) => {
      await person.enrol(key);
      const result = await person.answer(key, 'webauthn-roaming', changes);
      if (result.outcome !== 'satisfied') throw new Error('The key was refused.');
      const level = result.proofs.at(-1)?.evidence?.level;
      return { level, amr: claimsOf(result.proofs, house.engine.registry, []).amr };
    };

    it('S-29 a touch of a key is a hardware key and somebody there', async () => {
      expect(await claims()).toEqual({ level: 2, amr: ['mfa', 'pwd', 'hwk', 'user'] });
    });

    it('S-29 a key that verified its person by PIN says so, and reaches level 3', async () => {
      const key = securityKey({ flags: { userVerified: true } });
      expect(await claims(key)).toEqual({ level: 3, amr: ['mfa', 'pwd', 'hwk', 'user', 'pin'] });
    });

    it('S-61 a synced key is a software key and never reaches level 3', async () => {
      const key = securityKey({ flags: { userVerified: true, backupEligible: true, backedUp: true } });
      expect(await claims(key)).toEqual({ level: 2, amr: ['mfa', 'pwd', 'swk', 'user', 'pin'] });
    });

    it('S-29 a phone that answers for a computer doesn’t tell how it verified', async () => {
      const key = securityKey({ flags: { userVerified: true }, transports: ['hybrid', 'internal'] });
      expect(await claims(key)).toEqual({ level: 3, amr: ['mfa', 'pwd', 'hwk', 'user'] });
    });
  });

  it('tells the log what the browser broke off, as an enrolment or a challenge', async () => {
    const id = await person.begin();
    await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, context);
    await house.engine.reportUnanswered(id, 'webauthn-roaming', 'NotAllowedError', context);
    await person.enrol(securityKey());
    const next = await person.begin();
    await house.engine.reportUnanswered(next, 'webauthn-roaming', 'AbortError', context);
    expect(await person.reasons('gd_webauthn_enrollment_failed')).toEqual(['NotAllowedError']);
    expect(await person.reasons('gd_webauthn_challenge_failed')).toEqual(['AbortError']);
  });

  it('S-62 a credential that somebody has can’t be enrolled by anybody else', async () => {
    const theirs = securityKey();
    await visitor(house, bob).enrol(theirs);
    const credentialId = theirs.credentials[0]?.id as Buffer;
    const id = await person.begin();
    const mine = securityKey();
    expect(await person.enrolIn(id, mine, 'webauthn-roaming', { credentialId })).toMatchObject({
      code: 'invalid_proof',
    });
    expect(await person.reasons('gd_webauthn_enrollment_failed')).toEqual(['claimed_by_another']);
    expect(await visitor(house, bob).answer(theirs)).toMatchObject({ outcome: 'satisfied' });
  });

  it('S-62 a credential can be enrolled again once its method was removed', async () => {
    const key = securityKey();
    await visitor(house, bob).enrol(key);
    await house.engine.resetUser(bob, { kind: 'operator', id: 'olga' }, context);
    const credentialId = key.credentials[0]?.id as Buffer;
    const id = await person.begin();
    expect(await person.enrolIn(id, key, 'webauthn-roaming', { credentialId })).toMatchObject({
      outcome: 'satisfied',
    });
  });

  it('S-01 two racing submissions of one assertion give one success', async () => {
    const key = securityKey();
    await person.enrol(key);
    const id = await person.begin();
    const answer = key.get(await person.options(id, 'webauthn-roaming'));
    const results = await Promise.all([person.submit(id, answer), person.submit(id, answer)]);
    expect(results.filter(({ outcome }) => outcome === 'satisfied')).toHaveLength(1);
  });

  // Two connections of one process to one SQLite file wait for each other for ever.
  it.runIf(engine === 'postgres')(
    'S-01 two nodes that are handed one assertion give one success',
    async () => {
      const key = securityKey();
      await person.enrol(key);
      const id = await person.begin();
      const proof = JSON.stringify(key.get(await person.options(id, 'webauthn-roaming')));
      const other = await house.anotherNode();
      const results = await Promise.all(
        [house.engine, other].map((engine) => engine.submit(id, { challenge: 'latest', proof }, context)),
      );
      expect(results.filter(({ outcome }) => outcome === 'satisfied')).toHaveLength(1);
    },
  );
});
