import { isSecondFactor } from './authenticationContext.ts';
import type { AssuranceLevel, Factor } from './factor.ts';
import type { FactorRegistry } from './registry.ts';
import type { Proof } from './transaction.ts';

/**
 * The NIST SP 800-63B authenticator assurance level of somebody who gave these proofs. It takes two different
 * factors: something known beside something held, so that a link and a code are no more than one of them twice.
 * A code by e-mail never adds to a password, and a key that may be copied never reaches level 3 (S-48, S-61).
 */
export function levelOf(proofs: readonly Proof[], registry: FactorRegistry): number {
  const knows = knowsOrVerified(proofs);
  const levels = proofs
    .filter(isSecondFactor)
    .map((proof) => levelWith(proof, { knows, factor: registry.get(proof.factor) }));
  return Math.max(1, ...levels);
}

/**
 * Whether a sign-in rests on something known, or on a passkey that verified its person: not on a link alone.
 */
export function knowsOrVerified(proofs: readonly Proof[]): boolean {
  return proofs.some((proof) => proof.factor === 'password' || proof.isSignIn);
}

/** The level of one proof, beside such a sign-in or by itself. */
export function levelWith(
  { evidence }: Pick<Proof, 'evidence'>,
  { knows, factor }: { knows: boolean; factor: Factor | undefined },
): AssuranceLevel {
  const level = evidence?.level ?? factor?.assurance.level ?? 1;
  // A key that verified its person is both factors at once.
  return knows || level === 3 ? level : 1;
}

/** The highest level that a proof by this factor can show beside a password, or one of this method's state. */
export function levelAtBest(factor: Factor, states?: readonly unknown[]): number {
  const { assurance, bestLevel } = factor;
  if (!bestLevel || !states) return assurance.best ?? assurance.level;
  return Math.max(1, ...states.map((state) => bestLevel(state)));
}
