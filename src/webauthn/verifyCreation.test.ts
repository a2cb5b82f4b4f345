import { describe, expect, it } from 'vitest';
import { prepareCeremonies, rp } from '../../test/support/ceremonies.ts';
import { softAlgorithms } from '../../test/support/softKeys.ts';
import { verifyCreation } from './verifyCreation.ts';

const { answerCreation, register } = prepareCeremonies({
  aaguid: '01020304-0506-0708-090a-0b0c0d0e0f10',
  attachment: 'cross-platform',
  transports: ['usb', 'nfc'],
});

describe('a registration', () => {
  it.each(Object.entries(softAlgorithms))('with %s gives the credential to keep', async (_, algorithm) => {
    const { response, expected } = answerCreation({ algorithm });
    const result = await verifyCreation(response, expected);
    expect(result).toEqual({
      credential: {
        id: response.id,
        publicKey: expect.stringMatching(/^[\w-]+$/),
        algorithm,
        counter: 0,
        transports: ['usb', 'nfc'],
        aaguid: '01020304-0506-0708-090a-0b0c0d0e0f10',
        attachment: 'cross-platform',
        isSynced: false,
        isBackedUp: false,
        attestation: { format: 'none', isTrusted: false },
      },
    });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('keeps the counter that the authenticator starts with', async () => {
    expect(await register({ counter: 41 })).toMatchObject({ credential: { counter: 41 } });
  });
});

describe('S-56 the challenge of a registration', () => {
  it('is refused once another one is expected', async () => {
    const { response } = answerCreation();
    const { expected } = answerCreation();
    expect(await verifyCreation(response, expected)).toEqual({ fault: 'challenge' });
  });

  it('can’t be chosen by the page', async () => {
    expect(await register({ client: { challenge: 'AAAA' } })).toEqual({ fault: 'challenge' });
  });
});

describe('S-57 one changed field of a registration', () => {
  it.each([
    ['type', { client: { type: 'webauthn.get' } }],
    ['origin', { client: { origin: 'https://login.example.com.evil.example' } }],
    ['origin', { client: { origin: 'https://example.com' } }],
    ['origin', { client: { origin: 'http://login.example.com' } }],
    ['origin', { client: { origin: 'https://login.example.com:8443' } }],
    ['origin', { client: { origin: 'https://login.example.com/' } }],
    ['origin', { client: { origin: 'https://LOGIN.example.com' } }],
    ['cross_origin', { client: { crossOrigin: true } }],
    ['cross_origin', { client: { crossOrigin: 'false' } }],
    ['cross_origin', { client: { crossOrigin: true, topOrigin: rp.origin } }],
    ['cross_origin', { client: { topOrigin: 'https://evil.example' } }],
    ['relying_party', { rpId: 'login.example.com' }],
    ['relying_party', { rpId: 'com' }],
    ['user_presence', { flags: { userPresent: false } }],
  ])('is refused as %s: %j', async (fault, changes) => {
    expect(await register(changes)).toEqual({ fault });
  });

  it('an id that the authenticator didn’t sign is refused', async () => {
    const { response, expected } = answerCreation();
    const other = answerCreation().response;
    expect(await verifyCreation({ ...response, id: other.id, rawId: other.id }, expected)).toEqual({
      fault: 'malformed',
    });
  });
});

describe('S-58 what the server demands of a registration', () => {
  it('user verification, whatever the page asked the authenticator for', async () => {
    const unverified = { flags: { userVerified: false } };
    expect(await register(unverified, { userVerification: 'required' })).toEqual({
      fault: 'user_verification',
    });
    expect(await register(unverified)).toHaveProperty('credential');
  });

  it.each(Object.values(softAlgorithms))('algorithm %i only where it is allowed', async (algorithm) => {
    const others = Object.values(softAlgorithms).filter((id) => id !== algorithm);
    expect(await register({ algorithm }, { algorithms: others })).toEqual({ fault: 'algorithm' });
    expect(await register({ algorithm }, { algorithms: [algorithm] })).toHaveProperty('credential');
  });

  it.each([-37, -47, -48, -65535, 0, 'ES256'])('algorithm %s is none, even if allowed', async (alg) => {
    const result = await register({ coseKey: { 3: alg } }, { algorithms: [alg as number, -7] });
    expect(result).toEqual({ fault: 'algorithm' });
  });

  it('the attachment, which is not left out either', async () => {
    const platform = { attachment: 'platform' } as const;
    expect(await register({}, platform)).toEqual({ fault: 'attachment' });
    expect(await register({ attachment: null }, platform)).toEqual({ fault: 'attachment' });
    expect(await register(platform, platform)).toMatchObject({ credential: platform });
  });

  it.each([
    ['a point off the curve', -7, { [-3]: new Uint8Array(32).fill(1) }],
    ['a coordinate too short', -7, { [-2]: new Uint8Array(31) }],
    ['a coordinate missing', -7, { [-2]: 'x' }],
    ['the curve of another algorithm', -7, { [-1]: 2 }],
    ['the type of another algorithm', -7, { 1: 3 }],
    ['an RSA key of 1024 bits', -257, { [-1]: new Uint8Array(128).fill(0xff) }],
    ['an RSA key of 16384 bits', -257, { [-1]: new Uint8Array(2048).fill(0xff) }],
  ])('%s is no key', async (_, algorithm, coseKey) => {
    expect(await register({ algorithm, coseKey })).toEqual({ fault: 'malformed' });
  });
});

describe('S-61 backup flags of a registration', () => {
  it.each([
    [false, false],
    [true, false],
    [true, true],
  ])('eligible %s and backed up %s are kept', async (backupEligible, backedUp) => {
    expect(await register({ flags: { backupEligible, backedUp } })).toMatchObject({
      credential: { isSynced: backupEligible, isBackedUp: backedUp },
    });
  });

  it('backed up without being eligible is refused', async () => {
    expect(await register({ flags: { backedUp: true } })).toEqual({ fault: 'backup_flags' });
  });
});

describe('S-63 a malformed registration', () => {
  const withObject = (change: (bytes: Buffer) => Buffer) => {
    const { response, expected } = answerCreation();
    const bytes = Buffer.from(response.response.attestationObject, 'base64url');
    const attestationObject = change(bytes).toString('base64url');
    return verifyCreation({ ...response, response: { ...response.response, attestationObject } }, expected);
  };

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['no bytes', () => Buffer.alloc(0)],
    ['bytes that follow', (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
    ['the last byte missing', (bytes) => bytes.subarray(0, -1)],
    ['another item', () => Buffer.of(0xa0)],
    ['50,000 nested arrays', () => Buffer.alloc(50_000, 0x81)],
    ['an array of 2⁵³ items', () => Buffer.from('9b001fffffffffffff', 'hex')],
    ['a string of 4 GB', () => Buffer.from('5affffffff', 'hex')],
  ])('of %s is refused and throws nothing', async (_, change) => {
    expect(await withObject(change)).toEqual({ fault: 'malformed' });
  });

  it.each(['', 'null', '[]', '"x"', '{', '{"type":'])('with client data %j is refused', async (text) => {
    const { response, expected } = answerCreation();
    const clientDataJSON = Buffer.from(text).toString('base64url');
    const result = await verifyCreation(
      { ...response, response: { ...response.response, clientDataJSON } },
      expected,
    );
    expect(result).toHaveProperty('fault');
  });
});
