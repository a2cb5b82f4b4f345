import type { Db } from '../database.ts';

/** Errands at the pages, changes that can be undone, what people prefer, and where a method was last used. */
export async function up(db: Db): Promise<void> {
  await db.schema
    .createTable('errands')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('binding_hash', 'text', (c) => c.notNull())
    .addColumn('data_encrypted', 'text', (c) => c.notNull())
    .addColumn('proofs', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('spent_at', 'bigint')
    .execute();
  await db.schema.createIndex('errands_user').on('errands').column('user_id').execute();
  await db.schema.createIndex('errands_expiry').on('errands').column('expires_at').execute();

  await db.schema
    .createTable('method_changes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('methods_encrypted', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('undone_at', 'bigint')
    .execute();
  await db.schema.createIndex('method_changes_user').on('method_changes').column('user_id').execute();
  await db.schema.createIndex('method_changes_expiry').on('method_changes').column('expires_at').execute();

  await db.schema.alterTable('users').addColumn('preferred_factor', 'text').execute();
  await db.schema.alterTable('remembered_browsers').addColumn('client_id', 'text').execute();
  for (const column of ['label', 'last_used_ip', 'last_used_agent'] as const)
    await db.schema.alterTable('authentication_methods').addColumn(column, 'text').execute();
}
