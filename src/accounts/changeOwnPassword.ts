import type { RequestContext } from '../config/requestContext.ts';
import { hashPassword } from '../crypto/passwordHash.ts';
import type { Db } from '../database/database.ts';
import type { AccountsParts } from './accountsParts.ts';
import { judgePassword, type PasswordFault } from './passwordPolicy.ts';
import { normalisePassword } from './passwordText.ts';
import { setPassword } from './setPassword.ts';
import { findUserById } from './users.ts';

/** What changing one's own password needs to know. */
export interface OwnPasswordChange<Refusal> {
  userId: string;
  password: string;
  /** Signs the person out everywhere in the same transaction (S-46). */
  endsSessions: boolean;
  context: RequestContext;
  /** Asked in the transaction that changes it: why that isn't allowed. What it writes stays. */
  mayChange(trx: Db): Promise<Refusal | undefined>;
}

/**
 * Gives somebody who is signed in the password that they chose. `mayChange` is asked only about a password that is
 * good enough, so it may spend what allows the change.
 */
export async function changeOwnPassword<Refusal>(
  parts: AccountsParts,
  { userId, password, endsSessions, context, mayChange }: OwnPasswordChange<Refusal>,
): Promise<
  | { outcome: 'changed' }
  | { outcome: 'refused'; refusal: Refusal }
  | { outcome: 'weak_password'; fault: PasswordFault }
> {
  const user = await findUserById(parts.database.db, userId);
  const fault = user && (await judgePassword(password, user));
  if (fault) return { outcome: 'weak_password', fault };
  const passwordHash = await hashPassword(normalisePassword(password));
  const refusal = await parts.database.transaction(async (trx) => {
    const refused = await mayChange(trx);
    if (refused === undefined) await setPassword(trx, parts, { userId, passwordHash, endsSessions, context });
    return refused;
  });
  if (refusal !== undefined) return { outcome: 'refused', refusal };
  parts.afterQueueing();
  return { outcome: 'changed' };
}
