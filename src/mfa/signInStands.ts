import { standingOf, stillStands } from './assurance.ts';
import { isInForce } from './decideNow.ts';
import type { EngineParts } from './parts.ts';
import type { Proof } from './transaction.ts';

/**
 * Whether somebody who signed in without a password still has what they signed in by, switched on and allowed
 * to. A password is judged where the session is.
 */
export async function signInStands(
  parts: EngineParts,
  userId: string,
  proofs: readonly Proof[],
): Promise<boolean> {
  const signIn = proofs.find(({ isSignIn }) => isSignIn);
  if (!signIn || proofs.some(({ factor }) => factor === 'password')) return true;
  const { db } = parts.database;
  const user = await parts.findUser(db, userId);
  if (!user || !isInForce(signIn, user)) return false;
  const settings = await parts.settings(db);
  if (!settings.passkeySignIn) return false;
  const methods = await parts.methodsOf(db, user, settings);
  return stillStands(signIn, standingOf(parts, { settings, methods, user, proofs }));
}
