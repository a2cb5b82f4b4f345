import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { readAnswer, readBinary } from './answerForm.ts';
import { decodeBase64url } from './base64url.ts';

const maxUserHandleBytes = 64;

/**
 * Reads what `navigator.credentials.get()` answered, as `parseCreation` does for the other ceremony.
 * An empty user handle, which some authenticators give, counts as none.
 */
export function parseAssertion(input: unknown): AuthenticationResponseJSON | undefined {
  const answer = readAnswer(input);
  const binary = answer && readBinary(answer.response, ['clientDataJSON', 'authenticatorData', 'signature']);
  if (answer === undefined || binary === undefined) return undefined;
  const { userHandle } = answer.response;
  if (userHandle == null || userHandle === '') return { ...answer.common, response: binary };
  const bytes = decodeBase64url(userHandle)?.length ?? Number.POSITIVE_INFINITY;
  if (bytes > maxUserHandleBytes) return undefined;
  return { ...answer.common, response: { ...binary, userHandle: userHandle as string } };
}
