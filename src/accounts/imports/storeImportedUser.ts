import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import { blockUser } from '../blockUser.ts';
import { findUserByEmail, findUserById, insertUser, type User } from '../users.ts';
import type { ImportFault } from './importFault.ts';
import type { ImportedUser } from './readImportedUser.ts';

export type StoredUser = { outcome: 'inserted' | 'updated'; userId: string } | { fault: ImportFault };

/**
 * Stores one imported user in the caller's transaction. Of an account that is there, and may be updated, only
 * profile, metadata and whether the address is proven change: never address, password or a block.
 */
export async function storeImportedUser(
  trx: Db,
  clock: Clock,
  user: ImportedUser,
  { connection, updates }: { connection: string; updates: boolean },
): Promise<StoredUser> {
  const byId = user.id === undefined ? undefined : await findUserById(trx, user.id);
  const byEmail = await findUserByEmail(trx, connection, user.email);
  const found = byId ?? byEmail;
  if (!found) return insert(trx, clock, user, connection);
  if (byId && byId.id !== byEmail?.id) {
    return { fault: { path: 'user_id', message: 'another account has it' } };
  }
  if (user.id !== undefined && found.id !== user.id) {
    return { fault: { path: 'email', message: 'an account with another id has it' } };
  }
  if (!updates) return { fault: { path: 'email', message: 'there is an account with it already' } };
  await update(trx, clock, found, user);
  return { outcome: 'updated', userId: found.id };
}

async function insert(trx: Db, clock: Clock, user: ImportedUser, connection: string): Promise<StoredUser> {
  const { id, email, emailVerified = false, passwordHash = null, profile, userMetadata, appMetadata } = user;
  const inserted = await insertUser(trx, clock, {
    ...(id === undefined ? {} : { id }),
    ...{ connection, email, emailVerified, passwordHash, profile },
    ...(userMetadata && { userMetadata }),
    ...(appMetadata && { appMetadata }),
  });
  if (!inserted) return { fault: { path: 'email', message: 'there is an account with it already' } };
  if (user.blocked) await blockUser(trx, clock, inserted.id);
  return { outcome: 'inserted', userId: inserted.id };
}

async function update(trx: Db, clock: Clock, found: User, user: ImportedUser): Promise<void> {
  const { name, nickname, givenName, familyName, picture, locale } = found;
  const known = { name, nickname, givenName, familyName, picture, locale };
  const { emailVerified = found.emailVerified } = user;
  await trx
    .updateTable('users')
    .set({
      profile: JSON.stringify({ ...known, ...user.profile }),
      user_metadata: JSON.stringify({ ...found.userMetadata, ...user.userMetadata }),
      app_metadata: JSON.stringify({ ...found.appMetadata, ...user.appMetadata }),
      email_verified: emailVerified ? 1 : 0,
      updated_at: clock(),
    })
    .where('id', '=', found.id)
    .execute();
}
