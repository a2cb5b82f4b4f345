import { createHash, createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { creationOptions } from '../src/webauthn/creationOptions.ts';
import { requestOptions } from '../src/webauthn/requestOptions.ts';
import { verifyAssertion } from '../src/webauthn/verifyAssertion.ts';
import { verifyCreation } from '../src/webauthn/verifyCreation.ts';
import { makeSoftAuthenticator } from '../test/support/softAuthenticator.ts';
import { median } from './figures.ts';

const es256 = -7;
const rounds = 9;
const callsPerRound = 400;

/** Assertions of a P-256 key that one core verifies in a second of its time, each the median of several rounds. */
export interface AssertionFigures {
  own: number;
  /** The library alone, on the same assertion. */
  library: number;
  /** Only the signature, by a key that is ready. */
  signature: number;
  /** Of `own` to either, the median of the quotients within a round. */
  ratioToLibrary: number;
  ratioToSignature: number;
}

/**
 * Measures in this process, by processor time with all threads. The three alternate, so that what else the
 * machine does meets them alike.
 */
export async function measureAssertions(): Promise<AssertionFigures> {
  const { own, library, signature } = await prepareAssertion();
  const runs: Record<'own' | 'library' | 'signature', number>[] = [];
  // The first round compiles and is left out.
  for (let round = 0; round <= rounds; round += 1) {
    const run = {
      own: await perSecond(own),
      library: await perSecond(library),
      signature: await perSecond(signature),
    };
    if (round > 0) runs.push(run);
  }
  return {
    own: median(runs.map((run) => run.own)),
    library: median(runs.map((run) => run.library)),
    signature: median(runs.map((run) => run.signature)),
    ratioToLibrary: median(runs.map((run) => run.own / run.library)),
    ratioToSignature: median(runs.map((run) => run.own / run.signature)),
  };
}

async function perSecond(call: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < callsPerRound; i += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (callsPerRound / (user + system)) * 1e6;
}

/** The three ways to verify one and the same assertion; each throws where it doesn't verify. */
async function prepareAssertion() {
  const rp = { id: 'example.com', name: 'Bench', origin: 'https://login.example.com' };
  const challenge = randomBytes(32).toString('base64url');
  const userHandle = randomBytes(16).toString('base64url');
  const userVerification = 'preferred';
  const authenticator = makeSoftAuthenticator({ origin: rp.origin });
  const asked = { rp, challenge, userVerification, algorithms: [es256] } as const;
  const creation = authenticator.create(
    creationOptions({
      ...asked,
      userHandle,
      userName: 'user@example.com',
      exclude: [],
      residentKey: 'discouraged',
      attestation: 'none',
    }),
  );
  const registered = await verifyCreation(creation, { ...asked, needsAttestation: false, now: Date.now() });
  if ('fault' in registered) throw new Error(registered.fault);
  const { credential } = registered;
  const answer = authenticator.get(requestOptions({ ...asked, allow: [credential] }));
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  const { authenticatorData, clientDataJSON, signature } = answer.response;
  const clientDataHash = createHash('sha256').update(bytes(clientDataJSON)).digest();
  const signed = Buffer.concat([bytes(authenticatorData), clientDataHash]);
  const publicKey = createPublicKey(authenticator.credentials[0]?.privateKey as KeyObject);

  return {
    own: async () => {
      const result = await verifyAssertion(answer, credential, {
        rp,
        challenge,
        userHandle,
        userVerification,
      });
      if ('fault' in result) throw new Error(result.fault);
    },
    library: async () => {
      const { verified } = await verifyAuthenticationResponse({
        response: answer,
        expectedChallenge: challenge,
        expectedOrigin: rp.origin,
        expectedRPID: rp.id,
        requireUserVerification: false,
        credential: {
          id: credential.id,
          publicKey: new Uint8Array(bytes(credential.publicKey)),
          counter: credential.counter,
        },
      });
      if (!verified) throw new Error('The library refuses the assertion.');
    },
    signature: () => {
      if (!verify('sha256', signed, publicKey, bytes(signature))) throw new Error('The signature is wrong.');
    },
  };
}
