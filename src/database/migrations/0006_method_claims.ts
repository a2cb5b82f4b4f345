import type { Db } from '../database.ts';

/** What no two methods may share: a claim is its method's, and ends with it. */
export async function up(db: Db): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('method_claims')
    .addColumn('claim_hash', 'text', (c) => c.primaryKey())
    .addColumn('method_id', 'text', (c) =>
      c.notNull().references('authentication_methods.id').onDelete('cascade'),
    )
    .execute();
  await schema.createIndex('method_claims_method').on('method_claims').column('method_id').execute();
}
