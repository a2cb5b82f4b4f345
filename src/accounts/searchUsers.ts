import type { Db } from '../database/database.ts';
import { operatorConnection } from './operators.ts';
import { toUser, type User } from './users.ts';

/** Whose accounts: the people who sign in to applications, or those who run this server. */
export type AccountGroup = 'people' | 'operators';

/**
 * Accounts of one group whose e-mail address contains the text, newest first; all of them for an empty
 * text. Any spelling will do: addresses are kept in lower case.
 */
export async function searchUsers(
  db: Db,
  { group, text, offset, limit }: { group: AccountGroup; text: string; offset: number; limit: number },
): Promise<User[]> {
  const wanted = text.normalize('NFKC').toLowerCase().trim();
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where('connection', group === 'operators' ? '=' : '!=', operatorConnection)
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

/** How many people have an account; operators are none of them. */
export async function countUsers(db: Db): Promise<number> {
  const { users } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('users'))
    .where('connection', '!=', operatorConnection)
    .executeTakeFirstOrThrow();
  return users;
}
