import { createHash } from 'node:crypto';
import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { isAndroidKeyAttested } from './androidKey.ts';
import { readAttestationObject } from './attestationObject.ts';
import { readStatement } from './attestationStatement.ts';
import { readAttestedCredential } from './attestedCredential.ts';
import { judgeAuthenticatorData, readAuthenticatorData } from './authenticatorData.ts';
import type { CeremonyFault } from './ceremonyFault.ts';
import { readCosePublicKey } from './cosePublicKey.ts';
import type { Attachment, Credential, UserVerification } from './credential.ts';
import { judgeClientData } from './judgeClientData.ts';
import { judgeModel, type ModelDemands } from './judgeModel.ts';
import { forgetRootCertificates } from './libraryRoots.ts';
import type { RelyingParty } from './relyingParty.ts';

/** What the server asked for; none of it is taken from the answer (S-58). */
export interface ExpectedCreation extends ModelDemands {
  rp: RelyingParty;
  /** base64url */
  challenge: string;
  userVerification: UserVerification;
  attachment?: Attachment;
  /** COSE algorithms. */
  algorithms: readonly number[];
}

forgetRootCertificates();

/**
 * Judges the answer to `creationOptions` by WebAuthn Level 3 §7.1 and gives the credential to keep. The
 * caller has spent the challenge, and sees to it that no credential has this id yet (S-62).
 *
 * The attachment is what the browser says; a trusted attestation is the only proof of what kind of
 * authenticator answered. Models of U2F keys can't be told, so a demand for attestation refuses them.
 * Asks no network, awaits Web Crypto and `models` only, and throws only what `models` throws.
 */
export async function verifyCreation(
  response: RegistrationResponseJSON,
  expected: ExpectedCreation,
): Promise<{ credential: Credential } | { fault: CeremonyFault }> {
  const { rp, challenge } = expected;
  const clientFault = judgeClientData(response.response.clientDataJSON, {
    type: 'webauthn.create',
    challenge,
    rp,
  });
  if (clientFault) return { fault: clientFault };

  const attestation = readAttestationObject(response.response.attestationObject);
  const data = attestation && readAuthenticatorData(attestation.authenticatorData);
  if (!data) return { fault: 'malformed' };
  const dataFault = judgeAuthenticatorData(data, expected);
  if (dataFault) return { fault: dataFault };

  const attested = data.hasCredential && readAttestedCredential(attestation.authenticatorData);
  if (!attested || attested.id !== response.id) return { fault: 'malformed' };
  const key = readCosePublicKey(attested.decodedPublicKey);
  if (key === 'malformed') return { fault: 'malformed' };
  if (key === 'unknown_algorithm' || !expected.algorithms.includes(key.algorithm.id)) {
    return { fault: 'algorithm' };
  }
  const { authenticatorAttachment: attachment } = response;
  if (expected.attachment !== undefined && attachment !== expected.attachment) return { fault: 'attachment' };

  const path = readStatement(attestation.format, attestation.statement, key);
  if (!path) return { fault: 'attestation' };
  const [certificate] = path;
  let judged = response;
  if (attestation.format === 'android-key') {
    const evidence = { ...attestation, credential: key, clientDataHash: hashOf(response) };
    if (!certificate || !isAndroidKeyAttested({ ...evidence, certificate })) return { fault: 'attestation' };
    judged = withoutStatement(response, attestation.authenticatorData);
  }
  if (!(await isVerified(judged, expected))) return { fault: 'attestation' };

  const model = await judgeModel(attested.aaguid, path, expected);
  if ('fault' in model) return model;
  return {
    credential: {
      id: attested.id,
      publicKey: attested.publicKey.toString('base64url'),
      algorithm: key.algorithm.id,
      counter: data.counter,
      transports: response.response.transports ?? [],
      aaguid: attested.aaguid,
      ...(attachment && { attachment }),
      isSynced: data.isBackupEligible,
      isBackedUp: data.isBackedUp,
      attestation: { format: attestation.format, isTrusted: model.isTrusted },
    },
  };
}

/** All but the statement was judged already, so a refusal of the library is about that. */
async function isVerified(response: RegistrationResponseJSON, expected: ExpectedCreation): Promise<boolean> {
  try {
    const { verified } = await verifyRegistrationResponse({
      response,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.rp.origin,
      expectedRPID: expected.rp.id,
      requireUserVerification: expected.userVerification === 'required',
      supportedAlgorithmIDs: [...expected.algorithms],
    });
    return verified;
  } catch {
    return false;
  }
}

function hashOf({ response }: RegistrationResponseJSON): Buffer {
  return createHash('sha256').update(Buffer.from(response.clientDataJSON, 'base64url')).digest();
}

/** The same answer without attestation, for the library to judge all the rest of it. */
function withoutStatement(
  answer: RegistrationResponseJSON,
  authenticatorData: Buffer,
): RegistrationResponseJSON {
  const members = new Map<string, string | Uint8Array | Map<string, string>>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', new Uint8Array(authenticatorData)],
  ]);
  const attestationObject = Buffer.from(isoCBOR.encode(members)).toString('base64url');
  return { ...answer, response: { ...answer.response, attestationObject } };
}
