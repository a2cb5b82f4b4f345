import type { Clock } from '../config/clock.ts';
import { addressBudgetKey } from '../config/networkAddress.ts';
import type { Db } from '../database/database.ts';
import { type Limit, spend } from '../database/throttle.ts';
import { recordEvent, type TenantEvent } from './tenantLog.ts';

/** The log is never pruned, and anybody can fail as often as they like. */
const failuresPerAddress: Limit = { name: 'logged-failure', burst: 1000, refillSeconds: 1 };

/**
 * Appends the event of a request that anybody could have made and that changed nothing. Of one address a
 * thousand at once are logged, then one a second; what failed beyond that is missing. Where a failure
 * counted for something, as a wrong password does, use `recordEvent`.
 */
export async function recordFailure(
  db: Db,
  clock: Clock,
  event: TenantEvent & { ip: string },
): Promise<void> {
  const { allowed } = await spend(db, clock, failuresPerAddress, addressBudgetKey(event.ip));
  if (allowed) await recordEvent(db, clock, event);
}
