import type { PublicKeyCredentialDescriptorJSON } from '@simplewebauthn/server';
import type { Credential } from './credential.ts';

/** How a browser is told of a credential it should use or avoid (WebAuthn Level 3 §5.8.3). */
export function descriptorOf({
  id,
  transports,
}: Pick<Credential, 'id' | 'transports'>): PublicKeyCredentialDescriptorJSON {
  // Browsers skip transports they don't know, so that newer ones are handed on as they were given.
  return {
    id,
    type: 'public-key',
    transports: transports as PublicKeyCredentialDescriptorJSON['transports'],
  };
}
