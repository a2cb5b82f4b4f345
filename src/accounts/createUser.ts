import { hashPassword } from '../crypto/passwordHash.ts';
import type { AccountsParts } from './accountsParts.ts';
import { canonicalEmail } from './emailAddress.ts';
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
  },
): Promise<CreateUserResult> {
  const email = canonicalEmail(input.email);
  if (email === undefined) return { outcome: 'invalid_email' };
  const { password, profile = {} } = input;
  const fault = password === undefined ? undefined : await judgePassword(password, { ...profile, email });
  if (fault) return { outcome: 'weak_password', fault };
  const passwordHash = password === undefined ? null : await hashPassword(normalisePassword(password));
  const user = await insertUser(database.db, clock, {
    connection: input.connection,
    email,
    emailVerified: input.emailVerified,
    passwordHash,
    profile,
  });
  return user ? { outcome: 'created', user } : { outcome: 'exists' };
}
