import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { vouchingMs } from '../assurance.ts';
import { contextsAsked, levelAsked } from '../authenticationContext.ts';
import type { DecisionInput, Reason } from '../transaction.ts';

/** Something that asks for a second factor, and how far earlier proofs meet it. */
export interface Demand {
  reason: Reason;
  /** Whether a remembered browser counts as the second factor. */
  acceptsRememberedBrowser: boolean;
  /** Whether it is met for a few minutes where a factor's service was down and the operator lets people in then. */
  acceptsWaiver: boolean;
  /** A proof older than this many seconds doesn't count; any age when absent. */
  maxAgeSeconds?: number;
  /** Whether only a phishing-resistant factor meets it. */
  needsPhishingResistance: boolean;
  /** The lowest assurance level that meets it; any second factor does when absent. */
  level?: number;
  /** Whether a person without a method is let through instead of led to enrol. */
  sparesUnenrolled: boolean;
  /** Who is spared must have signed in this many seconds ago at the most. */
  signInSeconds?: number;
}

type Check = (input: DecisionInput, settings: TenantSettings) => Demand | undefined;

const policyCheck: Check = (input, settings) => {
  const override = input.client.mfaPolicy;
  const isReset = input.purpose === 'password-reset';
  // A new password opens every application, and whoever asks for the link names the one it is for.
  const isTenants = override === undefined || (isReset && settings.policy === 'always');
  if ((isTenants ? settings.policy : override) !== 'always') return undefined;
  return {
    reason: isTenants
      ? { code: 'tenant_policy', facts: { policy: settings.policy } }
      : { code: 'application_policy', facts: { policy: override, client_id: input.client.id } },
    // One may have been remembered by a code that was relayed, and says nothing about who chooses a password.
    acceptsRememberedBrowser: !settings.phishingResistantOnly && !isReset,
    acceptsWaiver: !settings.phishingResistantOnly && !isReset,
    // A reset proves what there is and sets nothing up: the sign-in that follows demands the rest.
    needsPhishingResistance: settings.phishingResistantOnly && !isReset,
    sparesUnenrolled: isReset,
  };
};

/** One of several values is enough: they are what the application would take, the best first (RFC 9470 §3). */
const acrValuesCheck: Check = (input, settings) => {
  const asked = contextsAsked(input.acrValues);
  if (asked.length === 0) return undefined;
  return {
    reason: { code: 'acr_values', facts: { acr_values: asked.map(({ acr }) => acr).join(' ') } },
    acceptsRememberedBrowser: false,
    acceptsWaiver: false,
    needsPhishingResistance: settings.phishingResistantOnly,
    level: levelAsked(input.acrValues),
    sparesUnenrolled: false,
  };
};

const stepUpScopesCheck: Check = (input, settings) =>
  input.stepUpScopes.length > 0
    ? {
        reason: {
          code: 'step_up_scopes',
          facts: { scopes: [...input.stepUpScopes], audience: input.audience },
        },
        acceptsRememberedBrowser: false,
        acceptsWaiver: false,
        needsPhishingResistance: settings.phishingResistantOnly,
        sparesUnenrolled: false,
      }
    : undefined;

const mfaAudienceCheck: Check = (input) =>
  input.mfaAudience
    ? {
        reason: { code: 'mfa_audience' },
        acceptsRememberedBrowser: false,
        acceptsWaiver: false,
        maxAgeSeconds: vouchingMs / 1000,
        // Applications reach it without pages, where no such factor can answer.
        needsPhishingResistance: false,
        sparesUnenrolled: true,
      }
    : undefined;

/** What opens one's own account is proved so often, at sign-in and at each refresh. */
const myAccountSeconds = 15 * 60;

/**
 * Who asks for an `acr` beside is about to change something, so whatever they prove has to vouch for that (S-40):
 * one and the same proof is fresh and strong enough.
 */
const myAccountAudienceCheck: Check = (input, settings) => {
  if (!input.myAccountAudience) return undefined;
  const isToChange = contextsAsked(input.acrValues).length > 0;
  return {
    reason: { code: 'my_account_audience' },
    acceptsRememberedBrowser: false,
    acceptsWaiver: false,
    maxAgeSeconds: isToChange ? vouchingMs / 1000 : myAccountSeconds,
    // Refresh tokens reach it without pages, where no such factor can answer.
    needsPhishingResistance: isToChange && settings.phishingResistantOnly,
    level: levelAsked(input.acrValues),
    sparesUnenrolled: true,
    signInSeconds: myAccountSeconds,
  };
};

const checks: readonly Check[] = [
  policyCheck,
  acrValuesCheck,
  stepUpScopesCheck,
  mfaAudienceCheck,
  myAccountAudienceCheck,
];

/** Every demand that applies, each with its reason. */
export function demandsOn(input: DecisionInput, settings: TenantSettings): Demand[] {
  return checks.flatMap((check) => check(input, settings) ?? []);
}
