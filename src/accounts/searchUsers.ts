import type { Db } from '../database/database.ts';
import { toUser, type User } from './users.ts';

/**
 * Accounts of every connection whose e-mail address contains the text, newest first; all of them for an
 * empty text. Any spelling will do: addresses are kept in lower case.
 */
export async function searchUsers(
  db: Db,
  { text, offset, limit }: { text: string; offset: number; limit: number },
): Promise<User[]> {
  const wanted = text.normalize('NFKC').toLowerCase().trim();
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .$if(wanted !== '', (query) =>
      // No pattern: what people type may hold the signs that patterns use.
      query.where((eb) => eb(eb.fn('replace', ['email', eb.val(wanted), eb.val('')]), '!=', eb.ref('email'))),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map(toUser);
}

/** How many accounts a connection has. */
export async function countUsers(db: Db, connection: string): Promise<number> {
  const { users } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('users'))
    .where('connection', '=', connection)
    .executeTakeFirstOrThrow();
  return users;
}
