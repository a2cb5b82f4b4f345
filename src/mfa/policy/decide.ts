import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { reaches, stillStands, vouchesFor } from '../assurance.ts';
import { isSecondFactor } from '../authenticationContext.ts';
import { rememberDays } from '../browsers/rememberDays.ts';
import type { Factor, Reach } from '../factor.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { FactorRegistry } from '../registry.ts';
import type { Decision, DecisionInput, Proof, Reason, Requirement } from '../transaction.ts';
import { type Demand, demandsOn } from './demands.ts';
import { offeredTogether, setUpTogether } from './exclusiveFactors.ts';

/** A second factor that was waived is asked for again after this long. */
const waiverMs = 5 * 60 * 1000;

/** Code of the reason why somebody without a second factor has to sign in anew. */
export const signInTooOld = 'sign_in_too_old';

/** All that a decision depends on. */
export interface Circumstances {
  input: DecisionInput;
  settings: TenantSettings;
  registry: FactorRegistry;
  methods: readonly AuthenticationMethod[];
  isRememberedBrowser: boolean;
  /** What the first factors rest on already, so that it can't be the second one too (S-32). */
  taken: ReadonlySet<Reach>;
  /** Epoch milliseconds. */
  now: number;
}

/** Judges what is required. Pure: equal circumstances give equal decisions, and each tells why. */
export function decide(circumstances: Circumstances): Decision {
  const demands = demandsOn(circumstances.input, circumstances.settings);
  const open = demands.filter((demand) => !isMet(demand, circumstances));
  const allowsRememberBrowser =
    rememberDays(circumstances.settings, circumstances.input.client) > 0 &&
    demands.every((demand) => demand.acceptsRememberedBrowser);
  const because = (...more: Reason[]) => [...demands.map((demand) => demand.reason), ...more];

  if (demands.length === 0) {
    return {
      requirement: { kind: 'none' },
      reasons: [{ code: 'nothing_demands_it' }],
      allowsRememberBrowser,
    };
  }
  if (open.length === 0) {
    return {
      requirement: { kind: 'none' },
      reasons: because({ code: whatMet(circumstances) }),
      allowsRememberBrowser,
    };
  }

  const usable = usableFactors(circumstances);
  if (usable.some((factor) => factor.kind === 'independent')) {
    const requirement = open.some((demand) => demand.needsPhishingResistance)
      ? requireResistance(usable, circumstances)
      : challengeBy(usable);
    const more: Reason[] = requirement.kind === 'blocked' ? [{ code: 'no_factor_enabled' }] : [];
    return { requirement, reasons: because(...more), allowsRememberBrowser };
  }
  if (hasIndependentMethod(circumstances)) {
    // The operator switched off all that this person has: a password alone must neither replace nor remove it.
    const requirement = { kind: 'blocked' } as const;
    return { requirement, reasons: because({ code: 'methods_switched_off' }), allowsRememberBrowser };
  }
  if (open.every((demand) => demand.sparesUnenrolled)) {
    if (open.some((demand) => isSignInTooOld(demand, circumstances))) {
      const requirement = { kind: 'blocked' } as const;
      return { requirement, reasons: because({ code: signInTooOld }), allowsRememberBrowser };
    }
    return {
      requirement: { kind: 'none' },
      reasons: because({ code: 'nothing_enrolled' }),
      allowsRememberBrowser,
    };
  }
  const enrollable = enrollableFactors(circumstances.registry, circumstances.settings).filter(
    (name) =>
      isResistant(circumstances.registry.get(name)) || !open.some((demand) => demand.needsPhishingResistance),
  );
  if (enrollable.length === 0) {
    const requirement = { kind: 'blocked' } as const;
    return { requirement, reasons: because({ code: 'no_factor_enabled' }), allowsRememberBrowser };
  }
  return { requirement: { kind: 'enrol', factors: enrollable }, reasons: because(), allowsRememberBrowser };
}

/** Only a new sign-in helps. */
function isSignInTooOld({ signInSeconds }: Demand, { input, now }: Circumstances): boolean {
  return signInSeconds !== undefined && !input.proofs.some(({ at }) => now - at <= signInSeconds * 1000);
}

/** Factors a person may enrol, strongest first; beside an independent one that they have, dependent ones too. */
export function enrollableFactors(
  registry: FactorRegistry,
  settings: TenantSettings,
  beside: 'nothing' | 'independent' = 'nothing',
): string[] {
  return setUpTogether(registry.enabled(settings))
    .filter(
      ({ enrolment, isExclusive }) => enrolment === 'by-person' && !(isExclusive && beside === 'independent'),
    )
    .filter(({ kind }) => kind === 'independent' || beside === 'independent')
    .map(({ name }) => name);
}

function challengeBy(factors: readonly Factor[]): Requirement {
  return { kind: 'challenge', factors: factors.map(({ name }) => name) };
}

/**
 * Nothing but a phishing-resistant factor will do. Who has none, or lost theirs and proved it by what stands
 * by for that, enrols one, on the authority of a proof that reaches its level (S-40).
 */
function requireResistance(usable: readonly Factor[], circumstances: Circumstances): Requirement {
  const { registry, settings } = circumstances;
  const resistant = usable.filter(isResistant);
  const enrollable = enrollableFactors(registry, settings, 'independent').flatMap(
    (name) => registry.get(name) ?? [],
  );
  const wanted = enrollable.filter(isResistant);
  const standsBy = (factor: Factor | undefined) => factor?.enrolment === 'beside-first';
  const vouching = circumstances.input.proofs.filter(
    ({ factor }) => resistant.length === 0 || standsBy(registry.get(factor)),
  );
  const factors = wanted
    .filter((factor) => vouchesFor(factor, vouching, circumstances, circumstances.now))
    .map(({ name }) => name);
  if (factors.length > 0) return { kind: 'enrol', factors };
  if (resistant.length > 0) return challengeBy(usable.filter((one) => isResistant(one) || standsBy(one)));
  const leading = usable.filter((one) => wanted.some((other) => reaches(one, other)));
  return leading.length > 0 ? challengeBy(leading) : { kind: 'blocked' };
}

function isResistant(factor: Factor | undefined): boolean {
  return factor?.assurance.isPhishingResistant === true;
}

/** Every factor with a confirmed method counts (S-33); an unconfirmed one never does (S-34). */
export function usableFactors({ registry, settings, methods, taken }: Circumstances) {
  const confirmed = new Set(methods.filter((method) => method.isConfirmed).map((method) => method.factor));
  return offeredTogether(
    registry
      .enabled(settings)
      .filter((factor) => confirmed.has(factor.name) && !(factor.reach && taken.has(factor.reach))),
  );
}

/** Whether the person is enrolled, be the factor on or off. */
export function hasIndependentMethod({ registry, methods }: Circumstances): boolean {
  return methods.some((method) => method.isConfirmed && registry.get(method.factor)?.kind === 'independent');
}

function isMet(demand: Demand, circumstances: Circumstances): boolean {
  if (demand.acceptsRememberedBrowser && circumstances.isRememberedBrowser) return true;
  return circumstances.input.proofs.some((proof) =>
    isSecondFactor(proof)
      ? counts(proof, demand, circumstances)
      : demand.acceptsWaiver && waives(proof, circumstances),
  );
}

/** By what nothing more is required, although something is demanded. */
function whatMet({ input: { proofs }, isRememberedBrowser }: Circumstances): string {
  if (proofs.some(isSecondFactor)) return 'already_proved';
  return isRememberedBrowser ? 'remembered_browser' : 'service_unavailable';
}

/** A waiver counts for some minutes, while the operator lets people in and the method is still the person's. */
function waives(proof: Proof, circumstances: Circumstances): boolean {
  const { registry, settings, now } = circumstances;
  const factor = registry.get(proof.factor);
  if (!proof.isWaived || !factor?.redirect || now - proof.at > waiverMs) return false;
  return (
    factor.redirect.letsInWhileDown(registry.settingsOf(factor, settings)) &&
    stillStands(proof, circumstances)
  );
}

/** A proof counts while it is fresh and strong enough, its factor is on and its method is still the person's. */
function counts(proof: Proof, demand: Demand, circumstances: Circumstances): boolean {
  const { registry, now } = circumstances;
  if (demand.maxAgeSeconds !== undefined && now - proof.at > demand.maxAgeSeconds * 1000) return false;
  if (demand.needsPhishingResistance && !isResistant(registry.get(proof.factor))) return false;
  return stillStands(proof, circumstances);
}
