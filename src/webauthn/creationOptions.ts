import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { ceremonyTimeoutMs } from './ceremonyTimeout.ts';
import type { Attachment, Credential, UserVerification } from './credential.ts';
import { descriptorOf } from './credentialDescriptor.ts';
import type { RelyingParty } from './relyingParty.ts';

/** What the browser is asked to make. */
export interface CreationRequest {
  rp: RelyingParty;
  /** 32 random bytes, base64url. */
  challenge: string;
  /** Random bytes that stand for the person, base64url, at most 64 bytes; no address, no name. */
  userHandle: string;
  /** Shown by the browser: the address or name the person signs in with. */
  userName: string;
  /** What the person has already: an authenticator that holds one of these makes no second. */
  exclude: readonly Pick<Credential, 'id' | 'transports'>[];
  attachment?: Attachment;
  residentKey: 'discouraged' | 'preferred' | 'required';
  userVerification: UserVerification;
  attestation: 'none' | 'indirect' | 'direct' | 'enterprise';
  /** COSE algorithms, preferred first. */
  algorithms: readonly number[];
}

/**
 * Options for `navigator.credentials.create()`, as JSON (WebAuthn Level 3 §5.4). They only ask: a script in
 * the page can change them, so `verifyCreation` judges the answer by what the server wanted.
 */
export function creationOptions(request: CreationRequest): PublicKeyCredentialCreationOptionsJSON {
  return {
    rp: { id: request.rp.id, name: request.rp.name },
    user: { id: request.userHandle, name: request.userName, displayName: request.userName },
    challenge: request.challenge,
    pubKeyCredParams: request.algorithms.map((alg) => ({ alg, type: 'public-key' })),
    timeout: ceremonyTimeoutMs,
    excludeCredentials: request.exclude.map(descriptorOf),
    authenticatorSelection: {
      ...(request.attachment && { authenticatorAttachment: request.attachment }),
      residentKey: request.residentKey,
      // For browsers of WebAuthn Level 1.
      requireResidentKey: request.residentKey === 'required',
      userVerification: request.userVerification,
    },
    ...(request.attachment && { hints: [hints[request.attachment]] }),
    attestation: request.attestation,
  };
}

const hints = { platform: 'client-device', 'cross-platform': 'security-key' } as const;
