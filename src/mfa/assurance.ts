import type { TenantSettings } from '../tenant/tenantSettings.ts';
import { isSecondFactor } from './authenticationContext.ts';
import type { Factor, Reach } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import { reachesTaken } from './policy/reach.ts';
import type { FactorRegistry } from './registry.ts';
import { isStandby } from './standby.ts';
import type { Proof } from './transaction.ts';

/** Whoever proved any factor of this level may manage methods of every level above. */
const highestAsked = 2;
/** A proof of what one has vouches for a change of it this long (S-40). */
export const vouchingMs = 5 * 60 * 1000;

/** What a proof's worth depends on besides itself. */
export interface Standing {
  registry: FactorRegistry;
  settings: TenantSettings;
  methods: readonly AuthenticationMethod[];
  /** What the first factors rest on already: it proves nothing more (S-32). */
  taken: ReadonlySet<Reach>;
}

/** The same for a person, and the proofs that they gave since they began. */
export function standingOf(
  { registry }: Pick<EngineParts, 'registry'>,
  { settings, methods, user, proofs }: Pick<Standing, 'settings' | 'methods'> & Proved,
): Standing {
  return { registry, settings, methods, taken: reachesTaken(proofs, user) };
}

interface Proved {
  user: EngineUser;
  proofs: readonly Proof[];
}

/** Whether the factor of a proof is on and its method still the person's. */
export function stillStands(proof: Proof, { registry, settings, methods, taken }: Standing): boolean {
  const factor = registry.get(proof.factor);
  if (!factor || !registry.isEnabled(factor, settings)) return false;
  if (factor.reach && taken.has(factor.reach)) return false;
  return methods.some((method) => method.id === proof.methodId && method.isConfirmed);
}

/**
 * Whether one second factor among the proofs is fresh, still stands, and is as good as what it is to change:
 * a code to the mailbox, say, neither removes an authenticator app nor adds one, nor does last week's code
 * beside it (S-39, S-40). The proofs are those in force.
 *
 * @param since epoch milliseconds at which whoever changes something began; older proofs may be `vouchingMs` older
 */
export function vouchesFor(
  changed: Factor,
  proofs: readonly Proof[],
  standing: Standing,
  since: number,
): boolean {
  const asked = levelAsked(changed);
  const needsResistance = isProtectedFromPhishing(standing);
  return proofs.some((proof) => {
    if (needsResistance && !resistsOrStandsBy(standing.registry.get(proof.factor))) return false;
    const level = proof.evidence?.level ?? standing.registry.get(proof.factor)?.assurance.level ?? 0;
    const isFresh = proof.at >= since - vouchingMs;
    return isSecondFactor(proof) && isFresh && level >= asked && stillStands(proof, standing);
  });
}

/** A relayed code must not take away, or add to, what the tenant asks for because it can't be relayed. */
function isProtectedFromPhishing({ registry, settings, methods }: Standing): boolean {
  return (
    settings.phishingResistantOnly &&
    methods.some(
      ({ isConfirmed, factor }) => isConfirmed && registry.get(factor)?.assurance.isPhishingResistant,
    )
  );
}

function resistsOrStandsBy(factor: Factor | undefined): boolean {
  return factor?.assurance.isPhishingResistant === true || isStandby(factor);
}

/** Whether any proof of one factor is as good as the other. */
export function reaches(proved: Factor, changed: Factor): boolean {
  return proved.assurance.level >= levelAsked(changed);
}

function levelAsked({ assurance }: Factor): number {
  return Math.min(highestAsked, assurance.level);
}
