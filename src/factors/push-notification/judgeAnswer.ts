import type { JWTPayload } from 'jose';
import { equalSecrets } from '../../crypto/constantTime.ts';
import type { DeviceStatement, DeviceVerdict } from '../../mfa/devices/deviceFactor.ts';
import type { FactorContext } from '../../mfa/factor.ts';
import { plainMethodName } from '../../mfa/methodName.ts';
import { lifetimeOf, readSigned } from './readSigned.ts';
import type { PushRequest } from './request.ts';
import type { PushSettings } from './settings.ts';
import type { EnrolledState } from './state.ts';

/** Auth0's libraries give an answer 30. */
const longestLifetimeSeconds = 300;
const longestReason = 256;
/** By which both libraries' example apps say that the sign-in isn't the person's. */
const foreignReason = 'hack';
/** Faults of what this device's key never signed. */
const unsigned: ReadonlySet<string> = new Set(['form', 'algorithm', 'signature']);

/**
 * Judges the JWT that answers a request: by the enrolled key, from this device, for this challenge and address,
 * in time (S-51), and with the number that the page shows where there is one (S-49).
 */
export async function judgeAnswer(
  { clock, settings }: Pick<FactorContext<PushSettings>, 'clock' | 'settings'>,
  device: EnrolledState,
  { jws, audiences }: DeviceStatement,
  request: PushRequest,
): Promise<DeviceVerdict> {
  const signed = await readSigned(clock, device.key, jws, {
    typ: 'JWT',
    issuer: device.identifier,
    audience: [...audiences],
    requiredClaims: ['iat', 'exp', 'sub'],
  });
  if ('fault' in signed) {
    const { fault } = signed;
    return unsigned.has(fault) ? { ...invalid(fault), isUnsigned: true } : invalid(fault);
  }
  const { claims } = signed;
  if (typeof claims.sub !== 'string' || !equalSecrets(claims.sub, request.challenge)) return invalid('sub');
  if (lifetimeOf(claims) > longestLifetimeSeconds) return invalid('exp');
  if (claims.auth0_guardian_method !== 'push') return invalid('method');
  if (claims.auth0_guardian_accepted === false) return denied(claims);
  if (claims.auth0_guardian_accepted !== true) return invalid('accepted');
  if (request.number !== undefined) return matched(claims, request.number);
  // The operator may have switched it off since the request was made.
  return settings.allowDevicesWithoutNumberMatching ? { answer: 'approved' } : invalid('no_number_matching');
}

/** An approval without a number is no better than one with a wrong one: its person saw no page. */
function matched({ countersign_number: given }: JWTPayload, number: string): DeviceVerdict {
  const isRight = typeof given === 'string' && equalSecrets(given, number);
  return { answer: isRight ? 'approved' : 'mismatched' };
}

/** Whatever reason a device has words for, a no is a no. */
function denied({ auth0_guardian_reason: given }: JWTPayload): DeviceVerdict {
  // Operators read it among words of ours.
  const reason =
    typeof given === 'string' ? plainMethodName(given.slice(0, longestReason).toWellFormed()) : undefined;
  return {
    answer: 'denied',
    ...(reason === undefined ? {} : { reason }),
    isForeign: reason === foreignReason,
  };
}

function invalid(detail: string): DeviceVerdict & { answer: 'invalid' } {
  return { answer: 'invalid', detail };
}
