import type { Db } from '../database.ts';

/** Models of WebAuthn authenticators, from metadata that an operator imports. */
export async function up(db: Db): Promise<void> {
  await db.schema
    .createTable('authenticator_models')
    .addColumn('aaguid', 'text', (c) => c.primaryKey())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('roots', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('certification', 'text')
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
}
