import { sql } from 'kysely';
import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';

/** When sending to a prefix stops because too few of its codes come back. */
export interface ConversionWatch {
  /** Looked at from so many sends within the window. */
  leastSends: number;
  /** Confirmed codes to sent ones, 0 to 1. */
  leastRatio: number;
  windowSeconds: number;
  /** How long sending to the prefix stops. */
  pauseSeconds: number;
}

/** Which codes are watched together: those that one factor sends to one prefix for one purpose. */
export interface WatchedCodes {
  /** Name of the factor. */
  factor: string;
  purpose: string;
  /** The beginning of the numbers, as in `+4915112`. */
  prefix: string;
}

/** Under which they are counted; a factor's name and a purpose hold no colon. */
export function watchedKey({ factor, purpose, prefix }: WatchedCodes): string {
  return `${factor}:${purpose}:${prefix}`;
}

/** When sending under this key goes on, epoch milliseconds; in the past, or 0, where it isn't paused. */
export async function pauseOf(trx: Db, key: string): Promise<number> {
  const row = await trx
    .selectFrom('send_conversions')
    .select('paused_until')
    .where('prefix', '=', key)
    .executeTakeFirst();
  return row?.paused_until ?? 0;
}

/** What became of a send about to be counted: `tripped` it was one too many, `paused` another one was before. */
export type SendCount =
  | { outcome: 'counted' }
  | { outcome: 'tripped'; until: number; sent: number; confirmed: number }
  | { outcome: 'paused'; until: number };

/**
 * Counts a code about to be sent. Codes that are sent and never confirmed are the mark of toll fraud (S-96):
 * when too few of a window's came back, sending pauses. Refused sends must not be counted, since they would
 * keep the pause going for ever.
 *
 * @returns with a refusal the end of the pause, epoch milliseconds.
 */
export async function countSent(
  trx: Db,
  clock: Clock,
  key: string,
  watch: ConversionWatch,
): Promise<SendCount> {
  const now = clock();
  const oldest = now - watch.windowSeconds * 1000;
  const isOver = sql<boolean>`send_conversions.window_start <= ${oldest}`;
  const row = await trx
    .insertInto('send_conversions')
    .values({ prefix: key, window_start: now, sent: 1, confirmed: 0, paused_until: null })
    .onConflict((conflict) =>
      conflict
        .column('prefix')
        .doUpdateSet({
          sent: sql`case when ${isOver} then 1 else send_conversions.sent + 1 end`,
          confirmed: sql`case when ${isOver} then 0 else send_conversions.confirmed end`,
          window_start: sql`case when ${isOver} then ${now} else send_conversions.window_start end`,
        })
        // Whoever waited here for the one that tripped it is refused as well.
        .where((where) =>
          where.or([
            where('send_conversions.paused_until', 'is', null),
            where('send_conversions.paused_until', '<=', now),
          ]),
        ),
    )
    .returningAll()
    .executeTakeFirst();
  if (!row) return { outcome: 'paused', until: await pauseOf(trx, key) };
  // The one being counted can't have been confirmed yet.
  const earlier = row.sent - 1;
  if (earlier < watch.leastSends || row.confirmed >= earlier * watch.leastRatio) {
    return { outcome: 'counted' };
  }

  const until = now + watch.pauseSeconds * 1000;
  await trx
    .updateTable('send_conversions')
    .set({ paused_until: until, window_start: until, sent: 0, confirmed: 0 })
    .where('prefix', '=', key)
    .execute();
  return { outcome: 'tripped', until, sent: earlier, confirmed: row.confirmed };
}

/** Counts a code that came back. */
export async function countConfirmed(trx: Db, key: string): Promise<void> {
  await trx
    .updateTable('send_conversions')
    .set({ confirmed: sql`confirmed + 1` })
    .where('prefix', '=', key)
    // It may be one that wasn't counted when it was sent.
    .whereRef('confirmed', '<', 'sent')
    .execute();
}

/** What became of them since `windowStart`. */
export interface PrefixConversion extends WatchedCodes {
  sent: number;
  confirmed: number;
  /** Epoch milliseconds; in the future during a pause, with which counting begins anew. */
  windowStart: number;
  /** Epoch milliseconds; undefined where nothing is paused now. */
  pausedUntil: number | undefined;
}

/** Those paused, then those with the most codes that didn't come back; `count` of them, or all. */
export async function listConversions(db: Db, clock: Clock, count?: number): Promise<PrefixConversion[]> {
  const now = clock();
  let query = db
    .selectFrom('send_conversions')
    .selectAll()
    .orderBy(sql`case when paused_until > ${now} then 0 else 1 end`)
    .orderBy(sql`sent - confirmed`, 'desc')
    .orderBy('prefix');
  if (count !== undefined) query = query.limit(count);
  return (await query.execute()).map((row) => {
    const [factor = '', purpose = '', prefix = ''] = row.prefix.split(':');
    const { sent, confirmed, window_start: windowStart, paused_until: until } = row;
    const pausedUntil = until !== null && until > now ? until : undefined;
    return { factor, purpose, prefix, sent, confirmed, windowStart, pausedUntil };
  });
}

/** Ends a pause and begins to count anew; tells whether there was one. Of two who lift it, one does. */
export async function liftPause(trx: Db, clock: Clock, codes: WatchedCodes): Promise<boolean> {
  const now = clock();
  const { numUpdatedRows } = await trx
    .updateTable('send_conversions')
    .set({ paused_until: null, window_start: now, sent: 0, confirmed: 0 })
    .where('prefix', '=', watchedKey(codes))
    .where('paused_until', '>', now)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
