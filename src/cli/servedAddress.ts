import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';

const id = 'served';

/** Keeps the public address that a server runs with, for the commands beside it. */
export async function rememberServedAddress(db: Db, clock: Clock, publicUrl: string): Promise<void> {
  const row = { settings: JSON.stringify({ publicUrl }), updated_at: clock() };
  await db
    .insertInto('tenant_settings')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** The public address of the last server that started here; undefined when there was none. */
export async function readServedAddress(db: Db): Promise<string | undefined> {
  const row = await db
    .selectFrom('tenant_settings')
    .select('settings')
    .where('id', '=', id)
    .executeTakeFirst();
  return row && (JSON.parse(row.settings) as { publicUrl: string }).publicUrl;
}
