import { levelOf } from './assuranceLevel.ts';
import { contextsAsked, isSecondFactor, multiFactorAcr } from './authenticationContext.ts';
import type { FactorRegistry } from './registry.ts';
import type { Proof } from './transaction.ts';

/** What tokens say about how somebody signed in. */
export interface AuthenticationClaims {
  acr?: string;
  amr?: string[];
}

/**
 * The `acr` and `amr` claims that these proofs support: what was done and nothing more (S-29). Both are
 * absent without a second factor; `amr` always contains `mfa`, then RFC 8176 values. `acr` is the first value
 * asked for that was reached, else that of several factors.
 */
export function claimsOf(
  proofs: readonly Proof[],
  registry: FactorRegistry,
  acrValues: readonly string[],
): AuthenticationClaims {
  if (!proofs.some(isSecondFactor)) return {};
  const given = proofs.filter(({ isWaived }) => !isWaived);
  const values = given.flatMap((proof) => (proof.factor === 'password' ? ['pwd'] : amrOf(proof, registry)));
  const reached = levelOf(proofs, registry);
  const asked = contextsAsked(acrValues).find(({ level }) => level <= reached);
  return { acr: asked?.acr ?? multiFactorAcr, amr: [...new Set(['mfa', ...values])] };
}

function amrOf({ factor: name, channel, evidence }: Proof, registry: FactorRegistry): readonly string[] {
  const factor = registry.get(name);
  if (!factor) return [];
  if (evidence?.amr) return evidence.amr;
  const ofChannel = factor.wire.channels?.find((candidate) => candidate.name === channel)?.amr;
  return ofChannel === undefined ? factor.amr : [...factor.amr, ofChannel];
}
