import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { codeOf, createTestEngine, enrolOtp, login, type TestEngine } from '../../../test/support/engine.ts';
import { ownDevice, securityKey, visitor } from '../../../test/support/securityKeys.ts';
import { claimsOf } from '../../mfa/tokenClaims.ts';

const ann = 'auth0|ann';
const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let atDesk: ReturnType<typeof visitor>;
  let onPhone: ReturnType<typeof visitor>;
  let secret: string;

  const set = (settings: object = {}) =>
    house.setTenant({
      policy: 'always',
      factors: {
        otp: { enabled: true },
        'webauthn-roaming': { enabled: true },
        'webauthn-platform': { enabled: true, settings },
      },
    });

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await set();
    await house.addUser(ann);
    ({ secret } = await enrolOtp(house, ann));
    atDesk = visitor(house, ann, windows);
    onPhone = visitor(house, ann, iphone);
  });

  /** Signs in with the app and returns the transaction. */
  const signIn = async ({ begin, seen }: typeof atDesk) => {
    house.clock.advance(60);
    const id = await begin();
    const proof = await codeOf(secret, house.clock.now);
    const result = await house.engine.submit(id, { factor: 'otp', proof }, seen);
    expect(result).toMatchObject({ outcome: 'satisfied' });
    return id;
  };
  const setUp = async (person: typeof atDesk, device = ownDevice()) => {
    const id = await signIn(person);
    await house.engine.acceptOffer(id, { removesEarlier: false });
    const result = await person.enrolIn(id, device, 'webauthn-platform');
    expect(result).toMatchObject({ outcome: 'satisfied' });
    await house.engine.complete(id);
    return device;
  };
  const offered = { kind: 'none', offers: { reason: 'this-browser', factors: ['webauthn-platform'] } };

  it('is no factor to begin with: it needs another one beside it', async () => {
    await house.addUser('auth0|bob');
    const bob = visitor(house, 'auth0|bob', windows);
    const id = await bob.begin();
    expect(await bob.requirement(id)).toEqual({ kind: 'enrol', factors: ['webauthn-roaming', 'otp'] });
  });

  it('S-66 goes with the rest that was lost, when a recovery code leads to a new key', async () => {
    await house.addUser('auth0|cleo');
    await house.setTenant({
      factors: {
        otp: { enabled: true },
        'recovery-code': { enabled: true },
        'webauthn-roaming': { enabled: true },
        'webauthn-platform': { enabled: true },
      },
    });
    const enrolled = await enrolOtp(house, 'auth0|cleo');
    const cleo = visitor(house, 'auth0|cleo', windows);
    const first = await cleo.begin();
    house.clock.advance(60);
    const code = await codeOf(enrolled.secret, house.clock.now);
    await house.engine.submit(first, { factor: 'otp', proof: code }, cleo.seen);
    await house.engine.acceptOffer(first, { removesEarlier: false });
    await cleo.enrolIn(first, ownDevice(), 'webauthn-platform');
    await house.engine.complete(first);

    const id = await cleo.begin();
    const proof = enrolled.recoveryCode as string;
    await house.engine.submit(id, { factor: 'recovery-code', proof }, cleo.seen);
    await house.engine.acceptOffer(id, { removesEarlier: true });
    await cleo.enrolIn(id, securityKey());
    const left = (await house.engine.methods('auth0|cleo')).map(({ factor }) => factor);
    expect(left.sort()).toEqual(['recovery-code', 'webauthn-roaming']);
  });

  describe('the offer', () => {
    it('is made to who has proved another factor, and demands nothing', async () => {
      const id = await signIn(atDesk);
      expect(await atDesk.requirement(id)).toEqual(offered);
      expect(await house.engine.declineOffer(id)).toEqual({ outcome: 'declined' });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'completed' });
    });

    it('is made once for each type of device', async () => {
      await setUp(atDesk);
      expect(await atDesk.requirement(await signIn(atDesk))).toEqual({ kind: 'none' });
      expect(await onPhone.requirement(await signIn(onPhone))).toEqual(offered);
      await setUp(onPhone);
      expect(await onPhone.requirement(await signIn(onPhone))).toEqual({ kind: 'none' });
    });

    it('is made for each browser where the operator allows more', async () => {
      await set({ onePerDeviceType: false });
      await setUp(atDesk);
      expect(await atDesk.requirement(await signIn(atDesk))).toEqual(offered);
    });

    it('is not made by the device’s own proof', async () => {
      const device = await setUp(atDesk);
      const id = await onPhone.begin();
      await onPhone.answerIn(id, device, 'webauthn-platform');
      expect(await onPhone.requirement(id)).toEqual({ kind: 'none' });
    });
  });

  it('asks for a credential of the device itself that verifies its person', async () => {
    const id = await signIn(atDesk);
    await house.engine.acceptOffer(id, { removesEarlier: false });
    await house.engine.beginEnrolment(id, { factor: 'webauthn-platform' }, atDesk.seen);
    const asked = await atDesk.options<PublicKeyCredentialCreationOptionsJSON>(id, 'webauthn-platform');
    expect(asked.authenticatorSelection).toMatchObject({
      authenticatorAttachment: 'platform',
      residentKey: 'preferred',
      userVerification: 'required',
    });
  });

  it('gets a name by itself, which stays', async () => {
    const id = await signIn(atDesk);
    await house.engine.acceptOffer(id, { removesEarlier: false });
    await atDesk.enrolIn(id, ownDevice(), 'webauthn-platform');
    expect(await house.engine.followUp(id)).toEqual({
      factor: 'webauthn-platform',
      name: 'Chrome on Windows',
    });
    expect(await atDesk.requirement(id)).toMatchObject({ kind: 'none', followUp: expect.any(String) });
    await house.engine.settleFollowUp(id, undefined, atDesk.seen);
    await setUp(onPhone);
    const names = (await house.engine.methods(ann)).map(({ name }) => name).filter(Boolean);
    expect(names).toEqual(['Chrome on Windows', 'Safari on iPhone']);
  });

  it('S-58 a device that didn’t verify its person is refused, at enrolment and at sign-in', async () => {
    const id = await signIn(atDesk);
    await house.engine.acceptOffer(id, { removesEarlier: false });
    const unlocked = { flags: { userVerified: false } };
    const refused = { outcome: 'refused', code: 'invalid_proof' };
    expect(await atDesk.enrolIn(id, ownDevice(), 'webauthn-platform', unlocked)).toMatchObject(refused);
    const device = await setUp(atDesk);
    expect(await atDesk.answer(device, 'webauthn-platform', unlocked)).toMatchObject(refused);
  });

  it('S-58 a security key is no device of its own', async () => {
    const id = await signIn(atDesk);
    await house.engine.acceptOffer(id, { removesEarlier: false });
    const key = securityKey({ flags: { userVerified: true } });
    expect(await atDesk.enrolIn(id, key, 'webauthn-platform')).toMatchObject({ code: 'invalid_proof' });
    expect(await atDesk.reasons('gd_webauthn_enrollment_failed')).toEqual(['attachment']);
  });

  it.each([
    ['S-61 a credential that stays in its device', {}, { level: 3, amr: ['mfa', 'pwd', 'hwk', 'user'] }],
    [
      'S-61 a synced credential',
      { flags: { backupEligible: true, backedUp: true } },
      { level: 2, amr: ['mfa', 'pwd', 'swk', 'user'] },
    ],
  ])('%s shows what it is', async (_name, options, shown) => {
    const device = await setUp(atDesk, ownDevice(options));
    const result = await atDesk.answer(device, 'webauthn-platform');
    if (result.outcome !== 'satisfied') throw new Error('The device was refused.');
    const level = result.proofs.at(-1)?.evidence?.level;
    expect({ level, amr: claimsOf(result.proofs, house.engine.registry, []).amr }).toEqual(shown);
  });

  describe('as the only factor, where the tenant wants that', () => {
    let device: ReturnType<typeof ownDevice>;
    const browser = 'interaction-1';
    const directory = 'Username-Password-Authentication';

    beforeEach(async () => {
      device = await setUp(atDesk);
      await house.setTenant({ passkeySignIn: true });
    });

    const ask = async (of = browser) => {
      const shown = await house.engine.showFirstFactor(of, atDesk.seen);
      if (shown.outcome !== 'shown') throw new Error(`No challenge: ${shown.code}.`);
      return JSON.parse(shown.shown.publicKey ?? '') as Parameters<typeof device.get>[0];
    };
    const signInBy = (answer: object, of = browser, connection = directory) =>
      house.engine.signInByFirstFactor(
        { interactionId: of, connection, answer: JSON.stringify(answer) },
        atDesk.seen,
      );

    it('signs nobody in where accounts of another connection are asked for', async () => {
      const answer = device.get(await ask());
      expect(await signInBy(answer, browser, 'operators')).toMatchObject({ code: 'invalid_proof' });
    });

    it('signs its person in, who need not be named', async () => {
      const asked = await ask();
      expect(asked).toMatchObject({ allowCredentials: [], userVerification: 'required' });
      expect(await signInBy(device.get(asked))).toMatchObject({
        outcome: 'signed-in',
        userId: ann,
        proofs: [{ factor: 'webauthn-platform', evidence: { level: 3 } }],
      });
    });

    it('S-56 an answer is good once, and for its own browser', async () => {
      const answer = device.get(await ask());
      await ask('interaction-2');
      expect(await signInBy(answer, 'interaction-2')).toMatchObject({ outcome: 'refused' });
      expect(await signInBy(answer)).toMatchObject({ outcome: 'signed-in' });
      expect(await signInBy(answer)).toMatchObject({ outcome: 'refused' });
    });

    it.each([
      ['S-62 that doesn’t tell whose it is', { userHandle: null }],
      ['S-62 that names somebody else', { userHandle: Buffer.alloc(32).toString('base64url') }],
      ['S-58 that didn’t verify its person', { flags: { userVerified: false } }],
      ['S-57 of another origin', { client: { origin: 'https://evil.example' } }],
    ])('an answer %s is refused', async (_name, changes) => {
      expect(await signInBy(device.get(await ask(), changes))).toMatchObject({ code: 'invalid_proof' });
    });

    it('S-59 a credential that nobody has is refused', async () => {
      const stranger = ownDevice();
      const asked = await ask();
      stranger.create({
        rp: { id: 'login.example.com', name: '' },
        user: { id: 'AAAA', name: '', displayName: '' },
        challenge: asked.challenge,
        pubKeyCredParams: [{ alg: -7, type: 'public-key' }],
      });
      expect(await signInBy(stranger.get(asked))).toMatchObject({ code: 'invalid_proof' });
    });

    it('S-19 S-82 wrong signatures by a credential’s id lock nobody out and look like an unknown one', async () => {
      const attempts: unknown[] = [];
      for (let i = 0; i < 12; i += 1) {
        const { outcome, ...rest } = await signInBy(
          device.get(await ask(), { client: { challenge: 'AAAA' } }),
        );
        attempts.push([outcome, rest]);
      }
      expect(attempts).toEqual(Array(12).fill(['refused', { code: 'invalid_proof' }]));
      expect(await house.engine.lockOf(ann)).toBeUndefined();
      expect(await signInBy(device.get(await ask()))).toMatchObject({ outcome: 'signed-in' });
    });

    it('S-39 S-38 a session begun by it ends with it, and enrols nothing more', async () => {
      const signedIn = await signInBy(device.get(await ask()));
      if (signedIn.outcome !== 'signed-in') throw new Error('Nobody signed in.');
      const { proofs } = signedIn;
      expect(await house.engine.signInStands(ann, proofs)).toBe(true);
      await house.setTenant({ passkeySignIn: false });
      expect(await house.engine.signInStands(ann, proofs)).toBe(false);
      await house.setTenant({ passkeySignIn: true });
      for (const { id } of await house.engine.methods(ann)) {
        const actor = { kind: 'operator', id: 'olga' } as const;
        await house.engine.removeMethod(ann, id, actor, atDesk.seen);
      }
      expect(await house.engine.signInStands(ann, proofs)).toBe(false);
      const input = login(ann, house.clock, { purpose: 'login', proofs });
      const begun = await house.engine.begin(input, { interactionId: 'stolen' }, atDesk.seen);
      if (begun.outcome !== 'begun') throw new Error(`Expected a transaction, got ${begun.outcome}.`);
      const factor = 'webauthn-roaming';
      expect(await house.engine.beginEnrolment(begun.transaction.id, { factor }, atDesk.seen)).toMatchObject({
        outcome: 'refused',
      });
    });

    it('a security key that verifies its person does as well', async () => {
      const key = securityKey({ flags: { userVerified: true } });
      await house.addUser('auth0|bob');
      await visitor(house, 'auth0|bob').enrol(key);
      expect(await signInBy(key.get(await ask()))).toMatchObject({
        outcome: 'signed-in',
        userId: 'auth0|bob',
        proofs: [{ factor: 'webauthn-roaming' }],
      });
    });
  });
});
