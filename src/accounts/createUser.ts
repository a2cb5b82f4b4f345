import { canonicalEmail } from '../config/emailAddress.ts';
import { hashPassword } from '../crypto/passwordHash.ts';
import type { Db } from '../database/database.ts';
import type { AccountsParts } from './accountsParts.ts';
import { judgePassword, type PasswordFault } from './passwordPolicy.ts';
import { normalisePassword } from './passwordText.ts';
import { insertUser, type Profile, type User } from './users.ts';

export type CreateUserResult =
  | { outcome: 'created'; user: User }
  | { outcome: 'exists' }
  | { outcome: 'invalid_email' }
  | { outcome: 'weak_password'; fault: PasswordFault };

/** Creates an account for an operator: no limit, no message, and the plain truth as the answer. */
export async function createUser(
  { database, clock }: AccountsParts,
  input: {
    connection: string;
    email: string;
    /** Without one the person can't log in until they choose one by a reset link. */
    password?: string;
    emailVerified: boolean;
    profile?: Profile;
    /** Logs who did it, in the transaction that does it (S-108). */
    record?: (trx: Db, userId: string) => Promise<void>;
  },
): Promise<CreateUserResult> {
  const email = canonicalEmail(input.email);
  if (email === undefined) return { outcome: 'invalid_email' };
  const { password, profile = {} } = input;
  const fault = password === undefined ? undefined : await judgePassword(password, { ...profile, email });
  if (fault) return { outcome: 'weak_password', fault };
  const passwordHash = password === undefined ? null : await hashPassword(normalisePassword(password));
  const { connection, emailVerified, record } = input;
  const user = await database.transaction(async (trx) => {
    const inserted = await insertUser(trx, clock, {
      connection,
      email,
      emailVerified,
      passwordHash,
      profile,
    });
    if (inserted) await record?.(trx, inserted.id);
    return inserted;
  });
  return user ? { outcome: 'created', user } : { outcome: 'exists' };
}
