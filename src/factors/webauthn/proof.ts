import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { parseAssertion } from '../../webauthn/parseAssertion.ts';
import { parseCreation } from '../../webauthn/parseCreation.ts';

/** What a browser answered, by the ceremony that it is of. */
export type WebauthnProof =
  | { kind: 'create'; response: RegistrationResponseJSON }
  | { kind: 'get'; response: AuthenticationResponseJSON };

/** Reads the answer of either ceremony, as its JSON text or as an object; undefined where it is neither. */
export function parseWebauthnProof(input: unknown): WebauthnProof | undefined {
  const creation = parseCreation(input);
  if (creation) return { kind: 'create', response: creation };
  const assertion = parseAssertion(input);
  return assertion && { kind: 'get', response: assertion };
}
