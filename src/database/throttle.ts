import { sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import type { Db } from './database.ts';
import { statement } from './statement.ts';

/** A budget that refills steadily: `burst` at once, then one more every `refillSeconds`. */
export interface Limit {
  /** Part of the stored key; unique among limits. */
  name: string;
  burst: number;
  refillSeconds: number;
}

/** What a caller may tell the client: the `x-ratelimit-*` headers and `Retry-After`. */
export interface ThrottleResult {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Epoch milliseconds when one more is allowed (refused), or when the budget is full again. */
  resetAt: number;
  retryAfterSeconds: number;
}

const arrivalOf = statement((db, { key }: { key: string }) =>
  db.selectFrom('throttles').select('arrival').where('key', '=', key),
);

type Taking = { key: string; now: number; interval: number; first: number; latest: number };
const take = statement((db, { key, now, interval, first, latest }: Taking) => {
  const next = sql<number>`case when throttles.arrival > ${now} then throttles.arrival else ${now} end + ${interval}`;
  return db
    .insertInto('throttles')
    .values({ key, arrival: first })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ arrival: next }).where(next, '<=', latest))
    .returning('arrival');
});

/**
 * Takes one from the budget of `key`, or tells when to come back. Atomic over processes and nodes and
 * kept over restarts (S-23): one conditional upsert of the generic cell rate algorithm, whose only
 * state is the time at which the budget would be full again.
 */
export async function spend(db: Db, clock: Clock, limit: Limit, key: string): Promise<ThrottleResult> {
  const now = clock();
  const interval = limit.refillSeconds * 1000;
  const capacity = limit.burst * interval;
  const storedKey = keyOf(limit, key);
  const first = now + interval;
  const row = await take.first(db, { key: storedKey, now, interval, first, latest: now + capacity });
  if (row) return allowed(limit, row.arrival, now, interval);

  const full = await arrivalOf.first(db, { key: storedKey });
  return refused(limit, full?.arrival ?? now, now, interval);
}

/** Whether the budget of `key` has one left, without taking it. */
export async function peek(db: Db, clock: Clock, limit: Limit, key: string): Promise<ThrottleResult> {
  const now = clock();
  const interval = limit.refillSeconds * 1000;
  const row = await arrivalOf.first(db, { key: keyOf(limit, key) });
  const arrival = Math.max(row?.arrival ?? now, now);
  return arrival + interval <= now + limit.burst * interval
    ? allowed(limit, arrival, now, interval)
    : refused(limit, arrival, now, interval);
}

/** Gives the whole budget of `key` back, for instance after a right password. */
export async function forgive(db: Db, limit: Limit, key: string): Promise<void> {
  await db.deleteFrom('throttles').where('key', '=', keyOf(limit, key)).execute();
}

/** Gives one back to the budget of `key`: what was spent in advance turned out not to count. */
export async function refund(db: Db, limit: Limit, key: string): Promise<void> {
  await db
    .updateTable('throttles')
    .set({ arrival: sql`arrival - ${limit.refillSeconds * 1000}` })
    .where('key', '=', keyOf(limit, key))
    .execute();
}

function keyOf(limit: Limit, key: string): string {
  return `${limit.name}:${key}`;
}

function allowed(limit: Limit, arrival: number, now: number, interval: number): ThrottleResult {
  const used = Math.ceil((arrival - now) / interval);
  return {
    allowed: true,
    limit: limit.burst,
    remaining: Math.max(0, limit.burst - used),
    resetAt: arrival,
    retryAfterSeconds: 0,
  };
}

function refused(limit: Limit, arrival: number, now: number, interval: number): ThrottleResult {
  const resetAt = Math.max(now, arrival - (limit.burst - 1) * interval);
  return {
    allowed: false,
    limit: limit.burst,
    remaining: 0,
    resetAt,
    retryAfterSeconds: Math.max(1, Math.ceil((resetAt - now) / 1000)),
  };
}
