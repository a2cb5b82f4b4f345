import type { Begun } from '../mfa/begin.ts';
import { signInTooOld } from '../mfa/policy/decide.ts';
import type { FactorRegistry } from '../mfa/registry.ts';
import type { Requirement } from '../mfa/transaction.ts';
import { OAuthError } from './oauthError.ts';

/** Error code where a sign-in is too old, and a second factor can't make up for it. */
export const unmetRequirements = 'unmet_authentication_requirements';

/**
 * The `mfa_requirements` of Auth0: only the key that applies; each kind of factor once that the MFA API can
 * serve, and nothing at all where that is none, since SDKs take an empty list for a refusal.
 */
export function mfaRequirements(
  requirement: Requirement,
  registry: FactorRegistry,
): { challenge: { type: string }[] } | { enroll: { type: string }[] } | undefined {
  if (requirement.kind !== 'challenge' && requirement.kind !== 'enrol') return undefined;
  const types = requirement.factors.flatMap((name) => registry.get(name)?.wire.requirementType ?? []);
  if (types.length === 0) return undefined;
  const list = [...new Set(types)].map((type) => ({ type }));
  return requirement.kind === 'challenge' ? { challenge: list } : { enroll: list };
}

/** The answer to a token request that must not be met before a second factor. */
export function mfaRequired(
  mfaToken: string,
  requirement: Requirement,
  registry: FactorRegistry,
): OAuthError {
  const requirements = mfaRequirements(requirement, registry);
  return new OAuthError(403, 'mfa_required', 'Multifactor authentication required', {
    mfa_token: mfaToken,
    ...(requirements ? { mfa_requirements: requirements } : {}),
  });
}

/**
 * What to throw after `begin`: nothing when no second factor is asked for; else the challenge, or a plain
 * refusal when none could be met.
 */
export function refusalAfter(begun: Begun, registry: FactorRegistry): OAuthError | undefined {
  if (begun.outcome === 'none') return undefined;
  if (begun.outcome === 'refused') {
    const description = 'Too many sign-ins were begun. Please try again later.';
    return new OAuthError(429, 'too_many_requests', description, {}, begun.throttle);
  }
  if (begun.decision.reasons.some(({ code }) => code === signInTooOld)) {
    return new OAuthError(403, unmetRequirements, 'A new sign-in is required.');
  }
  if (begun.decision.requirement.kind === 'blocked' || begun.mfaToken === undefined) {
    return new OAuthError(403, 'access_denied', 'A second factor is required and none can be used here.');
  }
  return mfaRequired(begun.mfaToken, begun.decision.requirement, registry);
}
