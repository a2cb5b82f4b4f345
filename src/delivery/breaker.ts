import type { Selectable } from 'kysely';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import type { DeliveryBreakersTable } from '../database/schema.ts';
import { recordEvent } from '../logs/tenantLog.ts';

/** What is known about the health of a provider, the same on every node. */
export type Breaker = Selectable<DeliveryBreakersTable>;

/** When a provider is left alone, and for how long. */
export const breakerRules = {
  /** It opens after so many failures in a row … */
  failuresInARow: 5,
  /** … or when half of at least so many tries have failed … */
  windowTries: 20,
  /** … since a failure that is at most so long ago. */
  windowMs: 60_000,
  /** Pause before one message may try again; a longer one each time that fails. */
  pausesMs: [15_000, 30_000, 60_000, 120_000, 300_000],
  /** One that tries and isn't heard of for so long is lost, and another may. */
  trialMs: 60_000,
} as const;

/** Whether messages may go to the provider; `due` when one may try whether it works again. */
export function standOf(breaker: Breaker | undefined, now: number): 'closed' | 'due' | 'open' {
  if (breaker === undefined || breaker.state === 'closed') return 'closed';
  return (breaker.retry_at ?? 0) <= now ? 'due' : 'open';
}

/** The breakers of these providers, by their id; those without one never failed. */
export async function readBreakers(db: Db, providerIds: readonly string[]): Promise<Map<string, Breaker>> {
  if (providerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('delivery_breakers')
    .selectAll()
    .where('provider_id', 'in', providerIds)
    .execute();
  return new Map(rows.map((row) => [row.provider_id, row]));
}

/** Lets one message through to a provider whose pause is over, of all nodes; tells whether it is this one. */
export async function takeTrial(db: Db, clock: Clock, providerId: string): Promise<boolean> {
  const now = clock();
  const { numUpdatedRows } = await db
    .updateTable('delivery_breakers')
    .set({ state: 'half-open', retry_at: now + breakerRules.trialMs, changed_at: now })
    .where('provider_id', '=', providerId)
    .where('state', '!=', 'closed')
    .where('retry_at', '<=', now)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Whose breaker it is. */
interface Watched {
  id: string;
  name: string;
  channel: string;
}

/**
 * Counts a try that showed the provider at work, and closes its breaker. Costs one look while all is well.
 * Runs in the caller's transaction, with the event that tells of it.
 */
export async function noteSuccess(trx: Db, clock: Clock, provider: Watched): Promise<void> {
  const known = (await readBreakers(trx, [provider.id])).get(provider.id);
  if (known === undefined || isWell(known)) return;
  const before = await lock(trx, clock, provider.id);
  await write(trx, afterSuccess(before, clock()));
  if (before.state !== 'closed') await tell(trx, clock, provider, 'delivery_provider_resumed', before);
}

/** Counts a try that failed by the provider's fault, and opens its breaker when it was one too many. */
export async function noteFailure(trx: Db, clock: Clock, provider: Watched, code: string): Promise<void> {
  const before = await lock(trx, clock, provider.id);
  const after = { ...afterFailure(before, clock()), last_code: code };
  await write(trx, after);
  if (before.state === 'closed' && after.state === 'open') {
    await tell(trx, clock, provider, 'delivery_provider_paused', after);
  }
}

/** Forgets what happened, as after an operator has set the provider up anew. */
export async function forgetBreaker(trx: Db, providerId: string): Promise<void> {
  await trx.deleteFrom('delivery_breakers').where('provider_id', '=', providerId).execute();
}

function afterSuccess(breaker: Breaker, now: number): Breaker {
  if (breaker.state !== 'closed') return { ...fresh(breaker.provider_id, now), last_code: breaker.last_code };
  if (isWindowOver(breaker, now)) return { ...breaker, failures: 0, window_tries: 0, window_failures: 0 };
  return { ...breaker, failures: 0, window_tries: breaker.window_tries + 1 };
}

function afterFailure(breaker: Breaker, now: number): Breaker {
  const { failuresInARow, windowTries } = breakerRules;
  if (breaker.state === 'half-open') return opened(breaker, now);
  // Of a try that began before it opened.
  if (breaker.state === 'open') return breaker;
  const isNewWindow = isWindowOver(breaker, now);
  const counted = {
    ...breaker,
    failures: breaker.failures + 1,
    window_started_at: isNewWindow ? now : breaker.window_started_at,
    window_tries: isNewWindow ? 1 : breaker.window_tries + 1,
    window_failures: isNewWindow ? 1 : breaker.window_failures + 1,
  };
  const isTooOften =
    counted.window_tries >= windowTries && counted.window_failures * 2 >= counted.window_tries;
  return counted.failures >= failuresInARow || isTooOften ? opened(counted, now) : counted;
}

function opened(breaker: Breaker, now: number): Breaker {
  const { pausesMs } = breakerRules;
  const pause = pausesMs[Math.min(breaker.openings, pausesMs.length - 1)] ?? pausesMs[0];
  return {
    ...breaker,
    state: 'open',
    openings: breaker.openings + 1,
    retry_at: now + pause,
    changed_at: now,
  };
}

function isWindowOver({ window_started_at, window_tries }: Breaker, now: number): boolean {
  return window_tries === 0 || window_started_at + breakerRules.windowMs <= now;
}

function isWell({ state, failures, window_tries }: Breaker): boolean {
  return state === 'closed' && failures === 0 && window_tries === 0;
}

function fresh(providerId: string, now: number): Breaker {
  return {
    provider_id: providerId,
    state: 'closed',
    failures: 0,
    window_started_at: 0,
    window_tries: 0,
    window_failures: 0,
    openings: 0,
    retry_at: null,
    last_code: null,
    changed_at: now,
  };
}

/** Reads the row, made if need be, and keeps others from it until the transaction ends: no failure is lost. */
async function lock(trx: Db, clock: Clock, providerId: string): Promise<Breaker> {
  return trx
    .insertInto('delivery_breakers')
    .values(fresh(providerId, clock()))
    .onConflict((conflict) =>
      conflict.column('provider_id').doUpdateSet((e) => ({ provider_id: e.ref('excluded.provider_id') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function write(trx: Db, { provider_id, ...change }: Breaker): Promise<void> {
  await trx.updateTable('delivery_breakers').set(change).where('provider_id', '=', provider_id).execute();
}

async function tell(trx: Db, clock: Clock, provider: Watched, type: string, breaker: Breaker): Promise<void> {
  const { channel, name } = provider;
  const { failures, openings, last_code: reason, retry_at } = breaker;
  const pause = retry_at === null ? {} : { until: new Date(retry_at).toISOString() };
  const details = { channel, provider: name, failures, openings, reason };
  await recordEvent(trx, clock, {
    type,
    details: type === 'delivery_provider_paused' ? { ...details, ...pause } : details,
  });
}
