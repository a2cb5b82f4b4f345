import { isoCBOR } from '@simplewebauthn/server/helpers';
import { describe, expect, it } from 'vitest';
import { signatureAlgorithms } from './algorithms.ts';
import type { Credential } from './credential.ts';
import level3 from './vectors/level3.json' with { type: 'json' };
import { type ExpectedAssertion, verifyAssertion } from './verifyAssertion.ts';
import { type ExpectedCreation, verifyCreation } from './verifyCreation.ts';

type Vector = (typeof level3.vectors)[number] & { name: string };

const rp = { id: level3.relyingPartyId, name: 'Vectors', origin: level3.origin };
const now = Date.parse('2026-01-01T00:00:00Z');

/** Vectors that we refuse, and why that is right. */
const refused: Readonly<Record<string, string>> = {
  // Made in a frame of another site.
  'none-es256-crossOrigin': 'cross_origin',
  'none-es256-topOrigin': 'cross_origin',
  // Web Crypto of Node.js marks Ed448 as experimental.
  'packed-ed448': 'algorithm',
  // A made-up maker, which the TCG has no number for.
  'tpm-es256': 'attestation',
  // A U2F key with an AAGUID, which U2F doesn't sign and FIDO forbids.
  'fido-u2f-es256': 'attestation',
};

const vectors: Vector[] = level3.vectors.map((vector) => ({
  ...vector,
  name: vector.anchor.replace('sctn-test-vectors-', ''),
}));
const acceptable = vectors.filter(({ name }) => !(name in refused));
/** Of these the credential is good, though its statement is refused. */
const usable = vectors.filter(({ name }) => !['cross_origin', 'algorithm'].includes(refused[name] ?? ''));

describe('S-63 the vectors of WebAuthn Level 3', () => {
  it('are fifteen, ten of which can be registered', () => {
    expect(vectors).toHaveLength(15);
    expect(acceptable).toHaveLength(10);
  });

  it.each(acceptable)('$title: registers', async (vector) => {
    expect(await verifyCreation(creationOf(vector), expectedCreation(vector))).toMatchObject({
      credential: {
        id: base64url(vector.registration.credentialId),
        aaguid: aaguidOf(vector),
        attestation: { isTrusted: isAttested(vector) },
      },
    });
  });

  it.each(acceptable)('$title: meets a demand for attestation only where there is one', async (vector) => {
    const demanded = { ...expectedCreation(vector), needsAttestation: true };
    expect(await verifyCreation(creationOf(vector), demanded)).toEqual(
      isAttested(vector) ? { credential: expect.anything() } : { fault: 'attestation' },
    );
  });

  it.each(usable)('$title: signs in', async (vector) => {
    const result = await verifyAssertion(
      assertionOf(vector),
      await credentialOf(vector),
      expectedAssertion(vector),
    );
    expect(result).toMatchObject({ counter: 0, hasCounterRegressed: false });
  });

  it.each(vectors.filter(({ name }) => name in refused))('$title: is refused', async (vector) => {
    expect(await verifyCreation(creationOf(vector), expectedCreation(vector))).toEqual({
      fault: refused[vector.name],
    });
  });

  it.each(vectors.filter(({ name }) => refused[name] === 'cross_origin'))(
    '$title: is refused at sign-in',
    async (vector) => {
      const credential = { ...(await credentialOf(acceptable[0] as Vector)), id: creationOf(vector).id };
      const result = await verifyAssertion(assertionOf(vector), credential, expectedAssertion(vector));
      expect(result).toEqual({ fault: 'cross_origin' });
    },
  );
});

describe('S-63 mutations of the vectors', () => {
  it.each(usable)('$title: every byte of the assertion counts', async (vector) => {
    const credential = await credentialOf(vector);
    const expected = expectedAssertion(vector);
    const { response, ...answer } = assertionOf(vector);
    let mutations = 0;
    for (const member of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
      const bytes = Buffer.from(response[member], 'base64url');
      for (const changed of [...flip(bytes, threeBits), ...resize(bytes)]) {
        const mutated = { ...answer, response: { ...response, [member]: changed.toString('base64url') } };
        const result = await verifyAssertion(mutated, credential, expected);
        expect(result, `${member} ${changed.toString('hex')}`).toHaveProperty('fault');
        mutations += 1;
      }
    }
    expect(mutations).toBeGreaterThan(500);
  });

  it.each(usable)('$title: so does every byte of what is expected', async (vector) => {
    const credential = await credentialOf(vector);
    const expected = expectedAssertion(vector);
    const refuses = async (kept: Credential, wanted: ExpectedAssertion) =>
      expect(await verifyAssertion(assertionOf(vector), kept, wanted)).toHaveProperty('fault');
    for (const challenge of flipText(expected.challenge))
      await refuses(credential, { ...expected, challenge });
    for (const id of flipText(credential.id)) await refuses({ ...credential, id }, expected);
    for (const changed of flip(Buffer.from(rp.origin), oneBit)) {
      await refuses(credential, { ...expected, rp: { ...rp, origin: changed.toString() } });
    }
    for (const changed of flip(Buffer.from(rp.id), oneBit)) {
      await refuses(credential, { ...expected, rp: { ...rp, id: changed.toString() } });
    }
  });

  it.each(acceptable)('$title: every byte of the attestation object counts', async (vector) => {
    const expected = { ...expectedCreation(vector), needsAttestation: isAttested(vector) };
    const { response, ...answer } = creationOf(vector);
    const bytes = Buffer.from(response.attestationObject, 'base64url');
    for (const changed of [...flip(bytes, oneBit, unsignedBytes(vector, bytes)), ...resize(bytes)]) {
      const mutated = { ...response, attestationObject: changed.toString('base64url') };
      const result = await verifyCreation({ ...answer, response: mutated }, expected);
      expect(result, changed.toString('hex')).toHaveProperty('fault');
    }
  });

  it.each(acceptable.filter((vector) => !isUnsigned(vector)))(
    '$title: every byte of the client data counts at registration',
    async (vector) => {
      const { response, ...answer } = creationOf(vector);
      const bytes = Buffer.from(response.clientDataJSON, 'base64url');
      for (const changed of [...flip(bytes, oneBit), ...resize(bytes)]) {
        const mutated = { ...response, clientDataJSON: changed.toString('base64url') };
        const result = await verifyCreation({ ...answer, response: mutated }, expectedCreation(vector));
        expect(result, changed.toString('latin1')).toHaveProperty('fault');
      }
    },
  );
});

/** No statement: what the checks of its fields don't catch is anybody's word. */
function isUnsigned({ name }: Vector): boolean {
  return name.startsWith('none');
}

function isAttested(vector: Vector): boolean {
  return !isUnsigned(vector) && !vector.name.includes('self');
}

/** Without a statement nothing vouches for counter and AAGUID. */
function unsignedBytes(vector: Vector, attestationObject: Buffer): [from: number, to: number] {
  if (!isUnsigned(vector)) return [0, 0];
  const end = attestationObject.indexOf(Buffer.from(vector.registration.aaguid, 'hex')) + 16;
  return [end - 20, end];
}

function creationOf({ registration }: Vector) {
  const id = base64url(registration.credentialId);
  return {
    id,
    rawId: id,
    type: 'public-key' as const,
    clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(registration.clientDataJSON),
      attestationObject: base64url(registration.attestationObject),
    },
  };
}

function expectedCreation(vector: Vector): ExpectedCreation {
  const root = Buffer.from(level3.attestationRoot, 'hex').toString('base64');
  return {
    rp,
    challenge: base64url(vector.registration.challenge),
    userVerification: 'preferred',
    algorithms: signatureAlgorithms.map(({ id }) => id),
    needsAttestation: false,
    now,
    models: async (aaguid) =>
      aaguid === aaguidOf(vector)
        ? { aaguid, description: vector.title, roots: [root], isCompromised: false }
        : undefined,
  };
}

/** The credential of a vector, without its attestation. */
async function credentialOf(vector: Vector): Promise<Credential> {
  const answer = creationOf(vector);
  const bytes = Buffer.from(vector.registration.attestationObject, 'hex');
  const object = isoCBOR.decodeFirst<Map<string, Uint8Array | string | Map<string, string>>>(
    new Uint8Array(bytes),
  );
  object.set('fmt', 'none').set('attStmt', new Map());
  const attestationObject = Buffer.from(isoCBOR.encode(object)).toString('base64url');
  const response = { ...answer.response, attestationObject };
  const result = await verifyCreation({ ...answer, response }, expectedCreation(vector));
  if ('fault' in result) throw new Error(`${vector.title}: ${result.fault}`);
  return result.credential;
}

function assertionOf({ registration, authentication }: Vector) {
  const id = base64url(registration.credentialId);
  return {
    id,
    rawId: id,
    type: 'public-key' as const,
    clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(authentication.clientDataJSON),
      authenticatorData: base64url(authentication.authenticatorData),
      signature: base64url(authentication.signature),
    },
  };
}

function expectedAssertion({ authentication }: Vector): ExpectedAssertion {
  return {
    rp,
    challenge: base64url(authentication.challenge),
    userHandle: 'dmVjdG9y',
    userVerification: 'preferred',
  };
}

const oneBit = [0x01];
const threeBits = [0x01, 0x10, 0x80];

/** The bytes with one byte changed, for each byte and mask; none changed in the range left out. */
function flip(bytes: Buffer, masks: readonly number[], [from, to] = [0, 0]): Buffer[] {
  const places = [...bytes.keys()].filter((at) => at < from || at >= to);
  return places.flatMap((at) =>
    masks.map((mask) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ mask, at);
      return copy;
    }),
  );
}

function flipText(text: string): string[] {
  return flip(Buffer.from(text, 'base64url'), oneBit).map((bytes) => bytes.toString('base64url'));
}

/** A byte less at either end, a byte more. */
function resize(bytes: Buffer): Buffer[] {
  return [bytes.subarray(1), bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.of(0)])];
}

function base64url(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}

function aaguidOf({ registration }: Vector): string {
  return registration.aaguid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
