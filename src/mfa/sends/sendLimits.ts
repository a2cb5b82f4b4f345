import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import { type Limit, refund, spend, type ThrottleResult } from '../../database/throttle.ts';

/** How many challenges may be sent at once, and how fast the budget refills. */
export interface SendBudget {
  burst: number;
  /** One more every so many seconds. */
  refillSeconds: number;
}

/** Whose sending is counted: `user` a person at one network address, `account` from all of them. Each has a budget of its own and all must have one left. */
export type SendSubject =
  | 'user'
  | 'account'
  | 'destination'
  | 'prefix'
  | 'address'
  | 'application'
  | 'tenant';

/** Budgets by subject; an absent one isn't counted. */
export type SendLimits = Readonly<Partial<Record<SendSubject, SendBudget>>>;

/** What is counted under each subject; an absent one isn't counted. */
export type SendKeys = Readonly<Partial<Record<SendSubject, string>>>;

/** Narrowest first: who has used up a budget of their own is told of that one. */
const order: readonly SendSubject[] = [
  'user',
  'account',
  'address',
  'destination',
  'prefix',
  'application',
  'tenant',
];

const daySeconds = 86_400;

/** At most `count`, two or more, within any 24 hours: half of them at once, the others over the day. */
export function inADay(count: number): SendBudget {
  const burst = Math.ceil(count / 2);
  return { burst, refillSeconds: Math.ceil(daySeconds / (count - burst)) };
}

/**
 * Takes one from every budget, or from none and tells which had none left (S-96). Atomic over nodes (S-23).
 *
 * @param scope keeps the budgets of different factors apart.
 */
export async function spendSend(
  trx: Db,
  clock: Clock,
  scope: string,
  limits: SendLimits,
  keys: SendKeys,
): Promise<ThrottleResult & { subject?: SendSubject }> {
  const taken: { limit: Limit; key: string }[] = [];
  let narrowest: ThrottleResult | undefined;
  for (const subject of order) {
    const key = keys[subject];
    const budget = limits[subject];
    if (key === undefined || !budget) continue;
    const limit = limitOf(scope, subject, budget);
    const result = await spend(trx, clock, limit, key);
    if (!result.allowed) {
      for (const one of taken) await refund(trx, one.limit, one.key);
      return { ...result, subject };
    }
    taken.push({ limit, key });
    narrowest ??= result;
  }
  if (!narrowest) throw new Error('A send is counted under at least one subject.');
  return narrowest;
}

/** Gives back one to each of these budgets: what was sent shall not count against the next. */
export async function refundSend(trx: Db, scope: string, limits: SendLimits, keys: SendKeys): Promise<void> {
  for (const subject of order) {
    const key = keys[subject];
    const budget = limits[subject];
    if (key !== undefined && budget) await refund(trx, limitOf(scope, subject, budget), key);
  }
}

function limitOf(scope: string, subject: SendSubject, budget: SendBudget): Limit {
  return { name: `send:${scope}:${subject}`, ...budget };
}
