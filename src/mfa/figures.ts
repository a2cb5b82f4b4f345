import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';

/** How far multi-factor authentication has spread. */
export interface MfaFigures {
  /** People with at least one confirmed method that may be their only one. */
  enrolledUsers: number;
  /** People whose second factors are locked now. */
  lockedUsers: number;
  /** Confirmed methods by factor. */
  methods: Readonly<Record<string, number>>;
}

/**
 * @param independent names of the factors that may be a person's only one
 * @param connection counts people of this connection only
 */
export async function countMethods(
  db: Db,
  clock: Clock,
  independent: readonly string[],
  connection: string,
): Promise<MfaFigures> {
  const people = db.selectFrom('users').select('id').where('connection', '=', connection);
  const confirmed = db
    .selectFrom('authentication_methods')
    .where('confirmed_at', 'is not', null)
    .where('user_id', 'in', people);
  const byFactor = await confirmed
    .select(['factor', (eb) => eb.fn.countAll<number>().as('methods')])
    .groupBy('factor')
    .execute();
  const enrolled = await confirmed
    .where('factor', 'in', independent)
    .select((eb) => eb.fn.count<number>('user_id').distinct().as('users'))
    .executeTakeFirstOrThrow();
  const locked = await db
    .selectFrom('second_factor_locks')
    .select((eb) => eb.fn.countAll<number>().as('users'))
    .where('locked_until', '>', clock())
    .where('user_id', 'in', people)
    .executeTakeFirstOrThrow();
  return {
    enrolledUsers: enrolled.users,
    lockedUsers: locked.users,
    methods: Object.fromEntries(byFactor.map(({ factor, methods }) => [factor, methods])),
  };
}
