import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { coseKeyTypes, signatureAlgorithms } from './algorithms.ts';
import { judgeAuthenticatorData, readAuthenticatorData } from './authenticatorData.ts';
import type { CeremonyFault } from './ceremonyFault.ts';
import type { Credential, UserVerification } from './credential.ts';
import { isDerSignature } from './derSignature.ts';
import { judgeClientData } from './judgeClientData.ts';
import type { RelyingParty } from './relyingParty.ts';

/** What the server asked for, and of whom. */
export interface ExpectedAssertion {
  rp: RelyingParty;
  /** base64url */
  challenge: string;
  /** Of the person that the credential belongs to, base64url. */
  userHandle: string;
  userVerification: UserVerification;
}

/** What an assertion proved besides possession of the key. */
export interface VerifiedAssertion {
  /** To be stored with the credential, as `isBackedUp` is. */
  counter: number;
  isBackedUp: boolean;
  /** PIN or biometrics were given to the authenticator (UV), whether demanded or not. */
  isUserVerified: boolean;
  /** The counter didn't grow although one side has one: a copy of the key may be about (§6.1.1). For the caller to refuse or report. */
  hasCounterRegressed: boolean;
}

const ellipticAlgorithms = signatureAlgorithms.filter(({ keyType }) => keyType === coseKeyTypes.ec2);

/**
 * Judges the answer to `requestOptions` by WebAuthn Level 3 §7.2 against the stored credential, whose key is
 * the only one that counts (S-59). The caller has spent the challenge, and has found the credential among
 * those of the person. An authenticator may leave out the user handle, so who signs people in by it alone
 * has to demand it. Asks no network, awaits Web Crypto only, never throws.
 */
export async function verifyAssertion(
  response: AuthenticationResponseJSON,
  credential: Credential,
  expected: ExpectedAssertion,
): Promise<VerifiedAssertion | { fault: CeremonyFault }> {
  const { rp, challenge } = expected;
  const { clientDataJSON, authenticatorData, signature, userHandle } = response.response;
  if (response.id !== credential.id) return { fault: 'unknown_credential' };
  if (userHandle !== undefined && userHandle !== expected.userHandle) return { fault: 'user_handle' };
  const clientFault = judgeClientData(clientDataJSON, { type: 'webauthn.get', challenge, rp });
  if (clientFault) return { fault: clientFault };

  const data = readAuthenticatorData(Buffer.from(authenticatorData, 'base64url'));
  if (!data) return { fault: 'malformed' };
  const dataFault = judgeAuthenticatorData(data, expected);
  if (dataFault) return { fault: dataFault };
  if (data.isBackupEligible !== credential.isSynced) return { fault: 'backup_flags' };

  const isElliptic = ellipticAlgorithms.some(({ id }) => id === credential.algorithm);
  if (isElliptic && !isDerSignature(Buffer.from(signature, 'base64url'))) return { fault: 'signature' };
  if (!(await isVerified(response, credential, expected))) return { fault: 'signature' };
  return {
    counter: data.counter,
    isBackedUp: data.isBackedUp,
    isUserVerified: data.isUserVerified,
    hasCounterRegressed: Math.max(data.counter, credential.counter) > 0 && data.counter <= credential.counter,
  };
}

/** All but the signature was judged already, so a refusal of the library is about that. */
async function isVerified(
  response: AuthenticationResponseJSON,
  credential: Credential,
  expected: ExpectedAssertion,
): Promise<boolean> {
  try {
    const { verified } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.rp.origin,
      expectedRPID: expected.rp.id,
      requireUserVerification: expected.userVerification === 'required',
      // It would refuse a counter that doesn't grow before it looks at the signature.
      credential: {
        id: credential.id,
        publicKey: new Uint8Array(Buffer.from(credential.publicKey, 'base64url')),
        counter: 0,
      },
    });
    return verified;
  } catch {
    return false;
  }
}
