import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { readAnswer, readBinary } from './answerForm.ts';

const maxTransports = 16;
const transportForm = /^[a-z][a-z0-9-]{0,31}$/;

/**
 * Reads what `navigator.credentials.create()` answered: the JSON text of a form field, or the object.
 * Undefined where form, types or sizes are wrong: base64url without padding, id of at most 1023 bytes, 64 KB
 * in all. Never throws. Only what `verifyCreation` judges is taken over; the copies of the key and the
 * authenticator data that browsers add for convenience are not.
 */
export function parseCreation(input: unknown): RegistrationResponseJSON | undefined {
  const answer = readAnswer(input);
  const binary = answer && readBinary(answer.response, ['clientDataJSON', 'attestationObject']);
  const transports = readTransports(answer?.response.transports);
  if (answer === undefined || binary === undefined || transports === undefined) return undefined;
  return { ...answer.common, response: { ...binary, transports } };
}

/** Values of later specifications are kept, as §5.2.1.1 asks. */
function readTransports(value: unknown): string[] | undefined {
  if (value == null) return [];
  if (!Array.isArray(value) || value.length > maxTransports) return undefined;
  const areNames = value.every((name) => typeof name === 'string' && transportForm.test(name));
  return areNames ? [...new Set<string>(value)] : undefined;
}
