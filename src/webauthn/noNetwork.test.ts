import 'reflect-metadata';
import { createHash, type KeyObject } from 'node:crypto';
import {
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  Extension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareCeremonies, rp } from '../../test/support/ceremonies.ts';
import { makeKeyPair, signWith } from '../../test/support/softKeys.ts';
import { verifyCreation } from './verifyCreation.ts';

const { answerCreation, authenticator } = prepareCeremonies();
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const target = 'http://169.254.169.254/latest/meta-data';

describe('S-92 certificates that name addresses', () => {
  const requests: string[] = [];

  beforeEach(() => {
    requests.length = 0;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (address) => {
      requests.push(String(address));
      throw new TypeError('no network in this test');
    });
  });

  afterEach(() => vi.restoreAllMocks());

  it('make the library fetch them, in an Android Key statement', async () => {
    const { response, expected } = await answerWithAndroidKey();
    const { verified } = await verifyRegistrationResponse({
      response,
      expectedChallenge: expected.challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      supportedAlgorithmIDs: [-7],
    });
    expect(verified).toBe(true);
    expect(requests).toContain(target);
  });

  it('are asked for nothing here', async () => {
    const { response, expected } = await answerWithAndroidKey();
    expect(await verifyCreation(response, expected)).toMatchObject({
      credential: { attestation: { format: 'android-key', isTrusted: false } },
    });
    expect(requests).toEqual([]);
  });

  it('are asked for nothing even where the path is trusted', async () => {
    const { response, expected, root } = await answerWithAndroidKey();
    const models = async (aaguid: string) => ({
      aaguid,
      description: '',
      roots: [root],
      isCompromised: false,
    });
    expect(await verifyCreation(response, { ...expected, models, needsAttestation: true })).toMatchObject({
      credential: { attestation: { isTrusted: true } },
    });
    expect(requests).toEqual([]);
  });
});

describe('S-58 an Android Key statement', () => {
  it.each([
    ['imported from elsewhere', { origin: 2 }],
    ['for decryption too', { purposes: [1, 2] }],
    ['for every application', { isForAll: true }],
    ['for another ceremony', { challenge: Buffer.alloc(32) }],
    ['that is not the credential’s', { privateKey: makeKeyPair(-7).privateKey }],
  ])('of a key %s is refused', async (_, description) => {
    const { response, expected } = await answerWithAndroidKey(description);
    expect(await verifyCreation(response, expected)).toEqual({ fault: 'attestation' });
  });
});

interface Description {
  origin?: number;
  purposes?: number[];
  isForAll?: boolean;
  challenge?: Buffer;
  /** Attested and signed with instead of the credential's. */
  privateKey?: KeyObject;
}

/** A self-made chain whose certificates name an address inside the server's network. */
async function answerWithAndroidKey(description: Description = {}) {
  const { response, expected } = answerCreation();
  const object = isoCBOR.decodeFirst<Map<string, Uint8Array>>(
    new Uint8Array(Buffer.from(response.response.attestationObject, 'base64url')),
  );
  const authData = Buffer.from(object.get('authData') ?? []);
  const clientDataHash = createHash('sha256')
    .update(Buffer.from(response.response.clientDataJSON, 'base64url'))
    .digest();
  const privateKey = description.privateKey ?? (authenticator.credentials.at(-1)?.privateKey as KeyObject);
  const rootKeys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Attacker',
    keys: rootKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new CRLDistributionPointsExtension([target]),
    ],
  });
  const { d: _, ...jwk } = privateKey.export({ format: 'jwk' });
  const leaf = await X509CertificateGenerator.create({
    subject: 'CN=Android Keystore Key',
    issuer: root.subject,
    signingKey: rootKeys.privateKey,
    publicKey: await crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify']),
    signingAlgorithm: algorithm,
    extensions: [
      new CRLDistributionPointsExtension([target]),
      new Extension(
        '1.3.6.1.4.1.11129.2.1.17',
        false,
        describeKey({ challenge: clientDataHash, ...description }),
      ),
    ],
  });
  const statement = new Map<string, number | Uint8Array | Uint8Array[]>([
    ['alg', -7],
    ['sig', new Uint8Array(signWith(privateKey, Buffer.concat([authData, clientDataHash])))],
    ['x5c', [new Uint8Array(leaf.rawData), new Uint8Array(root.rawData)]],
  ]);
  const attestationObject = isoCBOR.encode(
    new Map<string, string | Uint8Array | typeof statement>([
      ['fmt', 'android-key'],
      ['attStmt', statement],
      ['authData', new Uint8Array(authData)],
    ]),
  );
  const text = Buffer.from(attestationObject).toString('base64url');
  const answer: RegistrationResponseJSON = {
    ...response,
    response: { ...response.response, attestationObject: text },
  };
  return { response: answer, expected, root: Buffer.from(root.rawData).toString('base64') };
}

/** A key description of Android Keystore, in DER. */
function describeKey({ origin = 0, purposes = [2], isForAll = false, challenge }: Description): ArrayBuffer {
  const der = (tag: number[], ...content: Buffer[]) => {
    const body = Buffer.concat(content);
    return Buffer.concat([Buffer.of(...tag, body.length), body]);
  };
  const integer = (value: number) => der([0x02], Buffer.of(value));
  const level = der([0x0a], Buffer.of(1));
  const hardwareEnforced = [
    der([0xa1], der([0x31], ...purposes.map(integer))),
    ...(isForAll ? [der([0xbf, 0x84, 0x58], der([0x05]))] : []),
    der([0xbf, 0x85, 0x3e], integer(origin)),
  ];
  const members = [integer(4), level, integer(4), level];
  const texts = [der([0x04], challenge ?? Buffer.alloc(0)), der([0x04])];
  return new Uint8Array(der([0x30], ...members, ...texts, der([0x30]), der([0x30], ...hardwareEnforced)))
    .buffer;
}
