import type { Db } from '../../database/database.ts';
import type { KeptMethod } from './changeStore.ts';

/**
 * Stores methods as they were, under the ids that they had; those are left out that are there again, or of
 * which another has meanwhile what no two may have. A proof judged before they went is good for nothing.
 *
 * @returns the rows that are back.
 */
export async function putBack(trx: Db, methods: readonly KeptMethod[]): Promise<KeptMethod['row'][]> {
  const back: KeptMethod['row'][] = [];
  for (const { row, claimHashes } of methods) {
    if (await isClaimed(trx, claimHashes)) continue;
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('authentication_methods')
      .values({ ...row, revision: row.revision + 1 })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) continue;
    const claims = claimHashes.map((claim_hash) => ({ claim_hash, method_id: row.id }));
    if (claims.length > 0) await trx.insertInto('method_claims').values(claims).execute();
    back.push(row);
  }
  return back;
}

async function isClaimed(trx: Db, claimHashes: readonly string[]): Promise<boolean> {
  if (claimHashes.length === 0) return false;
  const claim = await trx
    .selectFrom('method_claims')
    .select('method_id')
    .where('claim_hash', 'in', claimHashes)
    .executeTakeFirst();
  return claim !== undefined;
}
