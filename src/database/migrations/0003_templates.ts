import type { Db } from '../database.ts';

/** The operator's own texts of messages: one row a message and language, `*` for every language. */
export async function up(db: Db): Promise<void> {
  await db.schema
    .createTable('message_templates')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('parts', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('message_templates_key', ['channel', 'name', 'language'])
    .execute();
}
