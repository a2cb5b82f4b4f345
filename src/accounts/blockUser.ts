import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import { endAccess } from './endAccess.ts';
import { voidProofs } from './users.ts';

/** Keeps a person out, at once and everywhere; tells whether there is such an account. */
export async function blockUser(trx: Db, clock: Clock, userId: string): Promise<boolean> {
  const isBlocked = await setBlocked(trx, clock, userId, 1);
  await voidProofs(trx, clock, userId);
  await endAccess(trx, userId);
  return isBlocked;
}

/** Lets the person log in again; tells whether there is such an account. */
export async function unblockUser(trx: Db, clock: Clock, userId: string): Promise<boolean> {
  return setBlocked(trx, clock, userId, 0);
}

async function setBlocked(trx: Db, clock: Clock, userId: string, blocked: 0 | 1): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('users')
    .set({ blocked, updated_at: clock() })
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
