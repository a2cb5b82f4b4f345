import type { Evidence } from './factor.ts';
import type { Proof } from './transaction.ts';

/**
 * Claim in access tokens for the MFA API: the proofs on which the token was granted. With it the
 * engine judges, at each use, whether a second factor was given and how long ago (S-39, S-40).
 */
export const proofsClaim = 'urn:countersign:proofs';

/** The proofs in a verified token's claim; none when it is absent or not in our form. */
export function readProofsClaim(claim: unknown): Proof[] {
  if (!Array.isArray(claim)) return [];
  return claim.filter(
    (item): item is Proof =>
      typeof item === 'object' &&
      item !== null &&
      typeof item.factor === 'string' &&
      typeof item.at === 'number' &&
      (item.methodId === undefined || typeof item.methodId === 'string') &&
      (item.channel === undefined || typeof item.channel === 'string') &&
      (item.evidence === undefined || isEvidence(item.evidence)) &&
      (item.isSignIn === undefined || item.isSignIn === true) &&
      (item.isWaived === undefined || item.isWaived === true),
  );
}

function isEvidence(value: unknown): value is Evidence {
  if (typeof value !== 'object' || value === null) return false;
  const { amr, level } = value as { amr?: unknown; level?: unknown };
  const isAmr = amr === undefined || (Array.isArray(amr) && amr.every((one) => typeof one === 'string'));
  return isAmr && (level === undefined || level === 1 || level === 2 || level === 3);
}
