import { randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { signatureAlgorithms } from '../../src/webauthn/algorithms.ts';
import { creationOptions } from '../../src/webauthn/creationOptions.ts';
import type { Credential } from '../../src/webauthn/credential.ts';
import { requestOptions } from '../../src/webauthn/requestOptions.ts';
import { type ExpectedAssertion, verifyAssertion } from '../../src/webauthn/verifyAssertion.ts';
import { type ExpectedCreation, verifyCreation } from '../../src/webauthn/verifyCreation.ts';
import {
  type AssertionChanges,
  type CreationChanges,
  makeSoftAuthenticator,
  type SoftAuthenticator,
  type SoftAuthenticatorOptions,
} from './softAuthenticator.ts';

/** Whose ceremonies these are. */
export const rp = { id: 'example.com', name: 'Example', origin: 'https://login.example.com' };

/** Of the person that signs up and in. */
export const userHandle = base64url(16);

/** One person's authenticator before our two functions. */
export interface Ceremonies {
  authenticator: SoftAuthenticator;
  /** What the server asks for in a registration, and the answer to it. */
  answerCreation: (
    changes?: CreationChanges,
    expected?: Partial<ExpectedCreation>,
  ) => { response: RegistrationResponseJSON; expected: ExpectedCreation };
  /** The same, verified. */
  register: (
    changes?: CreationChanges,
    expected?: Partial<ExpectedCreation>,
  ) => ReturnType<typeof verifyCreation>;
  /** The credential of a registration that has to succeed. */
  registered: (changes?: CreationChanges) => Promise<Credential>;
  answerRequest: (
    credential: Credential,
    changes?: AssertionChanges,
    expected?: Partial<ExpectedAssertion>,
  ) => { response: AuthenticationResponseJSON; expected: ExpectedAssertion };
  assert: (
    credential: Credential,
    changes?: AssertionChanges,
    expected?: Partial<ExpectedAssertion>,
  ) => ReturnType<typeof verifyAssertion>;
}

/** Prepares an authenticator with a page at `rp.origin`. */
export function prepareCeremonies(options: Partial<SoftAuthenticatorOptions> = {}): Ceremonies {
  const authenticator = makeSoftAuthenticator({ origin: rp.origin, ...options });
  const ceremonies: Ceremonies = {
    authenticator,

    answerCreation: (changes, own) => {
      const expected: ExpectedCreation = {
        rp,
        challenge: base64url(32),
        userVerification: 'preferred',
        algorithms: signatureAlgorithms.map(({ id }) => id),
        needsAttestation: false,
        now: Date.now(),
        ...own,
      };
      const asked = creationOptions({
        ...expected,
        userHandle,
        userName: 'ann@example.com',
        exclude: [],
        residentKey: 'discouraged',
        attestation: 'direct',
      });
      return { response: authenticator.create(asked, changes), expected };
    },

    register: (changes, own) => {
      const { response, expected } = ceremonies.answerCreation(changes, own);
      return verifyCreation(response, expected);
    },

    registered: async (changes) => {
      const result = await ceremonies.register(changes);
      if ('fault' in result) throw new Error(`The registration was refused: ${result.fault}`);
      return result.credential;
    },

    answerRequest: (credential, changes, own) => {
      const expected: ExpectedAssertion = {
        rp,
        challenge: base64url(32),
        userHandle,
        userVerification: 'preferred',
        ...own,
      };
      const asked = requestOptions({ ...expected, allow: [credential] });
      return { response: authenticator.get(asked, changes), expected };
    },

    assert: (credential, changes, own) => {
      const { response, expected } = ceremonies.answerRequest(credential, changes, own);
      return verifyAssertion(response, credential, expected);
    },
  };
  return ceremonies;
}

function base64url(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
