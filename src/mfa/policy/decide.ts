import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { reaches, stillStands, vouchesFor, vouchingMs } from '../assurance.ts';
import { levelWith } from '../assuranceLevel.ts';
import { isFirstFactor, isSecondFactor } from '../authenticationContext.ts';
import { rememberDays } from '../browsers/rememberDays.ts';
import type { Factor, Reach } from '../factor.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { FactorRegistry } from '../registry.ts';
import { isStandby } from '../standby.ts';
import type { DecisionInput, Proof, Reason, Requirement, Verdict } from '../transaction.ts';
import { type Demand, demandsOn } from './demands.ts';
import { offeredTogether, setUpTogether } from './exclusiveFactors.ts';
import { type Need, needOf, serves, takesAny } from './need.ts';
import { proofLifetime } from './proofLifetime.ts';
import { isFresh } from './standingProofs.ts';

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
  /** Somebody signed in by something known, or by a passkey that verified them: not by a link alone. */
  isSignedIn: boolean;
  /** Epoch milliseconds. */
  now: number;
}

/** Judges what is required. Pure: equal circumstances give equal decisions, and each tells why. */
export function decide(circumstances: Circumstances): Verdict {
  const { input, settings } = circumstances;
  const demands = demandsOn(input, settings);
  const [requirement, ...more] = judge(demands, circumstances);
  return {
    requirement,
    reasons: [...demands.map(({ reason }) => reason), ...more],
    allowsRememberBrowser:
      rememberDays(settings, input.client) > 0 && demands.every((demand) => demand.acceptsRememberedBrowser),
  };
}

/** What is required, and the reasons beside the demands. */
type Judged = [Requirement, ...Reason[]];

function judge(demands: readonly Demand[], circumstances: Circumstances): Judged {
  if (demands.length === 0) return [{ kind: 'none' }, { code: 'nothing_demands_it' }];
  const met = demands.map((demand) => whatMeets(demand, circumstances));
  const open = demands.filter((_demand, index) => met[index] === undefined);
  if (open.length === 0) return [{ kind: 'none' }, ...[...new Set(met)].flatMap((code) => reasonOf(code))];
  const [requirement, ...why] = demandMore(open, circumstances);
  return [requirement, ...agedOut(open, circumstances), ...why];
}

function demandMore(open: readonly Demand[], circumstances: Circumstances): Judged {
  const need = needOf(open);
  const usable = usableFactors(circumstances);
  const isEnrolled = hasIndependentMethod(circumstances);
  const isSpared = open.every((demand) => demand.sparesUnenrolled) && !isEnrolled;
  const canProve = usable.some(({ kind }) => kind === 'independent');
  // What an operator handed out comes before a password alone sets anything up, or is turned away.
  const isPassDue = !isSpared && !hasJustShownPass(circumstances);
  const standsIn = (factor: Factor) => (isEnrolled ? isStandby(factor) : factor.handedOut && isPassDue);
  const answering = canProve ? usable : usable.filter(standsIn);
  const why: Reason[] = isEnrolled && !canProve ? [{ code: 'methods_switched_off' }] : [];
  if (answering.length > 0) {
    const requirement = takesAny(need)
      ? challengeBy(answering)
      : requireNeeded(need, answering, circumstances);
    return requirement.kind === 'blocked' ? blockedBy('no_factor_enabled') : [requirement, ...why];
  }
  // The operator switched off all that this person has: a password alone must neither replace nor remove it.
  if (isEnrolled) return [{ kind: 'blocked' }, ...why];
  if (isSpared) {
    return open.some((demand) => isSignInTooOld(demand, circumstances))
      ? blockedBy(signInTooOld)
      : [{ kind: 'none' }, { code: 'nothing_enrolled' }];
  }
  const { registry, settings } = circumstances;
  const factors = namesOf(enrollable(registry, settings).filter((factor) => serves(factor, need)));
  return factors.length > 0 ? [{ kind: 'enrol', factors }] : blockedBy('no_factor_enabled');
}

/** Whether what an operator handed out was proved so lately that it vouches for setting something up. */
function hasJustShownPass(circumstances: Circumstances): boolean {
  const { registry, input, now } = circumstances;
  return input.proofs.some(
    (proof) =>
      registry.get(proof.factor)?.handedOut &&
      now - proof.at <= vouchingMs &&
      stillStands(proof, circumstances),
  );
}

function blockedBy(code: string): Judged {
  return [{ kind: 'blocked' }, { code }];
}

function reasonOf(code: string | undefined): Reason[] {
  return code === undefined ? [] : [{ code }];
}

/** Tells where nothing but time took a second factor its worth. */
function agedOut(open: readonly Demand[], circumstances: Circumstances): Reason[] {
  const { input, settings, now } = circumstances;
  const wasEnough = (proof: Proof) =>
    isSecondFactor(proof) &&
    open.some((demand) => counts(proof, demand, { ...circumstances, now: proof.at }));
  const [latest] = input.proofs.filter(wasEnough).toSorted((one, other) => other.at - one.at);
  if (!latest) return [];
  const lifetime = proofLifetime(settings, input.client);
  const facts = {
    factor: latest.factor,
    age_minutes: Math.floor((now - latest.at) / 60_000),
    ...(lifetime === undefined ? {} : { lifetime_minutes: lifetime / 60_000 }),
  };
  return [{ code: 'proof_too_old', facts }];
}

/** Only a new sign-in helps. What was waived, or proved by what is gone, is none. */
function isSignInTooOld({ signInSeconds }: Demand, circumstances: Circumstances): boolean {
  if (signInSeconds === undefined) return false;
  const { input, now } = circumstances;
  const isGood = (proof: Proof) => isFirstFactor(proof) || stillStands(proof, circumstances);
  return !input.proofs.some((proof) => now - proof.at <= signInSeconds * 1000 && isGood(proof));
}

/** Factors a person may enrol, strongest first; beside an independent one that they have, dependent ones too. */
export function enrollableFactors(
  registry: FactorRegistry,
  settings: TenantSettings,
  beside: 'nothing' | 'independent' = 'nothing',
): string[] {
  return namesOf(enrollable(registry, settings, beside));
}

function enrollable(
  registry: FactorRegistry,
  settings: TenantSettings,
  beside: 'nothing' | 'independent' = 'nothing',
): Factor[] {
  return setUpTogether(registry.enabled(settings))
    .filter(
      ({ enrolment, isExclusive }) => enrolment === 'by-person' && !(isExclusive && beside === 'independent'),
    )
    .filter(({ kind }) => kind === 'independent' || beside === 'independent');
}

function namesOf(factors: readonly Factor[]): string[] {
  return factors.map(({ name }) => name);
}

function challengeBy(factors: readonly Factor[]): Requirement {
  return { kind: 'challenge', factors: namesOf(factors) };
}

/**
 * Not every factor will do. Who has none that does, or lost theirs and proved it by what stands by for that,
 * enrols one, on the authority of a proof that reaches its level (S-40).
 */
function requireNeeded(need: Need, usable: readonly Factor[], circumstances: Circumstances): Requirement {
  const { registry, settings, input, methods, now } = circumstances;
  const statesOf = ({ name }: Factor) =>
    methods.filter(({ factor, isConfirmed }) => factor === name && isConfirmed).map(({ state }) => state);
  const serving = usable.filter((factor) => serves(factor, need, statesOf(factor)));
  const beside = hasIndependentMethod(circumstances) ? 'independent' : 'nothing';
  const wanted = enrollable(registry, settings, beside).filter((factor) => serves(factor, need));
  const vouching = input.proofs.filter(
    ({ factor }) => serving.length === 0 || isStandby(registry.get(factor)),
  );
  const vouched = wanted.filter((factor) => vouchesFor(factor, vouching, circumstances, now));
  if (vouched.length > 0) return { kind: 'enrol', factors: namesOf(vouched) };
  if (serving.length > 0) return challengeBy(usable.filter((one) => serving.includes(one) || isStandby(one)));
  const leading = usable.filter((one) => wanted.some((other) => reaches(one, other)));
  return leading.length > 0 ? challengeBy(leading) : { kind: 'blocked' };
}

/** Every factor with a confirmed method counts (S-33); an unconfirmed one never does (S-34). */
export function usableFactors({ registry, settings, methods, taken }: Circumstances) {
  const provable = methods.filter(
    ({ isConfirmed, factor, state }) => isConfirmed && !registry.get(factor)?.handedOut?.isUsedUp(state),
  );
  const confirmed = new Set(provable.map((method) => method.factor));
  return offeredTogether(
    registry
      .enabled(settings)
      .filter((factor) => confirmed.has(factor.name) && !(factor.reach && taken.has(factor.reach))),
  );
}

/** Whether the person is enrolled, be the factor on or off. */
export function hasIndependentMethod({
  registry,
  methods,
}: Pick<Circumstances, 'registry' | 'methods'>): boolean {
  return methods.some((method) => method.isConfirmed && registry.get(method.factor)?.kind === 'independent');
}

function mustSetUp(circumstances: Circumstances): boolean {
  const { registry, settings } = circumstances;
  return !hasIndependentMethod(circumstances) && enrollable(registry, settings).length > 0;
}

/** By what a demand is met already, as a reason's code; undefined where it is open. */
function whatMeets(demand: Demand, circumstances: Circumstances): string | undefined {
  const { input, isRememberedBrowser } = circumstances;
  const isProved = input.proofs.some(
    (proof) => isSecondFactor(proof) && counts(proof, demand, circumstances),
  );
  if (isProved) return 'already_proved';
  if (demand.acceptsRememberedBrowser && isRememberedBrowser) return 'remembered_browser';
  const isWaived = demand.acceptsWaiver && input.proofs.some((proof) => waives(proof, circumstances));
  return isWaived ? 'service_unavailable' : undefined;
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
  const { registry, now, isSignedIn } = circumstances;
  const factor = registry.get(proof.factor);
  if (demand.maxAgeSeconds !== undefined && now - proof.at > demand.maxAgeSeconds * 1000) return false;
  if (demand.needsPhishingResistance && !factor?.assurance.isPhishingResistant) return false;
  // It stands in for what somebody has, and spares nobody who has nothing from setting it up.
  if (factor?.handedOut && mustSetUp(circumstances)) return false;
  if (levelWith(proof, { knows: isSignedIn, factor }) < (demand.level ?? 1)) return false;
  return isFresh(proof, circumstances) && stillStands(proof, circumstances);
}
