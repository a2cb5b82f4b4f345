import { errors, type JWTHeaderParameters, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { Clock } from '../../config/clock.ts';
import { algorithmOf, type DeviceKey } from './deviceKey.ts';

/** How far a device's clock may be off, either way. */
export const clockToleranceSeconds = 60;

/** What a device signed, or in a word why that counts for nothing. */
export type Signed = { header: JWTHeaderParameters; claims: JWTPayload } | { fault: string };

/** What a device's text must be. */
export interface SignedForm extends Pick<JWTVerifyOptions, 'audience' | 'issuer' | 'requiredClaims'> {
  typ: 'JWT' | 'dpop+jwt';
}

/**
 * Reads a compact JWS by this key under the key's own algorithm, whatever its header says (S-51, RFC 8725 §3.1).
 * It must not be from the future, nor over. Times may have fractions: Swift writes them.
 */
export async function readSigned(
  clock: Clock,
  key: DeviceKey,
  jws: string,
  { typ, ...options }: SignedForm,
): Promise<Signed> {
  const now = clock();
  try {
    const { payload: claims, protectedHeader: header } = await jwtVerify(jws, key, {
      ...options,
      algorithms: [algorithmOf(key)],
      currentDate: new Date(now),
      clockTolerance: clockToleranceSeconds,
    });
    // None but this one has a right to leave it out.
    if ((header.typ ?? 'JWT') !== typ) return { fault: 'typ' };
    const { iat } = claims;
    if (typeof iat !== 'number' || iat > now / 1000 + clockToleranceSeconds) return { fault: 'iat' };
    return { header, claims };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return { fault: faultOf(error) };
    throw error;
  }
}

/** How long a text of this device counts, in seconds; it says so itself. */
export function lifetimeOf({ iat = 0, exp = Number.POSITIVE_INFINITY }: JWTPayload): number {
  return exp - iat;
}

function faultOf(error: Error): string {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed)
    return error.claim;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  return error instanceof errors.JOSEAlgNotAllowed ? 'algorithm' : 'form';
}
