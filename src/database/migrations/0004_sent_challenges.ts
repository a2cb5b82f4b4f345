import type { Db } from '../database.ts';

/** What challenges need that are sent somewhere: their channel, their tries, limits on sending. */
export async function up(db: Db): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('challenges')
    .addColumn('channel', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await schema
    .alterTable('challenges')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .alterTable('users')
    .addColumn('password_by_mail', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .createTable('send_back_offs')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('sends', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('send_conversions')
    .addColumn('prefix', 'text', (c) => c.primaryKey())
    .addColumn('window_start', 'bigint', (c) => c.notNull())
    .addColumn('sent', 'integer', (c) => c.notNull())
    .addColumn('confirmed', 'integer', (c) => c.notNull())
    .addColumn('paused_until', 'bigint')
    .execute();
}
