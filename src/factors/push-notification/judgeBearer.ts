import { equalSecrets } from '../../crypto/constantTime.ts';
import type { DeviceStatement } from '../../mfa/devices/deviceFactor.ts';
import type { FactorContext } from '../../mfa/factor.ts';
import { lifetimeOf, readSigned } from './readSigned.ts';
import type { EnrolledState } from './state.ts';

/** Auth0's libraries give theirs just so long. */
const longestLifetimeSeconds = 7200;

/** What is kept of the opaque bearer that a device gets when it is enrolled. */
export function hashToken({ hash }: Pick<FactorContext, 'hash'>, token: string): string {
  return hash(`device-token:${token}`);
}

/**
 * Whether a bearer is this device's own: the opaque one, or a JWT by its key whose `iss` is the enrolment and
 * whose `sub` is the person.
 */
export async function isOwnBearer(
  context: Pick<FactorContext, 'clock' | 'hash'>,
  { key, tokenHash }: EnrolledState,
  { jws, audiences }: DeviceStatement,
  { deviceId, userId }: { deviceId: string; userId: string },
): Promise<boolean> {
  if (!jws.includes('.')) return equalSecrets(hashToken(context, jws), tokenHash);
  const signed = await readSigned(context.clock, key, jws, {
    typ: 'JWT',
    issuer: deviceId,
    audience: [...audiences],
    requiredClaims: ['iat', 'exp', 'sub'],
  });
  if ('fault' in signed) return false;
  return signed.claims.sub === userId && lifetimeOf(signed.claims) <= longestLifetimeSeconds;
}
