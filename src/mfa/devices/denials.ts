import type { Selectable } from 'kysely';
import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import type { DeviceDenialsTable } from '../../database/schema.ts';
import type { ThrottleResult } from '../../database/throttle.ts';
import type { EngineParts, EngineUser } from '../parts.ts';
import { provedAddress } from '../provedAddress.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** How long nothing is asked after the first, second and third denial in a row. */
const pauses = [minute, 5 * minute, day] as const;

/**
 * Under what denials of requests count that somebody at this address asks for. Where the person last proved
 * everything counts for itself: nobody elsewhere takes their device away from them (S-19). Elsewhere is one,
 * wherever that is, so that moving gains nothing.
 */
export function denialKey({ vault }: EngineParts, user: EngineUser, ip: string): string {
  return user.provedAddress === provedAddress(vault, user.id, ip) ? homeKey(user.id) : user.id;
}

function homeKey(userId: string): string {
  return `${userId}:home`;
}

/** Until when nothing is asked; undefined where it may be. */
export async function pauseAfterDenials(
  db: Db,
  clock: Clock,
  key: string,
): Promise<ThrottleResult | undefined> {
  const now = clock();
  const row = await find(db, key);
  if (!row || row.paused_until <= now) return undefined;
  return {
    allowed: false,
    limit: pauses.length,
    remaining: Math.max(0, pauses.length - row.denials),
    resetAt: row.paused_until,
    retryAfterSeconds: Math.ceil((row.paused_until - now) / 1000),
  };
}

/**
 * Counts a denial; those of a day make a row. The caller holds the person, so that two don't count as one.
 *
 * @returns until when nothing is asked (epoch milliseconds)
 */
export async function countDenial(trx: Db, clock: Clock, key: string): Promise<number> {
  const now = clock();
  const row = await find(trx, key);
  const denials = row && row.updated_at > now - day ? row.denials + 1 : 1;
  const pausedUntil = now + (pauses[Math.min(denials, pauses.length) - 1] ?? day);
  const change = { denials, paused_until: pausedUntil, updated_at: now };
  await trx
    .insertInto('device_denials')
    .values({ key, ...change })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(change))
    .execute();
  return pausedUntil;
}

/** Ends the row and its pause. */
export async function endDenials(trx: Db, key: string): Promise<void> {
  await trx.deleteFrom('device_denials').where('key', '=', key).execute();
}

/** Ends every row of a person, for an operator. */
export async function forgetDenials(trx: Db, userId: string): Promise<void> {
  await trx
    .deleteFrom('device_denials')
    .where('key', 'in', [userId, homeKey(userId)])
    .execute();
}

function find(db: Db, key: string): Promise<Selectable<DeviceDenialsTable> | undefined> {
  return db.selectFrom('device_denials').selectAll().where('key', '=', key).executeTakeFirst();
}
