import { describe, expect, it } from 'vitest';
import { prepareCeremonies, rp } from '../../test/support/ceremonies.ts';
import { makeKeyPair, softAlgorithms } from '../../test/support/softKeys.ts';
import type { Credential } from './credential.ts';
import { verifyAssertion } from './verifyAssertion.ts';

const { answerRequest, assert, authenticator, registered } = prepareCeremonies();
const key = await registered();

describe('an assertion', () => {
  it.each(Object.entries(softAlgorithms))('with %s proves the key', async (_, algorithm) => {
    const credential = await registered({ algorithm });
    expect(await assert(credential)).toEqual({
      counter: 1,
      isBackedUp: false,
      isUserVerified: true,
      hasCounterRegressed: false,
    });
  });

  it('tells whether somebody was verified where that is not demanded', async () => {
    const unverified = { flags: { userVerified: false } };
    expect(await assert(key, unverified)).toMatchObject({ isUserVerified: false });
    expect(await assert(key, unverified, { userVerification: 'required' })).toEqual({
      fault: 'user_verification',
    });
  });
});

describe('S-56 the challenge of an assertion', () => {
  it('is refused once another one is expected', async () => {
    const { response } = answerRequest(key);
    const { expected } = answerRequest(key);
    expect(await verifyAssertion(response, key, expected)).toEqual({ fault: 'challenge' });
  });

  it('of a registration is no use at sign-in', async () => {
    const { response, expected } = answerRequest(key, { client: { type: 'webauthn.create' } });
    expect(await verifyAssertion(response, key, expected)).toEqual({ fault: 'type' });
  });
});

describe('S-57 one changed field of an assertion', () => {
  it.each([
    ['type', { client: { type: 'payment.get' } }],
    ['challenge', { client: { challenge: '' } }],
    ['origin', { client: { origin: 'https://evil.example' } }],
    ['origin', { client: { origin: 'https://login.example.com:443' } }],
    ['origin', { client: { origin: 'null' } }],
    ['cross_origin', { client: { crossOrigin: true } }],
    ['cross_origin', { client: { crossOrigin: 1 } }],
    ['cross_origin', { client: { crossOrigin: null } }],
    ['cross_origin', { client: { crossOrigin: true, topOrigin: rp.origin } }],
    ['cross_origin', { client: { topOrigin: '' } }],
    ['relying_party', { rpId: 'evil.example' }],
    ['user_presence', { flags: { userPresent: false } }],
  ])('is refused as %s: %j', async (fault, changes) => {
    expect(await assert(key, changes)).toEqual({ fault });
  });

  it('authenticator data cut short is refused', async () => {
    const { response, expected } = answerRequest(key);
    const authenticatorData = response.response.authenticatorData.slice(0, 40);
    const cut = { ...response, response: { ...response.response, authenticatorData } };
    expect(await verifyAssertion(cut, key, expected)).toEqual({ fault: 'malformed' });
  });
});

describe('S-58 options that the page changed', () => {
  it('don’t lower what the server demands of an assertion', async () => {
    const discouraged = answerRequest(
      key,
      { flags: { userVerified: false } },
      { userVerification: 'discouraged' },
    );
    const demanded = { ...discouraged.expected, userVerification: 'required' } as const;
    expect(await verifyAssertion(discouraged.response, key, demanded)).toEqual({
      fault: 'user_verification',
    });
    expect(await verifyAssertion(discouraged.response, key, discouraged.expected)).toHaveProperty('counter');
  });
});

describe('S-59 only the stored key counts', () => {
  it.each([
    ['another key', () => makeKeyPair(-7).privateKey],
    ['a key of another kind', () => makeKeyPair(-8).privateKey],
  ])('an assertion signed by %s is refused', async (_, privateKey) => {
    expect(await assert(key, { privateKey: privateKey() })).toEqual({ fault: 'signature' });
  });

  it.each(['', 'AAAA', 'MAYCAQACAQA', 'MAYCAQECAQE'])('the signature %j is none', async (signature) => {
    const { response, expected } = answerRequest(key);
    const forged = { ...response, response: { ...response.response, signature } };
    expect(await verifyAssertion(forged, key, expected)).toEqual({ fault: 'signature' });
  });

  it('that of another assertion is refused', async () => {
    const { response, expected } = answerRequest(key);
    const { signature } = answerRequest(key).response.response;
    const forged = { ...response, response: { ...response.response, signature } };
    expect(await verifyAssertion(forged, key, expected)).toEqual({ fault: 'signature' });
  });

  it('another credential of the same person or of another is refused', async () => {
    const other = await registered();
    const { response, expected } = answerRequest(other);
    expect(await verifyAssertion(response, key, expected)).toEqual({ fault: 'unknown_credential' });
  });

  it('the id of the stored credential on another one’s answer is refused', async () => {
    const other = await registered();
    const { response, expected } = answerRequest(other);
    const renamed = { ...response, id: key.id, rawId: key.id };
    expect(await verifyAssertion(renamed, key, expected)).toEqual({ fault: 'signature' });
  });

  it('a key that the answer brings along is not looked at', async () => {
    const attacker = makeKeyPair(-7);
    const { response, expected } = answerRequest(key, { privateKey: attacker.privateKey });
    const publicKey = attacker.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
    const forged = { ...response, response: { ...response.response, publicKey, publicKeyAlgorithm: -7 } };
    expect(await verifyAssertion(forged, key, expected)).toEqual({ fault: 'signature' });
  });

  it('one signature has one form', async () => {
    const { response, expected } = answerRequest(key);
    const bytes = Buffer.from(response.response.signature, 'base64url');
    const looser = [
      Buffer.concat([bytes, Buffer.of(0)]),
      Buffer.concat([Buffer.of(0x30, 0x81), bytes.subarray(1)]),
      Buffer.concat([Buffer.of(0x30, 0x80), bytes.subarray(2), Buffer.of(0, 0)]),
      padFirstInteger(bytes),
    ];
    for (const form of looser) {
      const signature = form.toString('base64url');
      const answer = { ...response, response: { ...response.response, signature } };
      expect(await verifyAssertion(answer, key, expected)).toEqual({ fault: 'signature' });
    }
    expect(await verifyAssertion(response, key, expected)).toHaveProperty('counter');
  });
});

describe('S-60 the signature counter', () => {
  it.each([
    // stored, told, regressed
    [0, 0, false],
    [0, 1, false],
    [5, 6, false],
    [5, 500, false],
    [5, 5, true],
    [5, 4, true],
    [5, 0, true],
    [0xffffffff, 0xffffffff, true],
  ])('stored %i, told %i: regressed %s', async (stored, counter, hasCounterRegressed) => {
    const credential: Credential = { ...key, counter: stored };
    expect(await assert(credential, { counter })).toMatchObject({ counter, hasCounterRegressed });
  });

  it('a copy of the key shows as soon as the original was used more often', async () => {
    const credential = await registered();
    const clone = { ...authenticator.credentials.at(-1) } as (typeof authenticator.credentials)[number];
    const first = await assert(credential);
    expect(first).toMatchObject({ counter: 1, hasCounterRegressed: false });
    const copied = await assert({ ...credential, counter: 1 }, { credential: clone });
    expect(copied).toMatchObject({ counter: 1, hasCounterRegressed: true });
  });

  it('one that was never signed says nothing', async () => {
    const { response, expected } = answerRequest({ ...key, counter: 5 }, { counter: 4 });
    const data = Buffer.from(response.response.authenticatorData, 'base64url');
    data.writeUInt32BE(6, 33);
    const authenticatorData = data.toString('base64url');
    const raised = { ...response, response: { ...response.response, authenticatorData } };
    expect(await verifyAssertion(raised, key, expected)).toEqual({ fault: 'signature' });
  });
});

describe('S-61 backup flags of an assertion', () => {
  it.each([
    // synced at registration, eligible now, backed up now, result
    [false, false, false, { isBackedUp: false }],
    [false, false, true, { fault: 'backup_flags' }],
    [false, true, false, { fault: 'backup_flags' }],
    [false, true, true, { fault: 'backup_flags' }],
    [true, false, false, { fault: 'backup_flags' }],
    [true, false, true, { fault: 'backup_flags' }],
    [true, true, false, { isBackedUp: false }],
    [true, true, true, { isBackedUp: true }],
  ])(
    'registered as synced %s, now eligible %s, backed up %s',
    async (isSynced, backupEligible, backedUp, result) => {
      const credential = await registered({ flags: { backupEligible: isSynced } });
      expect(await assert(credential, { flags: { backupEligible, backedUp } })).toMatchObject(result);
    },
  );
});

describe('S-62 the user handle', () => {
  it('of another person is refused', async () => {
    expect(await assert(key, { userHandle: 'c29tZWJvZHkgZWxzZQ' })).toEqual({ fault: 'user_handle' });
  });

  it('of the person, or none, is accepted', async () => {
    expect(await assert(key)).toHaveProperty('counter');
    expect(await assert(key, { userHandle: null })).toHaveProperty('counter');
  });
});

/** A zero before the first integer: the same number for a reader of BER. */
function padFirstInteger(signature: Buffer): Buffer {
  const padded = Buffer.concat([signature.subarray(0, 4), Buffer.of(0), signature.subarray(4)]);
  padded.writeUInt8(padded.readUInt8(1) + 1, 1);
  padded.writeUInt8(padded.readUInt8(3) + 1, 3);
  return padded;
}
