import { sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { addressBudgetKey } from '../config/networkAddress.ts';
import type { Db } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { forgive, type Limit, peek, spend, type ThrottleResult } from '../database/throttle.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';

/** Failed second factors from one address (IPv6: from one /64, S-22), over all users. */
const addressLimit: Limit = { name: 'second-factor-address', burst: 100, refillSeconds: 30 };
/** Failed second factors of one user in a day: a guessed code stays below a chance of 10⁻⁴ a day (S-19). */
const dailyLimit: Limit = { name: 'second-factor-user', burst: 30, refillSeconds: 48 * 60 };
const notifyAfterFailures = 3;
const day = 24 * 60 * 60 * 1000;

/** What became of an attempt before anything was judged. */
export type Attempt = { allowed: true } | { allowed: false; throttle: ThrottleResult };

/** What a failed proof led to. */
export interface Failure {
  /** Failed proofs in a row, this one included. */
  failures: number;
  /** The account is locked from now on. */
  isLocked: boolean;
  /** The person should hear of it by another channel now (S-24). */
  shouldNotify: boolean;
  throttle: ThrottleResult;
}

const countFailure = statement((db, { userId, now }: { userId: string; now: number }) =>
  db
    .insertInto('second_factor_locks')
    .values({ user_id: userId, failures: 1, locks: 0, locked_until: null, notified_at: null })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ failures: sql`second_factor_locks.failures + 1` })
        .where((where) =>
          where.or([
            where('second_factor_locks.locked_until', 'is', null),
            where('second_factor_locks.locked_until', '<=', now),
          ]),
        ),
    )
    .returning('user_id'),
);

/**
 * Spends one attempt of the user, over all transactions, factors and surfaces (S-15). It is spent
 * before the proof is judged, so parallel guesses can't exceed the budget (S-17), and the row stays
 * locked until the transaction ends, so one user's proofs are judged one after the other.
 */
export async function spendAttempt(
  trx: Db,
  clock: Clock,
  settings: TenantSettings,
  userId: string,
  address: string,
): Promise<Attempt> {
  const now = clock();
  // First, so that attempts refused for their address count against nobody's account.
  const ofAddress = await peekAddress(trx, clock, address);
  if (!ofAddress.allowed) return { allowed: false, throttle: ofAddress };
  const row = await countFailure.first(trx, { userId, now });
  if (row) return { allowed: true };
  const lockedUntil = await lockedUntilOf(trx, userId);
  return { allowed: false, throttle: lockedResult(settings, lockedUntil ?? now, now) };
}

/** Whether an address has failures left, over all users. */
export function peekAddress(trx: Db, clock: Clock, address: string): Promise<ThrottleResult> {
  return peek(trx, clock, addressLimit, addressBudgetKey(address));
}

/** Counts a failure against an address alone, where it was nobody's guess at a person's code. */
export async function recordAddressFailure(trx: Db, clock: Clock, address: string): Promise<void> {
  await spend(trx, clock, addressLimit, addressBudgetKey(address));
}

/** Gives an attempt back whose proof was for a transaction that had ended. */
export async function returnAttempt(trx: Db, userId: string): Promise<void> {
  await trx
    .updateTable('second_factor_locks')
    .set({ failures: sql`failures - 1` })
    .where('user_id', '=', userId)
    .where('failures', '>', 0)
    .execute();
}

/** Settles an attempt that failed: locks when it was the last one allowed, for longer each time (S-19). */
export async function recordFailure(
  trx: Db,
  clock: Clock,
  settings: TenantSettings,
  userId: string,
  address: string,
): Promise<Failure> {
  const now = clock();
  await recordAddressFailure(trx, clock, address);
  const ofDay = await spend(trx, clock, dailyLimit, userId);
  const { failures, locked_until, notified_at, ...row } = await trx
    .selectFrom('second_factor_locks')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  const { failures: limit, minutes } = settings.secondFactorLock;
  const isLocked = failures >= limit || !ofDay.allowed;
  const shouldNotify = failures >= notifyAfterFailures && (notified_at === null || notified_at < now - day);
  const locks = locked_until !== null && locked_until < now - day ? 0 : row.locks;
  const lockedUntil = now + (minutes[Math.min(locks, minutes.length - 1)] ?? 0) * 60 * 1000;
  if (isLocked || shouldNotify) {
    await trx
      .updateTable('second_factor_locks')
      .set({
        ...(isLocked ? { failures: 0, locks: locks + 1, locked_until: lockedUntil } : {}),
        ...(shouldNotify ? { notified_at: now } : {}),
      })
      .where('user_id', '=', userId)
      .execute();
  }
  const throttle = isLocked
    ? lockedResult(settings, lockedUntil, now)
    : { allowed: true, limit, remaining: limit - failures, resetAt: now, retryAfterSeconds: 0 };
  return { failures, isLocked, shouldNotify, throttle };
}

const clearFailures = statement((db, { userId }: { userId: string }) =>
  db.updateTable('second_factor_locks').set({ failures: 0 }).where('user_id', '=', userId),
);

/**
 * Ends the row of failures after a good proof of this very user (S-18). How often the user was locked is
 * remembered for a day: whoever guesses between the owner's logins meets longer locks all the same.
 */
export async function endFailures(trx: Db, userId: string): Promise<void> {
  await clearFailures.run(trx, { userId });
}

/**
 * Makes others who judge a proof of this user, enrol or remove a method wait until the transaction ends,
 * as `spendAttempt` does, without spending anything.
 */
export async function holdUser(trx: Db, userId: string): Promise<void> {
  await trx
    .insertInto('second_factor_locks')
    .values({ user_id: userId, failures: 0, locks: 0, locked_until: null, notified_at: null })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ failures: sql`second_factor_locks.failures` }),
    )
    .execute();
}

/** Forgets failures and locks, when an operator lifts them or the person starts anew. */
export async function forgetFailures(trx: Db, userId: string): Promise<void> {
  await trx.deleteFrom('second_factor_locks').where('user_id', '=', userId).execute();
  await forgive(trx, dailyLimit, userId);
}

/** The lock in force, for steps that judge no proof but must not go on under one (S-20). */
export async function currentLock(
  db: Db,
  clock: Clock,
  settings: TenantSettings,
  userId: string,
): Promise<ThrottleResult | undefined> {
  const now = clock();
  const lockedUntil = await lockedUntilOf(db, userId);
  return lockedUntil !== null && lockedUntil > now ? lockedResult(settings, lockedUntil, now) : undefined;
}

const lockOf = statement((db, { userId }: { userId: string }) =>
  db.selectFrom('second_factor_locks').select('locked_until').where('user_id', '=', userId),
);

async function lockedUntilOf(db: Db, userId: string): Promise<number | null> {
  const row = await lockOf.first(db, { userId });
  return row?.locked_until ?? null;
}

function lockedResult(settings: TenantSettings, lockedUntil: number, now: number): ThrottleResult {
  return {
    allowed: false,
    limit: settings.secondFactorLock.failures,
    remaining: 0,
    resetAt: lockedUntil,
    retryAfterSeconds: Math.max(1, Math.ceil((lockedUntil - now) / 1000)),
  };
}
