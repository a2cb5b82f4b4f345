import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import { firstIdAt } from './firstIdAt.ts';

const day = 24 * 60 * 60 * 1000;
/** So few that nobody who writes meanwhile has to wait long. */
const batch = 1000;
/** The rest waits for the next time, so that the work of one time has an end. */
const mostBatches = 100;

/** Deletes the events that are older than the tenant keeps them, the oldest first. */
export async function pruneLog(db: Db, clock: Clock, retentionDays: number): Promise<void> {
  const end = firstIdAt(Math.max(0, clock() - retentionDays * day));
  for (let i = 0; i < mostBatches; i += 1) {
    const oldest = db
      .selectFrom('logs')
      .select('log_id')
      .where('log_id', '<', end)
      .orderBy('log_id')
      .limit(batch);
    const { numDeletedRows } = await db
      .deleteFrom('logs')
      .where('log_id', 'in', oldest)
      .executeTakeFirstOrThrow();
    if (numDeletedRows < batch) return;
  }
}
