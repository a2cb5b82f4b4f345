import type { Db } from '../database.ts';

/** From where a person last proved all that was asked for. */
export async function up(db: Db): Promise<void> {
  await db.schema.alterTable('users').addColumn('proved_address', 'text').execute();
}
