import { shortestPassword } from '../../accounts/passwordText.ts';
import { passwordChangedAt } from '../../accounts/users.ts';
import type { Db } from '../../database/database.ts';
import { iso } from './methodObject.ts';

/** The name under which a new password is confirmed. */
export const newPasswordName = 'password|new';

/** The password as a method: there is one, or none for who signs in otherwise. */
export async function describePassword(db: Db, userId: string) {
  const password = await passwordChangedAt(db, userId);
  if (!password) return undefined;
  return {
    id: passwordId(userId),
    type: 'password',
    created_at: iso(password.createdAt),
    usage: ['primary'],
    identity_user_id: userId,
    last_password_reset: iso(password.changedAt),
  };
}

export function passwordId(userId: string): string {
  return `password|${Buffer.from(userId).toString('base64url')}`;
}

/** What a new password is judged by, in the words of the contract: length, and no list of character kinds. */
export const passwordPolicy = {
  complexity: {
    min_length: shortestPassword,
    character_types: [],
    character_type_rule: 'all',
    identical_characters: 'allow',
    sequential_characters: 'allow',
    max_length_exceeded: 'error',
  },
  profile_data: { active: true, blocked_fields: ['email', 'name', 'nickname', 'given_name', 'family_name'] },
  history: { active: false, size: 0 },
  dictionary: { active: true, default: 'en_10k' },
};
