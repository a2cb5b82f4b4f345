import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import { type Db, isUniqueViolation } from '../database/database.ts';
import type { Client } from './client.ts';

/**
 * Algorithms of `private_key_jwt` assertions; asymmetric ones only (RFC 8725 section 3.1). `Ed25519` is
 * the name that RFC 9864 gives to what was `EdDSA`; libraries send either.
 */
export const assertionAlgorithms = [
  ...['RS256', 'RS384', 'PS256', 'PS384', 'ES256', 'ES384'],
  ...['EdDSA', 'Ed25519'],
];

const longestLifetimeSeconds = 3600;
const clockToleranceSeconds = 10;

/** Whom an assertion is about, before anything in it is believed. */
export function subjectOfAssertion(assertion: string): string | undefined {
  try {
    // Whoever made it may have put anything there, whatever the type says.
    const { sub } = decodeJwt(assertion) as { sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the assertion is signed by one of the application's keys, for one of `audiences`, in time, and
 * unused (RFC 7523 section 3). It is spent by a conditional write, so of two racing uses one succeeds.
 */
export async function checkAssertion(
  db: Db,
  vault: Vault,
  clock: Clock,
  client: Client,
  assertion: string,
  audiences: readonly string[],
): Promise<boolean> {
  if (!client.publicKeys) return false;
  const now = clock();
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(client.publicKeys), {
      algorithms: assertionAlgorithms,
      issuer: client.clientId,
      subject: client.clientId,
      audience: [...audiences],
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(now),
      clockTolerance: clockToleranceSeconds,
    });
    const { jti, exp } = payload as { jti: unknown; exp: number };
    if (typeof jti !== 'string' || exp > now / 1000 + longestLifetimeSeconds) return false;
    return await spend(db, vault, client.clientId, jti, exp);
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

/** One row for each used assertion, under the same name at every endpoint, so that none can be used at two. */
async function spend(db: Db, vault: Vault, clientId: string, jti: string, exp: number): Promise<boolean> {
  const id = createHash('sha256').update(`${clientId}${jti}`).digest('base64url');
  try {
    await db
      .insertInto('oidc_records')
      .values({
        model: 'ReplayDetection',
        id_hash: vault.hash(id, 'oidc:ReplayDetection'),
        payload: '{}',
        uid: null,
        user_code: null,
        grant_id: null,
        account_id: null,
        consumed_at: null,
        expires_at: (exp + clockToleranceSeconds) * 1000,
      })
      .execute();
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
