import type { FactorRegistry } from './registry.ts';
import type { Proof } from './transaction.ts';

/** The only `acr` value with a meaning: a second factor was proved (OpenID PAPE policy). */
export const multiFactorAcr = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

/** First factors: a password, a link that was sent or handed over. Everything else in a list of proofs is a second one. */
const firstFactors = new Set(['password', 'link']);

/** Whether a second factor was proved; one that was waived wasn't. */
export function isSecondFactor(proof: Proof): boolean {
  return !firstFactors.has(proof.factor) && !proof.isWaived;
}

/**
 * The `acr` and `amr` claims that these proofs support: what was done and nothing more (S-29). Both are
 * absent without a second factor; `amr` always contains `mfa`, then RFC 8176 values.
 */
export function claimsOf(
  proofs: readonly Proof[],
  registry: FactorRegistry,
): { acr?: string; amr?: string[] } {
  if (!proofs.some(isSecondFactor)) return {};
  const given = proofs.filter(({ isWaived }) => !isWaived);
  const values = given.flatMap((proof) => (proof.factor === 'password' ? ['pwd'] : amrOf(proof, registry)));
  return { acr: multiFactorAcr, amr: [...new Set(['mfa', ...values])] };
}

function amrOf({ factor: name, channel, evidence }: Proof, registry: FactorRegistry): readonly string[] {
  const factor = registry.get(name);
  if (!factor) return [];
  if (evidence?.amr) return evidence.amr;
  const ofChannel = factor.wire.channels?.find((candidate) => candidate.name === channel)?.amr;
  return ofChannel === undefined ? factor.amr : [...factor.amr, ofChannel];
}
