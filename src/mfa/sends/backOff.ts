import { randomInt } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import type { SendBackOffsTable } from '../../database/schema.ts';
import type { ThrottleResult } from '../../database/throttle.ts';

type Row = Selectable<SendBackOffsTable>;

/** Sends in a row before the first wait. */
const free = 3;
const minute = 60_000;
const longestMinutes = 32;
/** After so long without a send the row begins anew. */
const forgetMs = 4 * 60 * minute;

/** The refusal that `spendBackOff` would give now; undefined where one may be sent. */
export async function refusalOfBackOff(
  trx: Db,
  clock: Clock,
  key: string,
): Promise<ThrottleResult | undefined> {
  const now = clock();
  const { next_at: nextAt } = rowOf(await find(trx, key), now);
  return nextAt > now ? refused(nextAt, now) : undefined;
}

/**
 * The growing wait between messages to one person: none for the first three, then 1, 2, 4 … 32
 * minutes with up to a tenth of jitter; it is forgotten after four quiet hours or a confirmed code.
 *
 * @param key whose wait it is, hashed by the caller where it is personal
 */
export async function spendBackOff(trx: Db, clock: Clock, key: string): Promise<ThrottleResult> {
  const now = clock();
  const found = await find(trx, key);
  const row = rowOf(found, now);
  if (row.next_at > now) return refused(row.next_at, now);

  const sends = row.sends + 1;
  const nextAt = now + waitAfter(sends);
  const { numInsertedOrUpdatedRows: changed } = await trx
    .insertInto('send_back_offs')
    .values({ key, sends, next_at: nextAt, updated_at: now })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ sends, next_at: nextAt, updated_at: now })
        // Of two that read the same row one sends.
        .where('send_back_offs.updated_at', '=', found?.updated_at ?? now)
        .where('send_back_offs.sends', '=', found?.sends ?? 0),
    )
    .executeTakeFirstOrThrow();
  return changed === 1n ? allowed(sends, nextAt) : refused(now + minute, now);
}

/** Ends the row after a confirmed code. */
export async function endBackOff(trx: Db, key: string): Promise<void> {
  await trx.deleteFrom('send_back_offs').where('key', '=', key).execute();
}

function find(trx: Db, key: string): Promise<Row | undefined> {
  return trx.selectFrom('send_back_offs').selectAll().where('key', '=', key).executeTakeFirst();
}

function rowOf(found: Row | undefined, now: number): Pick<Row, 'sends' | 'next_at'> {
  return found && found.updated_at > now - forgetMs ? found : { sends: 0, next_at: now };
}

function waitAfter(sends: number): number {
  if (sends < free) return 0;
  const wait = Math.min(2 ** (sends - free), longestMinutes) * minute;
  return wait + randomInt(wait / 10);
}

function allowed(sends: number, resetAt: number): ThrottleResult {
  return { allowed: true, limit: free, remaining: Math.max(0, free - sends), resetAt, retryAfterSeconds: 0 };
}

function refused(resetAt: number, now: number): ThrottleResult {
  const retryAfterSeconds = Math.max(1, Math.ceil((resetAt - now) / 1000));
  return { allowed: false, limit: free, remaining: 0, resetAt, retryAfterSeconds };
}
