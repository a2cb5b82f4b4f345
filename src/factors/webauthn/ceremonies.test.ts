import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeAttestationAuthority } from '../../../test/support/attestationAuthority.ts';
import { databaseOpener } from '../../../test/support/databases.ts';
import { context, createTestEngine, type TestEngine } from '../../../test/support/engine.ts';
import { ownDevice, securityKey, visitor } from '../../../test/support/securityKeys.ts';
import type { AssertionChanges, CreationChanges } from '../../../test/support/softAuthenticator.ts';
import { storeModels } from '../../webauthn/models/storedModels.ts';

const ann = 'auth0|ann';
const bob = 'auth0|bob';
const model = 'd548826e-79b4-db40-a3d8-11116f7e8349';

// What differs by database is tried with each kind of authenticator.
describe('WebAuthn ceremonies', () => {
  const open = databaseOpener('sqlite');
  let house: TestEngine;
  let person: ReturnType<typeof visitor>;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await set({});
    await house.addUser(ann);
    await house.addUser(bob);
    person = visitor(house, ann);
  });

  /** Keys alone are on, with these settings. */
  const set = (settings: object) =>
    house.setTenant({
      policy: 'always',
      factors: { 'webauthn-roaming': { enabled: true, settings }, 'recovery-code': { enabled: true } },
    });
  const refused = { outcome: 'refused', code: 'invalid_proof' };
  const attestedKey = async () => {
    const authority = await makeAttestationAuthority();
    const attestationKey = await authority.certify(model);
    const key = securityKey({ aaguid: model, attestation: 'packed', attestationKey });
    return { key, roots: [authority.root] };
  };
  const know = (roots: string[], isCompromised = false) =>
    house.database.transaction(async (trx) => {
      const known = { aaguid: model, description: 'Acme Key\u202e 5', roots, isCompromised };
      await storeModels(trx, [known], house.clock.now);
    });

  describe('the challenge', () => {
    it('S-56 has 32 random bytes and is another each time', async () => {
      await person.enrol(securityKey());
      const id = await person.begin();
      const challenges = [
        (await person.options<{ challenge: string }>(id, 'webauthn-roaming')).challenge,
        (await person.options<{ challenge: string }>(id, 'webauthn-roaming')).challenge,
      ];
      expect(new Set(challenges).size).toBe(2);
      for (const challenge of challenges) expect(Buffer.from(challenge, 'base64url')).toHaveLength(32);
    });

    it('S-56 an assertion is good once: not in the same login, nor in the next', async () => {
      const key = securityKey();
      await person.enrol(key);
      const id = await person.begin();
      const answer = key.get(await person.options(id, 'webauthn-roaming'));
      expect(await person.submit(id, answer)).toMatchObject({ outcome: 'satisfied' });
      expect(await person.submit(id, answer)).toMatchObject({ outcome: 'refused' });
      const next = await person.begin();
      expect(await person.submit(next, answer)).toMatchObject({ code: 'wrong_challenge' });
      await person.options(next, 'webauthn-roaming');
      expect(await person.submit(next, answer)).toMatchObject(refused);
      expect(await person.reasons()).toEqual(['challenge']);
    });

    it('S-56 an answer after five minutes comes too late', async () => {
      const key = securityKey();
      await person.enrol(key);
      const id = await person.begin();
      const answer = key.get(await person.options(id, 'webauthn-roaming'));
      house.clock.advance(300);
      expect(await person.submit(id, answer)).toMatchObject({ code: 'challenge_expired' });
    });

    it('S-56 the page that is shown again voids the challenge before', async () => {
      const key = securityKey();
      await person.enrol(key);
      const id = await person.begin();
      const answer = key.get(await person.options(id, 'webauthn-roaming'));
      await person.options(id, 'webauthn-roaming');
      expect(await person.submit(id, answer)).toMatchObject(refused);
    });

    it('S-56 what a registration asked for signs nobody in, and the other way round', async () => {
      const key = securityKey();
      await person.enrol(key);
      const id = await person.begin();
      const asked = await person.options<PublicKeyCredentialCreationOptionsJSON>(id, 'webauthn-roaming');
      const made = key.create({
        ...asked,
        rp: { id: 'login.example.com', name: '' },
        user: { id: '', name: '', displayName: '' },
        pubKeyCredParams: [],
      });
      expect(await person.submit(id, made)).toMatchObject(refused);
      // Even one that bears the right credential's id.
      expect(await person.submit(id, { ...made, id: keyId(key), rawId: keyId(key) })).toMatchObject(refused);

      const other = visitor(house, bob);
      const enrolling = await other.begin();
      await house.engine.beginEnrolment(enrolling, { factor: 'webauthn-roaming' }, context);
      const { challenge } = await other.options<{ challenge: string }>(enrolling, 'webauthn-roaming');
      const signed = key.get({ challenge, rpId: 'login.example.com' });
      expect(await other.submit(enrolling, signed)).toMatchObject(refused);
      expect(await other.reasons()).toEqual(['type']);
    });

    it('S-56 is bound to its login: another of the same person can’t use it', async () => {
      const key = securityKey();
      await person.enrol(key);
      const [one, two] = [await person.begin(), await person.begin()];
      const answer = key.get(await person.options(one, 'webauthn-roaming'));
      await person.options(two, 'webauthn-roaming');
      expect(await person.submit(two, answer)).toMatchObject(refused);
      expect(await person.submit(one, answer)).toMatchObject({ outcome: 'satisfied' });
    });
  });

  describe.each<[string, AssertionChanges & CreationChanges, string]>([
    ['S-57 another origin', { client: { origin: 'https://login.example.com.evil.example' } }, 'origin'],
    ['S-57 the same host by http', { client: { origin: 'http://login.example.com' } }, 'origin'],
    ['S-57 another port', { client: { origin: 'https://login.example.com:8443' } }, 'origin'],
    ['S-57 a frame in a foreign page', { client: { crossOrigin: true } }, 'cross_origin'],
    ['S-57 another relying party', { rpId: 'example.com' }, 'relying_party'],
    ['S-57 nobody there', { flags: { userPresent: false } }, 'user_presence'],
    ['S-57 another type', { client: { type: 'payment.get' } }, 'type'],
    ['S-61 a copy that may not be', { flags: { backedUp: true } }, 'backup_flags'],
  ])('%s is refused', (_name, changes, reason) => {
    it('at sign-in', async () => {
      const key = securityKey();
      await person.enrol(key);
      expect(await person.answer(key, 'webauthn-roaming', changes)).toMatchObject(refused);
      expect(await person.reasons('gd_webauthn_challenge_failed')).toEqual([reason]);
      expect(await person.answer(key)).toMatchObject({ outcome: 'satisfied' });
    });

    it('at enrolment', async () => {
      const id = await person.begin();
      expect(await person.enrolIn(id, securityKey(), 'webauthn-roaming', changes)).toMatchObject(refused);
      expect(await person.reasons('gd_webauthn_enrollment_failed')).toEqual([reason]);
      expect(await person.enrolIn(id, securityKey())).toMatchObject({ outcome: 'satisfied' });
    });
  });

  describe('what the operator demands is judged by the server', () => {
    it('S-58 a PIN that was demanded and not given is refused, whatever the page asked for', async () => {
      await set({ userVerification: 'required' });
      const key = securityKey();
      const id = await person.begin();
      expect(await person.enrolIn(id, key)).toMatchObject(refused);
      const verified = { flags: { userVerified: true } };
      expect(await person.enrolIn(id, key, 'webauthn-roaming', verified)).toMatchObject({
        outcome: 'satisfied',
        proofs: [{}, { evidence: { level: 3, amr: ['hwk', 'user', 'pin'] } }],
      });
      expect(await person.answer(key)).toMatchObject(refused);
      expect(await person.answer(key, 'webauthn-roaming', verified)).toMatchObject({ outcome: 'satisfied' });
      expect(await person.reasons()).toEqual(['user_verification', 'user_verification']);
    });

    it('S-58 counts from the next answer on, for challenges made before too', async () => {
      const key = securityKey();
      await person.enrol(key);
      const id = await person.begin();
      const answer = key.get(await person.options(id, 'webauthn-roaming'));
      await set({ userVerification: 'required' });
      expect(await person.submit(id, answer)).toMatchObject(refused);
    });

    it('S-58 an algorithm that is off is refused', async () => {
      await set({ algorithms: ['EdDSA'] });
      const id = await person.begin();
      const es256 = await person.enrolIn(id, securityKey(), 'webauthn-roaming', { algorithm: -7 });
      expect(es256).toMatchObject(refused);
      expect(await person.enrolIn(id, securityKey())).toMatchObject({ outcome: 'satisfied' });
      expect(await person.reasons()).toEqual(['algorithm']);
    });

    it('S-58 a device’s own authenticator is no security key', async () => {
      const id = await person.begin();
      expect(await person.enrolIn(id, ownDevice())).toMatchObject(refused);
      expect(await person.reasons()).toEqual(['attachment']);
    });

    it('S-58 a model has to prove that it is an allowed one', async () => {
      const { key, roots } = await attestedKey();
      await know(roots);
      await set({ allowedModels: [model.toUpperCase()] });
      const id = await person.begin();
      const plain = securityKey({ aaguid: model });
      expect(await person.enrolIn(id, plain)).toMatchObject(refused);
      const forger = await makeAttestationAuthority('Makers of keys');
      const forged = { attestationKey: await forger.certify(model) };
      expect(await person.enrolIn(id, key, 'webauthn-roaming', forged)).toMatchObject(refused);
      expect(await person.enrolIn(id, key)).toMatchObject({ outcome: 'satisfied' });
      expect(await person.reasons()).toEqual(['attestation', 'attestation']);
    });

    it('S-58 without a list any model that the metadata knows proves itself', async () => {
      const { key, roots } = await attestedKey();
      await know(roots);
      await set({ attestation: 'direct' });
      const id = await person.begin();
      expect(await person.enrolIn(id, securityKey())).toMatchObject(refused);
      expect(await person.enrolIn(id, key)).toMatchObject({ outcome: 'satisfied' });
    });

    it('S-58 a model whose keys are known to be broken is refused always', async () => {
      const { key, roots } = await attestedKey();
      await know(roots, true);
      const id = await person.begin();
      expect(await person.enrolIn(id, key)).toMatchObject(refused);
      expect(await person.reasons()).toEqual(['model']);
    });

    it.each([
      ['none', 'none'],
      ['direct', 'direct'],
      ['enterprise', 'enterprise'],
    ])('asks the browser for attestation %s', async (attestation, asked) => {
      await set({ attestation });
      const id = await person.begin();
      await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, context);
      expect(await person.options(id, 'webauthn-roaming')).toMatchObject({ attestation: asked });
    });

    it('calls a key of a known model by the model’s name, as plain text', async () => {
      const { key, roots } = await attestedKey();
      await know(roots);
      await person.enrol(key);
      const methods = await house.engine.methods(ann);
      expect(methods.map(({ name }) => name)).toContain('Acme Key 5');
    });

    it('makes credentials for the domain that was set', async () => {
      await set({ relyingPartyIdentifier: 'example.com' });
      const key = securityKey();
      await person.enrol(key);
      const id = await person.begin();
      expect(await person.options(id, 'webauthn-roaming')).toMatchObject({ rpId: 'example.com' });
      expect(await person.answerIn(id, key)).toMatchObject({ outcome: 'satisfied' });
    });
  });

  describe('synced keys', () => {
    const synced = { flags: { userVerified: true, backupEligible: true, backedUp: true } };

    it('S-61 can be neither enrolled nor used where they aren’t allowed', async () => {
      const key = securityKey(synced);
      await person.enrol(key);
      await set({ allowSynced: false });
      expect(await person.answer(key)).toMatchObject(refused);
      const other = visitor(house, bob);
      expect(await other.enrolIn(await other.begin(), securityKey(synced))).toMatchObject(refused);
      expect([await person.reasons(), await other.reasons()]).toEqual([['synced'], ['synced']]);
    });

    it('S-61 a key that stays in its device can’t pass for one, nor the other way round', async () => {
      const key = securityKey();
      await person.enrol(key);
      expect(await person.answer(key, 'webauthn-roaming', synced)).toMatchObject(refused);
    });
  });

  describe('a counter that doesn’t grow', () => {
    it('S-60 is refused and logged: the key may have a copy', async () => {
      const key = securityKey();
      await person.enrol(key);
      expect(await person.answer(key, 'webauthn-roaming', { counter: 7 })).toMatchObject({
        outcome: 'satisfied',
      });
      for (const counter of [7, 3, 0]) {
        expect(await person.answer(key, 'webauthn-roaming', { counter })).toMatchObject(refused);
      }
      expect(await person.reasons('gd_webauthn_challenge_failed')).toEqual(['counter', 'counter', 'counter']);
      expect(await person.answer(key, 'webauthn-roaming', { counter: 8 })).toMatchObject({
        outcome: 'satisfied',
      });
    });

    it('S-60 is accepted and logged where the operator wants that, each time', async () => {
      await set({ counterRegression: 'flag' });
      const key = securityKey();
      await person.enrol(key);
      await person.answer(key, 'webauthn-roaming', { counter: 7 });
      for (const counter of [3, 4]) {
        expect(await person.answer(key, 'webauthn-roaming', { counter })).toMatchObject({
          outcome: 'satisfied',
        });
      }
      expect(await person.reasons('gd_auth_succeed')).toEqual(['counter', 'counter']);
    });

    it('S-60 is fine for a key without one', async () => {
      const key = securityKey({ counts: false });
      await person.enrol(key);
      expect(await person.answer(key)).toMatchObject({ outcome: 'satisfied' });
      expect(await person.answer(key)).toMatchObject({ outcome: 'satisfied' });
    });
  });

  describe('keys of other people', () => {
    it('S-59 S-62 open nobody else’s account', async () => {
      const [mine, theirs] = [securityKey(), securityKey()];
      await person.enrol(mine);
      await visitor(house, bob).enrol(theirs);
      const id = await person.begin();
      const asked = await person.options<{ challenge: string; rpId: string }>(id, 'webauthn-roaming');
      const answer = theirs.get({ ...asked, allowCredentials: [] });
      expect(await person.submit(id, answer)).toMatchObject(refused);
      expect(await person.reasons()).toEqual(['unknown_credential']);
      // Under the name of a key that is the person's.
      const disguised = { ...answer, id: keyId(mine), rawId: keyId(mine) };
      expect(await person.submit(id, disguised)).toMatchObject(refused);
    });

    it('S-59 a signature by another key than the stored one is refused', async () => {
      const [key, other] = [securityKey(), securityKey()];
      await person.enrol(key);
      await visitor(house, bob).enrol(other);
      const { privateKey } = other.credentials[0] as (typeof other.credentials)[0];
      const forged = { privateKey, userHandle: null };
      expect(await person.answer(key, 'webauthn-roaming', forged)).toMatchObject(refused);
      expect(await person.reasons()).toEqual(['signature']);
    });

    it('S-62 a user handle of another person is refused', async () => {
      const key = securityKey();
      await person.enrol(key);
      const userHandle = Buffer.alloc(32, 7).toString('base64url');
      expect(await person.answer(key, 'webauthn-roaming', { userHandle })).toMatchObject(refused);
      expect(await person.answer(key, 'webauthn-roaming', { userHandle: null })).toMatchObject({
        outcome: 'satisfied',
      });
      expect(await person.reasons()).toEqual(['user_handle']);
    });
  });

  it.each(['', '{}', 'null', '[]', '123456', '{"id":"AA"}', 'x'.repeat(70_000)])(
    'S-13 what is no answer of a browser counts no try ($#)',
    async (proof) => {
      await person.enrol(securityKey());
      const id = await person.begin();
      await person.options(id, 'webauthn-roaming');
      expect(await house.engine.submit(id, { challenge: 'latest', proof }, context)).toMatchObject({
        code: 'malformed_proof',
      });
    },
  );

  it('S-56 an answer without a challenge of the server is refused', async () => {
    const key = securityKey();
    await person.enrol(key);
    const id = await person.begin();
    const answer = key.get({ challenge: Buffer.alloc(32).toString('base64url'), rpId: 'login.example.com' });
    const proof = JSON.stringify(answer);
    const result = await house.engine.submit(id, { factor: 'webauthn-roaming', proof }, context);
    expect(result).toMatchObject(refused);
  });
});

function keyId(key: ReturnType<typeof securityKey>): string {
  return key.credentials[0]?.id.toString('base64url') ?? '';
}
