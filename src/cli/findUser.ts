import { operatorConnection } from '../accounts/operators.ts';
import { findUserByEmail, findUserById, type User } from '../accounts/users.ts';
import type { Db } from '../database/database.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { CommandError } from './commandError.ts';

/**
 * The account that a command is about.
 *
 * @param name an id, or an address in the default directory or among the operators.
 * @throws CommandError `not_found`, or `ambiguous` where an address has an account in both.
 */
export async function findUser(db: Db, name: string): Promise<User> {
  const { defaultDirectory } = await readTenantSettings(db);
  const found = name.includes('@')
    ? await Promise.all(
        [defaultDirectory, operatorConnection].map((connection) => findUserByEmail(db, connection, name)),
      )
    : [await findUserById(db, name)];
  const users = found.filter((user) => user !== undefined);
  const [user] = users;
  if (!user) throw noSuchUser(name);
  if (users.length > 1) {
    const ids = users.map(({ id, connection }) => `${id} (${connection})`).join(', ');
    throw new CommandError('ambiguous', `${name} has several accounts; name one by its id: ${ids}.`);
  }
  return user;
}

export function noSuchUser(name: string): CommandError {
  return new CommandError('not_found', `There is no account ${name}; "user list" shows them.`);
}
