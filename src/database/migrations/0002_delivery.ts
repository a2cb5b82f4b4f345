import type { Db } from '../database.ts';

/** Codes by text, call and e-mail: providers, their breakers, and what each message came to. */
export async function up(db: Db): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('delivery_providers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('credentials_encrypted', 'text', (c) => c.notNull())
    .addColumn('concurrency', 'integer', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('delivery_providers_role', ['channel', 'role'])
    .execute();
  await schema
    .createTable('delivery_breakers')
    .addColumn('provider_id', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('window_started_at', 'bigint', (c) => c.notNull())
    .addColumn('window_tries', 'integer', (c) => c.notNull())
    .addColumn('window_failures', 'integer', (c) => c.notNull())
    .addColumn('openings', 'integer', (c) => c.notNull())
    .addColumn('retry_at', 'bigint')
    .addColumn('last_code', 'text')
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute();

  for (const column of ['challenge_id', 'recipient_masked', 'provider_id', 'provider'] as const) {
    await schema.alterTable('messages').addColumn(column, 'text').execute();
  }
  for (const column of ['provider_message_id', 'cost_amount', 'cost_currency'] as const) {
    await schema.alterTable('messages').addColumn(column, 'text').execute();
  }
  for (const column of ['handed_over_at', 'receipt_at'] as const) {
    await schema.alterTable('messages').addColumn(column, 'bigint').execute();
  }
  await schema
    .alterTable('messages')
    .addColumn('urgency', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  await schema.createIndex('messages_challenge').unique().on('messages').column('challenge_id').execute();
  await schema
    .createIndex('messages_queue')
    .on('messages')
    .columns(['channel', 'status', 'urgency', 'next_attempt_at'])
    .execute();
  await schema.createIndex('messages_dying').on('messages').columns(['status', 'expires_at']).execute();
  await schema
    .createIndex('messages_receipt')
    .on('messages')
    .columns(['provider_id', 'provider_message_id'])
    .execute();
  await schema.dropIndex('messages_due').execute();
}
