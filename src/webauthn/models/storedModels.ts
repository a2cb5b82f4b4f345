import type { Selectable } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { AuthenticatorModelsTable } from '../../database/schema.ts';
import { statement } from '../../database/statement.ts';
import { readAaguid } from './aaguid.ts';
import { type KnownModel, mergeModels } from './knownModel.ts';

/** A model as it is stored. */
export interface StoredModel extends KnownModel {
  /** When it was stored, epoch milliseconds. */
  storedAt: number;
}

/** So many rows at once that neither database's limit on parameters is near. */
const batch = 200;

const byAaguid = statement((db, { aaguid }: { aaguid: string }) =>
  db.selectFrom('authenticator_models').selectAll().where('aaguid', '=', aaguid),
);

/**
 * Puts these models in the place of all that were stored; `mergeModels` tells what becomes of an AAGUID that
 * is named twice. They count from the next enrolment on. `now` in epoch milliseconds.
 *
 * @returns what is stored now.
 */
export async function storeModels(
  trx: Db,
  models: readonly KnownModel[],
  now: number,
): Promise<StoredModel[]> {
  await removeModels(trx);
  const stored = mergeModels(models).map((model) => ({ ...model, storedAt: now }));
  for (let from = 0; from < stored.length; from += batch) {
    const rows = stored.slice(from, from + batch).map(toRow);
    await trx.insertInto('authenticator_models').values(rows).execute();
  }
  return stored;
}

/** Forgets every model and tells how many there were. */
export async function removeModels(trx: Db): Promise<number> {
  const { numDeletedRows } = await trx.deleteFrom('authenticator_models').executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** The model of an AAGUID, in any case and with or without hyphens. */
export async function findModel(db: Db, aaguid: string): Promise<StoredModel | undefined> {
  const read = readAaguid(aaguid);
  const row = read === undefined ? undefined : await byAaguid.first(db, { aaguid: read });
  return row && toModel(row);
}

/** All models, by description. */
export async function listModels(db: Db): Promise<StoredModel[]> {
  const rows = await db.selectFrom('authenticator_models').selectAll().execute();
  // The databases don't agree on the order of letters.
  return rows
    .map(toModel)
    .sort((a, b) => a.description.localeCompare(b.description, 'en') || (a.aaguid < b.aaguid ? -1 : 1));
}

function toRow({
  aaguid,
  description,
  roots,
  isCompromised,
  certification,
  storedAt,
}: StoredModel): AuthenticatorModelsTable {
  return {
    aaguid,
    description,
    roots: JSON.stringify(roots),
    status: isCompromised ? 'compromised' : 'ok',
    certification: certification ?? null,
    updated_at: storedAt,
  };
}

function toModel({
  aaguid,
  description,
  roots,
  status,
  certification,
  updated_at: storedAt,
}: Selectable<AuthenticatorModelsTable>): StoredModel {
  return {
    aaguid,
    description,
    roots: JSON.parse(roots) as string[],
    isCompromised: status !== 'ok',
    ...(certification !== null && { certification }),
    storedAt,
  };
}
