import { standingOf, stillStands, vouchesFor } from './assurance.ts';
import { isFirstFactor } from './authenticationContext.ts';
import { isInForce } from './decideNow.ts';
import { hasOwnMethod } from './hasOwnMethod.ts';
import type { Step } from './step.ts';

/** Whether a method of the step's factor may be added: by whoever has none, or vouched for it just now (S-39). */
export function mayEnrol({
  parts,
  transaction,
  settings,
  user,
  factor,
  methods,
}: Omit<Step, 'trx' | 'context'>): boolean {
  const proofs = transaction.proofs.filter((proof) => isInForce(proof, user));
  const standing = standingOf(parts, { settings, methods, user, proofs: transaction.proofs });
  if (!hasOwnMethod(parts.registry, methods)) {
    // Somebody must have signed in by what still counts: a changed password or a removed device gives nothing.
    return proofs.some((proof) => isFirstFactor(proof) || stillStands(proof, standing));
  }
  return vouchesFor(factor, proofs, standing, transaction.createdAt);
}
