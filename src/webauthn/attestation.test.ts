import { describe, expect, it } from 'vitest';
import { type AttestationKey, makeAttestationAuthority } from '../../test/support/attestationAuthority.ts';
import { prepareCeremonies } from '../../test/support/ceremonies.ts';
import type { CreationChanges } from '../../test/support/softAuthenticator.ts';
import type { Model } from './model.ts';
import type { ExpectedCreation } from './verifyCreation.ts';

const aaguid = '01020304-0506-0708-090a-0b0c0d0e0f10';
const otherAaguid = '0f0e0d0c-0b0a-0908-0706-050403020100';
const maker = await makeAttestationAuthority();
const stranger = await makeAttestationAuthority();
const attestationKey = await maker.certify(aaguid);
const { register } = prepareCeremonies({ aaguid, attestation: 'packed', attestationKey });

const model: Model = { aaguid, description: 'Key 5', roots: [maker.root], isCompromised: false };
const metadata = (...known: Model[]) => ({
  models: async (wanted: string) => known.find((one) => one.aaguid === wanted),
});
const demanded = { ...metadata(model), needsAttestation: true };

const outcome = async (changes?: CreationChanges, expected?: Partial<ExpectedCreation>) => {
  const result = await register(changes, expected);
  return 'fault' in result ? result.fault : result.credential.attestation;
};

describe('an attestation', () => {
  it('is trusted where it leads to a root of its model', async () => {
    expect(await outcome({}, metadata(model))).toEqual({ format: 'packed', isTrusted: true });
  });

  it('is kept but not trusted where no model or another root is known', async () => {
    const untrusted = { format: 'packed', isTrusted: false };
    expect(await outcome()).toEqual(untrusted);
    expect(await outcome({}, metadata())).toEqual(untrusted);
    expect(await outcome({}, metadata({ ...model, roots: [stranger.root] }))).toEqual(untrusted);
  });

  it('of a U2F key is verified; its model can’t be told', async () => {
    const u2f = {
      attestation: 'fido-u2f',
      attestationKey: await maker.certify(aaguid, { intermediates: 0 }),
    } as const;
    const result = await register(u2f, metadata(model));
    expect(result).toMatchObject({
      credential: {
        aaguid: '00000000-0000-0000-0000-000000000000',
        attestation: { format: 'fido-u2f', isTrusted: false },
      },
    });
    // U2F signs no AAGUID: one that is told would be anybody's to choose.
    expect(await outcome({ ...u2f, aaguid }, metadata(model))).toBe('attestation');
  });
});

describe('S-58 a demand for attestation', () => {
  it('is met by a model that the metadata knows', async () => {
    expect(await outcome({}, demanded)).toEqual({ format: 'packed', isTrusted: true });
  });

  it.each(['none', 'packed-self'] as const)('is not met by %s', async (attestation) => {
    expect(await outcome({ attestation }, demanded)).toBe('attestation');
    expect(await outcome({ attestation }, { needsAttestation: true })).toBe('attestation');
    expect(await outcome({ attestation }, { ...demanded, needsAttestation: false })).toMatchObject({
      isTrusted: false,
    });
  });

  it('is not met by a model that nobody knows, nor without any metadata', async () => {
    expect(await outcome({}, { ...demanded, ...metadata() })).toBe('model');
    expect(await outcome({}, { needsAttestation: true })).toBe('model');
  });

  it('is not met by a maker of one’s own', async () => {
    const forged = { attestationKey: await stranger.certify(aaguid) };
    expect(await outcome(forged, demanded)).toBe('attestation');
  });

  it('is not met by a path with links missing, turned round or unable to issue', async () => {
    const { privateKey, certificates } = attestationKey;
    const paths: AttestationKey[] = [
      { privateKey, certificates: certificates.slice(0, 1) },
      {
        privateKey,
        certificates: [...certificates.slice(0, 1), ...(await stranger.certify(aaguid)).certificates],
      },
      await maker.certify(aaguid, { areAuthorities: false }),
    ];
    for (const attestationKey of paths)
      expect(await outcome({ attestationKey }, demanded)).toBe('attestation');
    const longest = await maker.certify(aaguid, { intermediates: 4 });
    expect(await outcome({ attestationKey: longest }, demanded)).toMatchObject({ isTrusted: true });
    const tooLong = await maker.certify(aaguid, { intermediates: 5 });
    expect(await outcome({ attestationKey: tooLong }, demanded)).toBe('attestation');
  });

  it('is not met when the certificates have ended, by the server’s clock', async () => {
    const ending = await maker.certify(aaguid, { notAfter: new Date('2090-01-01T00:00:00Z') });
    const at = (date: string) => ({ ...demanded, now: Date.parse(date) });
    expect(await outcome({ attestationKey: ending }, at('2089-12-31T00:00:00Z'))).toMatchObject({
      isTrusted: true,
    });
    expect(await outcome({ attestationKey: ending }, at('2090-01-02T00:00:00Z'))).toBe('attestation');
    expect(await outcome({}, at('2019-12-31T00:00:00Z'))).toBe('attestation');
  });

  it('is not met by the certificate of another model', async () => {
    const ofOther = { attestationKey: await maker.certify(otherAaguid) };
    const known = metadata(model, { ...model, aaguid: otherAaguid });
    expect(await outcome(ofOther, { ...demanded, ...known })).toBe('attestation');
  });
});

describe('S-58 allowed models', () => {
  it('let in those of the list only, and only proved ones', async () => {
    const allow = (...allowedModels: string[]) => ({ ...metadata(model), allowedModels });
    expect(await outcome({}, allow(otherAaguid, aaguid))).toMatchObject({ isTrusted: true });
    expect(await outcome({}, allow(otherAaguid))).toBe('model');
    expect(await outcome({}, allow())).toBe('model');
    expect(await outcome({ attestation: 'none' }, allow(aaguid))).toBe('attestation');
    expect(await outcome({ attestation: 'packed-self' }, allow(aaguid))).toBe('attestation');
    expect(await outcome({}, { allowedModels: [aaguid] })).toBe('model');
  });

  it('never let in one whose keys are broken', async () => {
    const broken = metadata({ ...model, isCompromised: true });
    for (const attestation of ['none', 'packed-self', 'packed'] as const) {
      expect(await outcome({ attestation }, broken)).toBe('model');
    }
    expect(await outcome({}, { ...broken, allowedModels: [aaguid] })).toBe('model');
  });
});

describe('S-63 a malformed statement', () => {
  const signature = new Uint8Array(70);
  it.each<[string, CreationChanges]>([
    ['none with members', { attestation: 'none', statement: { sig: signature } }],
    ['packed without signature', { statement: { sig: undefined } }],
    ['packed with another signature', { statement: { sig: signature } }],
    ['packed without algorithm', { statement: { alg: undefined } }],
    ['packed with the algorithm of another kind of key', { statement: { alg: -257 } }],
    ['packed with RSA-PSS, which hashes alike', { statement: { alg: -37 } }],
    ['packed without a certificate', { statement: { x5c: [] } }],
    ['packed whose certificate is none', { statement: { x5c: [new Uint8Array(40)] } }],
    ['packed whose certificate is text', { statement: { x5c: ['x'] } }],
    ['packed whose certificates are no list', { statement: { x5c: new Map() } }],
    ['packed whose certificates were taken away', { statement: { x5c: undefined } }],
    ['self attestation with another algorithm', { attestation: 'packed-self', statement: { alg: -257 } }],
    [
      'self attestation with another signature',
      { attestation: 'packed-self', statement: { sig: signature } },
    ],
    [
      'U2F with two certificates',
      { attestation: 'fido-u2f', statement: { x5c: attestationKey.certificates } },
    ],
    ['U2F for another algorithm', { attestation: 'fido-u2f', algorithm: -8 }],
  ])('of %s is refused', async (_, changes) => {
    expect(await outcome(changes)).toBe('attestation');
  });

  it.each(['tpm', 'apple', 'android-key', 'android-safetynet', 'compound', 'packed '])(
    'of format %s is refused where it isn’t of that form',
    async (format) => {
      const u2f = { attestation: format } as unknown as CreationChanges;
      expect(await outcome(u2f)).toBe('attestation');
    },
  );
});
