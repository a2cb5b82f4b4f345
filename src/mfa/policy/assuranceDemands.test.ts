import { randomUUID } from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { codeOf, createTestEngine, enrolOtp, login, type TestEngine } from '../../../test/support/engine.ts';
import { ownDevice, securityKey, visitor, type WebauthnName } from '../../../test/support/securityKeys.ts';
import { levelOf } from '../assuranceLevel.ts';
import { claimsOf } from '../tokenClaims.ts';

const ann = 'auth0|ann';
const acr = (level: number) => `http://idmanagement.gov/ns/assurance/aal/${level}`;
const third = { acrValues: [acr(3)] };
const synced = { flags: { backupEligible: true, backedUp: true } };
const verifyingKey = () => securityKey({ flags: { userVerified: true } });

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let person: ReturnType<typeof visitor>;
  let secret: string;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.setTenant({
      policy: 'always',
      factors: {
        otp: { enabled: true },
        email: { enabled: true },
        'webauthn-roaming': { enabled: true },
        'webauthn-platform': { enabled: true },
      },
    });
    await house.addUser(ann);
    person = visitor(house, ann);
    ({ secret } = await enrolOtp(house, ann));
    await house.setTenant({ policy: 'never' });
  });

  const submitOtp = async (id: string) => {
    house.clock.advance(30);
    const proof = await codeOf(secret, house.clock.now);
    return house.engine.submit(id, { factor: 'otp', proof }, person.seen);
  };
  const proofsOf = async (id: string) => {
    const completed = await house.engine.complete(id);
    if (completed.outcome !== 'completed') throw new Error(`Not complete: ${completed.outcome}.`);
    return completed.proofs;
  };
  /** Enrols beside the one-time password, at no particular level. */
  const have = async (authenticator: ReturnType<typeof securityKey>, factor: WebauthnName) => {
    const id = await person.begin({ acrValues: [acr(2)] });
    await submitOtp(id);
    const asked = { purpose: 'self-service', mfaAudience: true, proofs: await proofsOf(id) } as const;
    const input = login(ann, house.clock, asked);
    const begun = await house.engine.beginSelfService(input, randomUUID(), person.seen, {});
    if (begun.outcome !== 'begun') throw new Error(`Nothing can be added: ${begun.outcome}.`);
    const added = await person.enrolIn(begun.transaction.id, authenticator, factor);
    expect(added).toMatchObject({ outcome: 'satisfied' });
  };

  it('S-48 level 2 is reached by a one-time password, and not by the mailbox', async () => {
    const id = await person.begin({ acrValues: [acr(2)] });
    expect(await person.requirement(id)).toEqual({ kind: 'challenge', factors: ['otp'] });
    expect(await submitOtp(id)).toMatchObject({ outcome: 'satisfied' });
    const proofs = await proofsOf(id);
    expect(levelOf(proofs, house.engine.registry)).toBe(2);
    expect(claimsOf(proofs, house.engine.registry, [acr(2)]).acr).toBe(acr(2));
    // What was given in this session is enough the next time.
    const again = login(ann, house.clock, { purpose: 'silent', acrValues: [acr(2)], proofs });
    expect((await house.engine.decide(again)).requirement.kind).toBe('none');
  });

  describe('S-61 level 3', () => {
    it('leads who has one-time passwords to a key that verifies them, once those were proved', async () => {
      const id = await person.begin(third);
      expect(await person.requirement(id)).toMatchObject({ kind: 'challenge', factors: ['otp'] });
      expect(await submitOtp(id)).toMatchObject({
        outcome: 'pending',
        requirement: { kind: 'enrol', factors: ['webauthn-platform', 'webauthn-roaming'] },
      });
      expect(await person.enrolIn(id, verifyingKey())).toMatchObject({ outcome: 'satisfied' });
      expect(levelOf(await proofsOf(id), house.engine.registry)).toBe(3);
    });

    it('takes no new passkey that may be copied, and no key that verifies nobody', async () => {
      const id = await person.begin(third);
      await submitOtp(id);
      expect(await person.enrolIn(id, ownDevice(synced), 'webauthn-platform')).toMatchObject({
        code: 'invalid_proof',
      });
      expect(await person.enrolIn(id, securityKey())).toMatchObject({ code: 'invalid_proof' });
      expect(await person.reasons('gd_webauthn_enrollment_failed')).toEqual(['synced', 'user_verification']);
      expect(await person.enrolIn(id, verifyingKey())).toMatchObject({ outcome: 'satisfied' });
    });

    it('asks a key to verify its person although the settings leave that open', async () => {
      const key = verifyingKey();
      await have(key, 'webauthn-roaming');
      const id = await person.begin(third);
      const asked = await person.options<PublicKeyCredentialRequestOptionsJSON>(id, 'webauthn-roaming');
      expect(asked.userVerification).toBe('required');
      const unverified = { flags: { userVerified: false } };
      expect(await person.answerIn(id, key, 'webauthn-roaming', unverified)).toMatchObject({
        code: 'invalid_proof',
      });
      expect(await person.answerIn(id, key)).toMatchObject({ outcome: 'satisfied' });
      expect(levelOf(await proofsOf(id), house.engine.registry)).toBe(3);
      // Nobody else is asked for more than before.
      const other = await person.begin({ acrValues: [acr(2)] });
      const usual = await person.options<PublicKeyCredentialRequestOptionsJSON>(other, 'webauthn-roaming');
      expect(usual.userVerification).toBe('discouraged');
    });

    it('offers no passkey that may be copied beside a key that stays in its device', async () => {
      const passkey = ownDevice(synced);
      const key = verifyingKey();
      await have(passkey, 'webauthn-platform');
      await have(key, 'webauthn-roaming');
      const id = await person.begin(third);
      expect(await person.requirement(id)).toMatchObject({
        kind: 'challenge',
        factors: ['webauthn-roaming'],
      });
    });

    it('lets who has nothing but such a passkey vouch by it for a key', async () => {
      const passkey = ownDevice(synced);
      await have(passkey, 'webauthn-platform');
      const id = await person.begin(third);
      expect(await person.requirement(id)).toMatchObject({
        kind: 'challenge',
        factors: ['webauthn-platform', 'otp'],
      });
      expect(await person.answerIn(id, passkey, 'webauthn-platform')).toMatchObject({
        outcome: 'pending',
        requirement: { kind: 'enrol' },
      });
      const asked = await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, person.seen);
      expect(asked.outcome).toBe('begun');
      const options = await person.options<PublicKeyCredentialCreationOptionsJSON>(id, 'webauthn-roaming');
      expect(options.authenticatorSelection?.userVerification).toBe('required');
    });

    it('keeps out where nothing that reaches it is on, and says why', async () => {
      await house.setTenant({ factors: { otp: { enabled: true } } });
      const id = await person.begin(third);
      expect(await person.requirement(id)).toEqual({ kind: 'blocked' });
      const { reasons } = await person.stored(id);
      expect(reasons.map(({ code }) => code)).toEqual(['acr_values', 'no_factor_enabled']);
    });
  });
});
