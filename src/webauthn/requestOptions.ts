import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { ceremonyTimeoutMs } from './ceremonyTimeout.ts';
import type { Credential, UserVerification } from './credential.ts';
import { descriptorOf } from './credentialDescriptor.ts';
import type { RelyingParty } from './relyingParty.ts';

/** Which credentials the browser may use. */
export interface AssertionRequest {
  rp: RelyingParty;
  /** 32 random bytes, base64url. */
  challenge: string;
  /** Empty lets the person choose among the passkeys that the device has for this relying party. */
  allow: readonly Pick<Credential, 'id' | 'transports'>[];
  userVerification: UserVerification;
}

/**
 * Options for `navigator.credentials.get()`, as JSON (WebAuthn Level 3 §5.5). They only ask, as those of
 * `creationOptions` do.
 */
export function requestOptions(request: AssertionRequest): PublicKeyCredentialRequestOptionsJSON {
  return {
    rpId: request.rp.id,
    challenge: request.challenge,
    timeout: ceremonyTimeoutMs,
    allowCredentials: request.allow.map(descriptorOf),
    userVerification: request.userVerification,
  };
}
