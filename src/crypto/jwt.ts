import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../config/clock.ts';
import type { KeyRing } from './keyRing.ts';
import { signBytes } from './signBytes.ts';
import { type SigningAlgorithm, signingAlgorithms } from './signingAlgorithms.ts';

/**
 * `typ` of an access token (RFC 9068), of an ID token, and of what a page carries through multi-factor
 * authentication: one can't be taken for the other (S-72).
 */
export type TokenType = 'at+jwt' | 'JWT' | 'mfa+jwt';

/** Signs claims. */
export async function signJwt(
  ring: KeyRing,
  alg: SigningAlgorithm,
  typ: TokenType,
  claims: Record<string, unknown>,
): Promise<string> {
  const key = await ring.signingKey(alg);
  const input = `${encode({ alg, typ, kid: key.kid })}.${encode(claims)}`;
  const signature = await signBytes(alg, key.privateKey, Buffer.from(input));
  return `${input}.${signature.toString('base64url')}`;
}

/** What a token must be. */
export interface Expectation {
  typ: TokenType;
  issuer: string;
  audience: string;
  /** For tokens that serve as a hint after their end. */
  ignoreExpiry?: true;
}

/**
 * The claims of a token of ours: signed by a key of the ring under that key's own algorithm, of the
 * expected type, issuer and audience, in time (S-72). Undefined otherwise, without telling why.
 */
export async function verifyJwt(
  ring: KeyRing,
  clock: Clock,
  token: string,
  { typ, issuer, audience, ignoreExpiry }: Expectation,
): Promise<JWTPayload | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      async ({ kid, alg }) => {
        const key = typeof kid === 'string' ? await ring.verificationKey(kid) : undefined;
        if (!key || key.alg !== alg) throw new errors.JWKSNoMatchingKey();
        return key.publicKey;
      },
      {
        algorithms: [...signingAlgorithms],
        issuer,
        audience,
        requiredClaims: ['sub', 'exp', 'iat'],
        // Judged at the start of the epoch, no token has expired yet.
        currentDate: ignoreExpiry ? new Date(0) : new Date(clock()),
      },
    );
    const isType =
      typ === 'JWT' ? [undefined, 'JWT'].includes(protectedHeader.typ) : protectedHeader.typ === typ;
    return isType ? payload : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
