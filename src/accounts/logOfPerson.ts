import { canonicalEmail } from '../config/emailAddress.ts';
import type { Db } from '../database/database.ts';
import type { LogFilter } from '../logs/readLog.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { operatorConnection } from './operators.ts';
import { findUserByEmail } from './users.ts';

/**
 * Which events of the tenant log are about a person, be it a user or an operator.
 *
 * @param person user id, or an e-mail address: events of everybody who has it, else those that only name it
 */
export async function logOfPerson(db: Db, person: string): Promise<LogFilter> {
  if (!person.includes('@')) return { userIds: [person] };
  const { defaultDirectory } = await readTenantSettings(db);
  const connections = [defaultDirectory, operatorConnection];
  const found = await Promise.all(connections.map((connection) => findUserByEmail(db, connection, person)));
  const userIds = found.flatMap((account) => account?.id ?? []);
  return userIds.length > 0 ? { userIds } : { userName: canonicalEmail(person) ?? person };
}
