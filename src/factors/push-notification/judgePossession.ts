import { createHash } from 'node:crypto';
import type { Clock } from '../../config/clock.ts';
import { equalSecrets } from '../../crypto/constantTime.ts';
import type { PossessionProof } from '../../mfa/devices/deviceFactor.ts';
import { isSameKey, readDeviceKey } from './deviceKey.ts';
import { readSigned } from './readSigned.ts';
import type { EnrolledState } from './state.ts';

/** It has no end of its own. */
const longestAgeSeconds = 300;
const longestId = 128;

/**
 * Judges an `MFA-DPoP` proof, which is RFC 9449 §4.3 under Auth0's name: signed by the enrolled key, which its
 * header shows, for this method, address and bearer, just now. Returns its `jti`, for the caller to keep.
 */
export async function judgePossession(
  clock: Clock,
  { key }: EnrolledState,
  { jws, method, urls, requestToken }: PossessionProof,
): Promise<{ id: string } | undefined> {
  const signed = await readSigned(clock, key, jws, { typ: 'dpop+jwt', requiredClaims: ['iat', 'jti'] });
  if ('fault' in signed) return undefined;
  const { header, claims } = signed;
  const shownKey = readDeviceKey(header.jwk);
  if (!shownKey || !isSameKey(shownKey, key)) return undefined;
  const { htm, htu, ath, jti: id, iat = 0 } = claims;
  if (htm !== method || typeof htu !== 'string' || !urls.includes(htu)) return undefined;
  const expected = createHash('sha256').update(requestToken).digest('base64url');
  if (typeof ath !== 'string' || !equalSecrets(ath, expected)) return undefined;
  if (clock() / 1000 - iat > longestAgeSeconds) return undefined;
  return typeof id === 'string' && id !== '' && id.length <= longestId ? { id } : undefined;
}
