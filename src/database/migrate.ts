import { sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { type Database, type Db, isUniqueViolation } from './database.ts';
import * as initial from './migrations/0001_initial.ts';
import * as delivery from './migrations/0002_delivery.ts';
import * as templates from './migrations/0003_templates.ts';
import * as sentChallenges from './migrations/0004_sent_challenges.ts';
import * as authenticatorModels from './migrations/0005_authenticator_models.ts';
import * as methodClaims from './migrations/0006_method_claims.ts';
import * as provedAddress from './migrations/0007_proved_address.ts';
import * as devices from './migrations/0008_devices.ts';
import * as vapidKeys from './migrations/0009_vapid_keys.ts';
import * as allFactors from './migrations/0010_all_factors.ts';

interface Migration {
  version: number;
  up: (db: Db) => Promise<void>;
}

/** In order; a released migration never changes, a new one goes to the end. */
const migrations: readonly Migration[] = [
  { version: 1, up: initial.up },
  { version: 2, up: delivery.up },
  { version: 3, up: templates.up },
  { version: 4, up: sentChallenges.up },
  { version: 5, up: authenticatorModels.up },
  { version: 6, up: methodClaims.up },
  { version: 7, up: provedAddress.up },
  { version: 8, up: devices.up },
  { version: 9, up: vapidKeys.up },
  { version: 10, up: allFactors.up },
];

/** The schema version this code needs. */
export const currentVersion = migrations.length;

/** A database written by a newer release: going on could destroy what this code doesn't know. */
export class NewerDatabaseError extends Error {
  constructor(found: number) {
    super(
      `The database has schema version ${found}, this release knows only ${currentVersion}. ` +
        'Start the newer release, or restore the backup made before the upgrade.',
    );
    this.name = 'NewerDatabaseError';
  }
}

/**
 * Brings the schema to the current version, forward only, in one transaction. Processes that start
 * together wait for each other; whoever comes second finds nothing to do.
 *
 * @throws NewerDatabaseError when the database is ahead of the code.
 */
export async function migrate(database: Database, clock: Clock): Promise<void> {
  try {
    await createVersionTable(database.db);
  } catch (error) {
    // PostgreSQL lets two processes race here; the loser finds the winner's table.
    if (!isUniqueViolation(error)) throw error;
    await createVersionTable(database.db);
  }
  await database.transaction(async (trx) => {
    // The row lock keeps other migrating processes out until this transaction ends.
    await sql`update schema_version set locked_at = ${clock()} where id = 1`.execute(trx);
    const applied = await readVersion(trx);
    if (applied > currentVersion) throw new NewerDatabaseError(applied);
    for (const { version, up } of migrations) {
      if (version <= applied) continue;
      await up(trx);
      await sql`update schema_version set version = ${version} where id = 1`.execute(trx);
    }
  });
}

/** The schema version of the database, 0 when it was never migrated. */
export async function readVersion(db: Db): Promise<number> {
  try {
    const { rows } = await sql<{ version: number }>`select version from schema_version where id = 1`.execute(
      db,
    );
    return rows[0]?.version ?? 0;
  } catch (error) {
    if (isMissingTable(error)) return 0;
    throw error;
  }
}

function isMissingTable(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === '42P01' || (code === 'ERR_SQLITE_ERROR' && /^no such table/.test(String(message)));
}

async function createVersionTable(db: Db): Promise<void> {
  await sql`create table if not exists schema_version
    (id integer primary key, version integer not null, locked_at bigint not null)`.execute(db);
  await sql`insert into schema_version (id, version, locked_at) values (1, 0, 0)
    on conflict (id) do nothing`.execute(db);
}
