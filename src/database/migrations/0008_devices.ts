import type { Db } from '../database.ts';

/** Requests that devices answer, and denials in a row. */
export async function up(db: Db): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('device_requests')
    .addColumn('challenge_id', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('method_id', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('consent_id', 'text', (c) => c.notNull().unique())
    .addColumn('answer', 'text')
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('device_requests_user')
    .on('device_requests')
    .columns(['user_id', 'answer'])
    .execute();
  await schema.createIndex('device_requests_changed').on('device_requests').column('changed_at').execute();
  await schema
    .createTable('device_denials')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('denials', 'integer', (c) => c.notNull())
    .addColumn('paused_until', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
}
