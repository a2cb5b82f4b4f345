import { stillStands } from '../assurance.ts';
import { isFirstFactor } from '../authenticationContext.ts';
import type { Proof } from '../transaction.ts';
import type { Circumstances } from './decide.ts';
import { proofLifetime } from './proofLifetime.ts';

/**
 * The proofs that tokens may tell of: the first ones, and of the others those that still count (S-29). A session
 * was begun by a password even where that was changed since.
 */
export function standingProofs(given: readonly Proof[], circumstances: Circumstances): Proof[] {
  const { input } = circumstances;
  return given.filter(
    (proof) =>
      isFirstFactor(proof) ||
      (input.proofs.includes(proof) && isFresh(proof, circumstances) && stillStands(proof, circumstances)),
  );
}

/** Whether a second factor is young enough for the application that asks. */
export function isFresh(
  { at }: Proof,
  { settings, input, now }: Pick<Circumstances, 'settings' | 'input' | 'now'>,
): boolean {
  const lifetime = proofLifetime(settings, input.client);
  return lifetime === undefined || now - at <= lifetime;
}
