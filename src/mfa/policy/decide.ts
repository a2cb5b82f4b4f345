import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { isSecondFactor } from '../authenticationContext.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { FactorRegistry } from '../registry.ts';
import type { Decision, DecisionInput, Proof, Reason } from '../transaction.ts';
import { type Demand, demandsOn } from './demands.ts';

/** All that a decision depends on. */
export interface Circumstances {
  input: DecisionInput;
  settings: TenantSettings;
  registry: FactorRegistry;
  methods: readonly AuthenticationMethod[];
  isRememberedBrowser: boolean;
  /** Epoch milliseconds. */
  now: number;
}

/** Judges what is required. Pure: equal circumstances give equal decisions, and each tells why. */
export function decide(circumstances: Circumstances): Decision {
  const demands = demandsOn(circumstances.input, circumstances.settings);
  const open = demands.filter((demand) => !isMet(demand, circumstances));
  const allowsRememberBrowser =
    circumstances.settings.rememberBrowser.enabled &&
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
    const met = circumstances.input.proofs.some(isSecondFactor) ? 'already_proved' : 'remembered_browser';
    return { requirement: { kind: 'none' }, reasons: because({ code: met }), allowsRememberBrowser };
  }

  const usable = usableFactors(circumstances);
  if (usable.some((factor) => factor.kind === 'independent')) {
    const factors = usable.map((factor) => factor.name);
    return { requirement: { kind: 'challenge', factors }, reasons: because(), allowsRememberBrowser };
  }
  if (hasIndependentMethod(circumstances)) {
    // The operator switched off all that this person has: a password alone must neither replace nor remove it.
    const requirement = { kind: 'blocked' } as const;
    return { requirement, reasons: because({ code: 'methods_switched_off' }), allowsRememberBrowser };
  }
  if (open.every((demand) => demand.sparesUnenrolled)) {
    return {
      requirement: { kind: 'none' },
      reasons: because({ code: 'nothing_enrolled' }),
      allowsRememberBrowser,
    };
  }
  const enrollable = enrollableFactors(circumstances.registry, circumstances.settings);
  if (enrollable.length === 0) {
    const requirement = { kind: 'blocked' } as const;
    return { requirement, reasons: because({ code: 'no_factor_enabled' }), allowsRememberBrowser };
  }
  return { requirement: { kind: 'enrol', factors: enrollable }, reasons: because(), allowsRememberBrowser };
}

/** Factors a person may enrol as the first one, strongest first. */
export function enrollableFactors(registry: FactorRegistry, settings: TenantSettings): string[] {
  return registry
    .enabled(settings)
    .filter((factor) => factor.kind === 'independent' && factor.enrolment === 'by-person')
    .map((factor) => factor.name);
}

/** Every factor with a confirmed method counts (S-33); an unconfirmed one never does (S-34). */
function usableFactors({ registry, settings, methods }: Circumstances) {
  const confirmed = new Set(methods.filter((method) => method.isConfirmed).map((method) => method.factor));
  return registry.enabled(settings).filter((factor) => confirmed.has(factor.name));
}

/** Whether the person is enrolled, be the factor on or off. */
function hasIndependentMethod({ registry, methods }: Circumstances): boolean {
  return methods.some((method) => method.isConfirmed && registry.get(method.factor)?.kind === 'independent');
}

function isMet(demand: Demand, circumstances: Circumstances): boolean {
  if (demand.acceptsRememberedBrowser && circumstances.isRememberedBrowser) return true;
  return circumstances.input.proofs.some(
    (proof) => isSecondFactor(proof) && counts(proof, demand, circumstances),
  );
}

/** A proof counts while it is fresh enough, its factor is on and its method is still the person's. */
function counts(proof: Proof, demand: Demand, { registry, settings, methods, now }: Circumstances): boolean {
  if (demand.maxAgeSeconds !== undefined && now - proof.at > demand.maxAgeSeconds * 1000) return false;
  const factor = registry.get(proof.factor);
  if (!factor || !registry.isEnabled(factor, settings)) return false;
  return methods.some((method) => method.id === proof.methodId && method.isConfirmed);
}
