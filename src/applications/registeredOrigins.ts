import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { browserOrigins } from './client.ts';
import { readClient } from './clients.ts';

const origin = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/\\"]{1,260}$/i;

/** Whether some application names this browser origin as its own, or has a callback there. */
export async function isRegisteredOrigin(db: Db, candidate: string): Promise<boolean> {
  if (!origin.test(candidate)) return false;
  // Narrowed by text, decided on the parsed rows: the text may also stand in a name.
  const pattern = `%${candidate.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await db
    .selectFrom('clients')
    .selectAll()
    .where(sql<boolean>`properties like ${pattern} escape '\\'`)
    .execute();
  return rows.some((row) => browserOrigins(readClient(row)).includes(candidate));
}
