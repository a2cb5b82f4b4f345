import type { TicketStanding } from '../accounts/tickets.ts';
import { type Limit, spend, type ThrottleResult } from '../database/throttle.ts';
import { bindingCookie } from './cookies.ts';
import { lifetimeSeconds, type Subject } from './errandStore.ts';
import type { ErrandParts } from './parts.ts';

/** Errands begun with the links of one person; each is a row. */
const limit: Limit = { name: 'errands', burst: 20, refillSeconds: 60 };

/** An errand under way in one browser, or why there is none. `cookie` is for `Set-Cookie`. */
export type ErrandBegun =
  | { outcome: 'begun'; uid: string; cookie: string }
  | { outcome: 'invalid'; standing: Exclude<TicketStanding, 'valid'> }
  | ({ outcome: 'throttled' } & ThrottleResult);

/** Begins an errand for the browser that gets the cookie. Its link stays as it is. */
export async function beginErrand(
  { database, clock, store, publicUrl }: ErrandParts,
  userId: string,
  subject: Subject,
): Promise<ErrandBegun> {
  return database.transaction(async (trx): Promise<ErrandBegun> => {
    const budget = await spend(trx, clock, limit, userId);
    if (!budget.allowed) return { outcome: 'throttled', ...budget };
    const { uid, binding } = await store.create(trx, userId, subject);
    return { outcome: 'begun', uid, cookie: bindingCookie(publicUrl, uid, binding, lifetimeSeconds) };
  });
}
