import { createHash, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  AuthenticatorAttachment,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { AttestationKey } from './attestationAuthority.ts';
import { coseKeyOf, makeKeyPair, signWith, softAlgorithms } from './softKeys.ts';

/** An authenticator and the browser before it, in software: no prompt, no browser, every field settable. */
export interface SoftAuthenticator {
  /** Answers `navigator.credentials.create()`, and keeps the credential. */
  create: (
    options: PublicKeyCredentialCreationOptionsJSON,
    changes?: CreationChanges,
  ) => RegistrationResponseJSON;
  /** Answers `navigator.credentials.get()` with an allowed credential, or its newest where all are allowed. */
  get: (
    options: PublicKeyCredentialRequestOptionsJSON,
    changes?: AssertionChanges,
  ) => AuthenticationResponseJSON;
  readonly credentials: readonly SoftCredential[];
}

export interface SoftAuthenticatorOptions {
  /** Where its pages are. */
  origin: string;
  /** All zeros unless told. */
  aaguid?: string;
  attachment?: AuthenticatorAttachment;
  transports?: string[];
  attestation?: SoftAttestation;
  /** For `packed` and `fido-u2f`. */
  attestationKey?: AttestationKey;
  /** What it says of each ceremony unless changed there: somebody there and verified, not synced. */
  flags?: Partial<SoftFlags>;
  /** False keeps the counter at 0, as synced authenticators do. */
  counts?: boolean;
}

export type SoftAttestation = 'none' | 'packed-self' | 'packed' | 'fido-u2f';

export interface SoftFlags {
  userPresent: boolean;
  userVerified: boolean;
  backupEligible: boolean;
  backedUp: boolean;
}

/** One field of an answer made otherwise than options and authenticator have it. */
export interface ClientChanges {
  type?: string;
  challenge?: string;
  origin?: string;
  crossOrigin?: unknown;
  topOrigin?: string;
}

export interface CommonChanges {
  /** Of the client data. */
  client?: ClientChanges;
  rpId?: string;
  flags?: Partial<SoftFlags>;
  counter?: number;
  /** Null leaves it out. */
  attachment?: AuthenticatorAttachment | null;
}

export interface CreationChanges extends CommonChanges {
  /** COSE algorithm; the first of the options that it knows unless told. */
  algorithm?: number;
  attestation?: SoftAttestation;
  attestationKey?: AttestationKey;
  aaguid?: string;
  transports?: string[];
  credentialId?: Buffer;
  /** Replaces members of the attestation statement; undefined takes one away. */
  statement?: Record<string, CborValue | undefined>;
  /** Replaces members of the COSE key. */
  coseKey?: Record<number, CborValue>;
}

export interface AssertionChanges extends CommonChanges {
  credential?: SoftCredential;
  /** Signs with another key than the credential's. */
  privateKey?: KeyObject;
  /** base64url; null leaves it out. */
  userHandle?: string | null;
}

export interface SoftCredential {
  id: Buffer;
  privateKey: KeyObject;
  algorithm: number;
  /** base64url */
  userHandle: string;
  counter: number;
}

type CborValue = Parameters<typeof isoCBOR.encode>[0];

const anonymous = '00000000-0000-0000-0000-000000000000';
const flagBits = { userPresent: 0x01, userVerified: 0x04, backupEligible: 0x08, backedUp: 0x10 };
const hasCredential = 0x40;

/** Makes one without credentials. */
export function makeSoftAuthenticator(own: SoftAuthenticatorOptions): SoftAuthenticator {
  const credentials: SoftCredential[] = [];
  const attachmentOf = (changes: CommonChanges) => {
    const attachment = changes.attachment === undefined ? own.attachment : changes.attachment;
    return attachment ? { authenticatorAttachment: attachment } : {};
  };
  const headOf = (rpId: string, counter: number, extraFlags: number, changes: CommonChanges) => {
    const flags = { userPresent: true, userVerified: true, ...own.flags, ...changes.flags };
    const bits = Object.entries(flagBits).map(([name, bit]) => (flags[name as keyof SoftFlags] ? bit : 0));
    const head = Buffer.alloc(37);
    sha256(changes.rpId ?? rpId).copy(head);
    head.writeUInt8(
      bits.reduce((sum, bit) => sum | bit, extraFlags),
      32,
    );
    head.writeUInt32BE(changes.counter ?? counter, 33);
    return head;
  };

  return {
    credentials,

    create: (options, changes = {}) => {
      const known: readonly number[] = Object.values(softAlgorithms);
      const wanted = options.pubKeyCredParams.find(({ alg }) => known.includes(alg))?.alg;
      const algorithm = changes.algorithm ?? wanted ?? softAlgorithms.es256;
      const { privateKey } = makeKeyPair(algorithm);
      const id = changes.credentialId ?? randomBytes(32);
      const credential = { id, privateKey, algorithm, userHandle: options.user.id, counter: 0 };
      credentials.push(credential);
      const format = changes.attestation ?? own.attestation ?? 'none';
      const coseKey = new Map<number, CborValue>(coseKeyOf(privateKey, algorithm));
      for (const [label, value] of Object.entries(changes.coseKey ?? {})) coseKey.set(Number(label), value);
      const idLength = Buffer.alloc(2);
      idLength.writeUInt16BE(id.length);
      const aaguid = changes.aaguid ?? (format === 'fido-u2f' ? anonymous : (own.aaguid ?? anonymous));
      const authenticatorData = Buffer.concat([
        headOf(options.rp.id ?? '', 0, hasCredential, changes),
        Buffer.from(aaguid.replaceAll('-', ''), 'hex'),
        idLength,
        id,
        isoCBOR.encode(coseKey),
      ]);
      const clientData = clientDataOf('webauthn.create', options.challenge, own.origin, changes.client);
      const statement = statementOf(format, {
        authenticatorData,
        clientDataHash: sha256(clientData),
        credential,
        attestationKey: changes.attestationKey ?? own.attestationKey,
      });
      for (const [name, value] of Object.entries(changes.statement ?? {})) {
        if (value === undefined) statement.delete(name);
        else statement.set(name, value);
      }
      const attestationObject = new Map<string, CborValue>([
        ['fmt', format === 'packed-self' ? 'packed' : format],
        ['attStmt', statement],
        ['authData', new Uint8Array(authenticatorData)],
      ]);
      return {
        ...answerOf(id),
        ...attachmentOf(changes),
        response: {
          clientDataJSON: clientData.toString('base64url'),
          attestationObject: Buffer.from(isoCBOR.encode(attestationObject)).toString('base64url'),
          transports: changes.transports ?? own.transports ?? ['usb'],
        },
      };
    },

    get: (options, changes = {}) => {
      const allowed = options.allowCredentials?.map(({ id }) => id) ?? [];
      const credential =
        changes.credential ??
        credentials.findLast(({ id }) => allowed.length === 0 || allowed.includes(id.toString('base64url')));
      if (!credential) throw new Error('The authenticator has none of the allowed credentials.');
      if (own.counts !== false) credential.counter += 1;
      const authenticatorData = headOf(options.rpId ?? '', credential.counter, 0, changes);
      const clientData = clientDataOf('webauthn.get', options.challenge, own.origin, changes.client);
      const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
      const signature = signWith(changes.privateKey ?? credential.privateKey, signed);
      const userHandle = changes.userHandle === undefined ? credential.userHandle : changes.userHandle;
      return {
        ...answerOf(credential.id),
        ...attachmentOf(changes),
        response: {
          clientDataJSON: clientData.toString('base64url'),
          authenticatorData: authenticatorData.toString('base64url'),
          signature: signature.toString('base64url'),
          ...(userHandle !== null && { userHandle }),
        },
      };
    },
  };
}

function clientDataOf(type: string, challenge: string, origin: string, changes: ClientChanges = {}): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...changes }));
}

interface Attested {
  authenticatorData: Buffer;
  clientDataHash: Buffer;
  credential: SoftCredential;
  attestationKey: AttestationKey | undefined;
}

function statementOf(format: SoftAttestation, attested: Attested): Map<string, CborValue> {
  const { authenticatorData, clientDataHash, credential, attestationKey } = attested;
  const signed = Buffer.concat([authenticatorData, clientDataHash]);
  if (format === 'none') return new Map();
  if (format === 'packed-self') {
    return new Map<string, CborValue>([
      ['alg', credential.algorithm],
      ['sig', new Uint8Array(signWith(credential.privateKey, signed))],
    ]);
  }
  if (!attestationKey) throw new Error(`Attestation ${format} takes a key of a maker.`);
  if (format === 'packed') {
    return new Map<string, CborValue>([
      ['alg', softAlgorithms.es256],
      ['sig', new Uint8Array(signWith(attestationKey.privateKey, signed))],
      ['x5c', attestationKey.certificates],
    ]);
  }
  const { x, y } = createPublicKey(credential.privateKey).export({ format: 'jwk' });
  const point = [x, y].map((coordinate) => Buffer.from(coordinate ?? '', 'base64url'));
  const signedByU2f = Buffer.concat([
    Buffer.of(0),
    authenticatorData.subarray(0, 32),
    clientDataHash,
    credential.id,
    Buffer.of(4),
    ...point,
  ]);
  return new Map<string, CborValue>([
    ['sig', new Uint8Array(signWith(attestationKey.privateKey, signedByU2f))],
    ['x5c', attestationKey.certificates.slice(0, 1)],
  ]);
}

function answerOf(id: Buffer) {
  const text = id.toString('base64url');
  return { id: text, rawId: text, type: 'public-key' as const, clientExtensionResults: {} };
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
