import { hashPassword } from '../crypto/passwordHash.ts';
import type { Db } from '../database/database.ts';
import type { AccountsParts } from './accountsParts.ts';
import { judgePassword, type PasswordFault } from './passwordPolicy.ts';
import { normalisePassword } from './passwordText.ts';
import { setPassword } from './setPassword.ts';
import { findUserById } from './users.ts';

/** Gives an account a new password for an operator; the person is told, and stays signed in. */
export async function replacePassword(
  parts: AccountsParts,
  input: {
    userId: string;
    password: string;
    /** Logs who did it, in the transaction that does it (S-108). */
    record?: (trx: Db) => Promise<void>;
  },
): Promise<
  { outcome: 'changed' } | { outcome: 'no_such_user' } | { outcome: 'weak_password'; fault: PasswordFault }
> {
  const { userId, password } = input;
  const user = await findUserById(parts.database.db, userId);
  if (!user) return { outcome: 'no_such_user' };
  const fault = await judgePassword(password, user);
  if (fault) return { outcome: 'weak_password', fault };
  const passwordHash = await hashPassword(normalisePassword(password));
  const changed = await parts.database.transaction(async (trx) => {
    const account = await setPassword(trx, parts, { userId, passwordHash, endsSessions: false });
    if (account) await input.record?.(trx);
    return account;
  });
  parts.afterQueueing();
  return changed ? { outcome: 'changed' } : { outcome: 'no_such_user' };
}
