import { findUserById } from '../../accounts/users.ts';
import type { Account } from '../acts/userActs.ts';
import type { OperatorVisit } from '../visit.ts';

/** Everything the console shows of the account that the address names; undefined when there is none. */
export async function accountOf(visit: OperatorVisit): Promise<Account | undefined> {
  const { database, engine } = visit.parts;
  const user = await findUserById(database.db, visit.segment('user'));
  if (!user) return undefined;
  const [methods, browsers, lock, passLifetimes] = await Promise.all([
    engine.methods(user.id),
    engine.browsers.ofUser(user.id),
    engine.lockOf(user.id),
    engine.passes.lifetimes(),
  ]);
  return {
    user,
    methods: methods.filter(({ isConfirmed, isImplicit }) => isConfirmed && !isImplicit),
    browsers,
    ...(lock && { lockedUntil: lock.resetAt }),
    ...(passLifetimes && { passLifetimes }),
    isOwn: user.id === visit.operator.id,
  };
}

/** Address of a user's page. */
export function pathOfUser(id: string): string {
  return `/operator/users/${encodeURIComponent(id)}`;
}
