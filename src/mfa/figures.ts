import { operatorConnection } from '../accounts/operators.ts';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';

/** How far multi-factor authentication has spread. */
export interface MfaFigures {
  /** People with at least one confirmed method that may be their only one. */
  enrolledUsers: number;
  /** People with at least one confirmed method of a phishing-resistant factor that is on. */
  resistantUsers: number;
  /** People whose second factors are locked now. */
  lockedUsers: number;
  /** People with a confirmed method, by factor. */
  usersByFactor: Readonly<Record<string, number>>;
}

/**
 * Counts over everybody but the operators of this server, who all have a second factor.
 *
 * @param independent names of the factors that may be a person's only one
 * @param resistant names of those that are phishing-resistant and on
 */
export async function countSpread(
  db: Db,
  clock: Clock,
  { independent, resistant }: Readonly<Record<'independent' | 'resistant', readonly string[]>>,
): Promise<MfaFigures> {
  const people = db.selectFrom('users').select('id').where('connection', '!=', operatorConnection);
  const confirmed = db
    .selectFrom('authentication_methods')
    .where('confirmed_at', 'is not', null)
    .where('user_id', 'in', people);
  const byFactor = await confirmed
    .select(['factor', (eb) => eb.fn.count<number>('user_id').distinct().as('users')])
    .groupBy('factor')
    .execute();
  const countUsersOf = async (factors: readonly string[]) => {
    if (factors.length === 0) return 0;
    const { users } = await confirmed
      .where('factor', 'in', factors)
      .select((eb) => eb.fn.count<number>('user_id').distinct().as('users'))
      .executeTakeFirstOrThrow();
    return users;
  };
  const locked = await db
    .selectFrom('second_factor_locks')
    .select((eb) => eb.fn.countAll<number>().as('users'))
    .where('locked_until', '>', clock())
    .where('user_id', 'in', people)
    .executeTakeFirstOrThrow();
  return {
    enrolledUsers: await countUsersOf(independent),
    resistantUsers: await countUsersOf(resistant),
    lockedUsers: locked.users,
    usersByFactor: Object.fromEntries(byFactor.map(({ factor, users }) => [factor, users])),
  };
}
