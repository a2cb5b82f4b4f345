import { stat } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { databaseTarget, type Settings } from '../config/settings.ts';
import { loadMasterKey } from '../crypto/masterKey.ts';
import { loadSigningKeys } from '../crypto/signingKeys.ts';
import { readVault, type Vault } from '../crypto/vault.ts';
import { type Database, type Db, openDatabase } from '../database/database.ts';
import { currentVersion, readVersion } from '../database/migrate.ts';
import { listProviders } from '../delivery/providerStore.ts';
import { checkProviders } from './checkProviders.ts';
import { type Finding, guard, prepareAdvice, restoreAdvice } from './finding.ts';
import { exists } from './requireInstallation.ts';
import { readServedAddress } from './servedAddress.ts';

const slowMs = 20;
const toleratedSkewMs = 5_000;

/** What there is to say about database, clock and keys, and where the last server here was reached. */
export interface StorageFindings {
  findings: Finding[];
  servedAddress: string | undefined;
  /** Whether a stored provider takes e-mails: then the mail server of the settings is not used. */
  hasMailProvider: boolean;
}

/** Looks at the database and what lies in it. Nothing is created. */
export async function checkStorage(settings: Settings, clock: Clock): Promise<StorageFindings> {
  const findings: Finding[] = [];
  let servedAddress: string | undefined;
  let hasMailProvider = false;
  const database = await guard('database', async () => {
    const target = databaseTarget(settings);
    // Opening an SQLite file that isn't there would make an empty one.
    if ('file' in target) await stat(target.file);
    const opened = await openDatabase(target);
    try {
      const found = await checkDatabase(opened);
      if (found.status === 'failed') return found;
      findings.push(
        await guard('clock', () => checkClock(opened, clock)),
        ...(await checkSealed(opened, settings, clock)),
      );
      hasMailProvider = (await listProviders(opened.db, 'email')).length > 0;
      servedAddress = await readServedAddress(opened.db);
      return found;
    } finally {
      await opened.close();
    }
  });
  return { findings: [database, ...findings], servedAddress, hasMailProvider };
}

async function checkDatabase(database: Database): Promise<Finding> {
  const name = 'database';
  const version = await readVersion(database.db);
  if (version !== currentVersion) {
    return {
      name,
      status: 'failed',
      message:
        version === 0
          ? 'nothing was prepared in it yet'
          : `schema version ${version}, this release needs ${currentVersion}`,
      advice: version < currentVersion ? prepareAdvice : 'Run the newer release.',
    };
  }
  const damage = await findDamage(database);
  if (damage !== undefined) {
    return { name, status: 'failed', message: `the file is damaged: ${damage}`, advice: restoreAdvice };
  }
  const latency = await measureLatency(database);
  const message = `${database.engine}, schema version ${version}, ${latency.toFixed(1)} ms for a query`;
  if (latency < slowMs) return { name, status: 'ok', message };
  return {
    name,
    status: 'warning',
    message,
    advice: 'Every login makes dozens of queries: move the database closer.',
  };
}

/** The first thing that SQLite finds wrong with its file. */
async function findDamage({ engine, db }: Database): Promise<string | undefined> {
  if (engine !== 'sqlite') return undefined;
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const verdict = rows[0]?.quick_check;
  return verdict === 'ok' ? undefined : verdict;
}

/** Median of nine, milliseconds. */
async function measureLatency({ db }: Database): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 9; i += 1) {
    const start = performance.now();
    await sql`select 1`.execute(db);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[4] ?? 0;
}

async function checkClock({ db }: Database, clock: Clock): Promise<Finding> {
  const name = 'clock';
  const before = clock();
  const { rows } = await sql<{ now: string | Date }>`select current_timestamp as now`.execute(db);
  const skew = parseTimestamp(rows[0]?.now) - (before + clock()) / 2;
  // The timestamp may have whole seconds only.
  if (Math.abs(skew) < toleratedSkewMs) {
    return { name, status: 'ok', message: `${new Date(clock()).toISOString()}, as the database has it` };
  }
  return {
    name,
    status: 'failed',
    message: `${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'behind' : 'ahead of'} the database`,
    advice: 'Synchronise the clocks (NTP): one-time passwords depend on the time.',
  };
}

/** A date from PostgreSQL, UTC text without zone from SQLite. */
function parseTimestamp(value: string | Date | undefined): number {
  return value instanceof Date ? value.getTime() : Date.parse(`${value?.replace(' ', 'T')}Z`);
}

/** The keys, and what can be opened with them only. */
async function checkSealed(database: Database, settings: Settings, clock: Clock): Promise<Finding[]> {
  let vault: Vault | undefined;
  const keys = await guard(
    'keys',
    async () => {
      vault = await readVault(database.db, await readMasterKey(settings));
      return checkKeys(database.db, vault, clock);
    },
    'Restore the master key of this database from your backup.',
  );
  return [keys, ...(vault ? await checkProviders(database.db, { settings, vault, clock }) : [])];
}

async function readMasterKey(settings: Settings) {
  const { masterKey: value, masterKeyCommand: command, masterKeyFile: file } = settings;
  const usesFile = value === undefined && command === undefined;
  if (usesFile && !(await exists(file))) throw new Error(`${file} is missing`);
  return loadMasterKey({ value, command, file });
}

async function checkKeys(db: Db, vault: Vault | undefined, clock: Clock): Promise<Finding> {
  const name = 'keys';
  if (!vault) {
    return { name, status: 'failed', message: 'the database holds no keys yet', advice: prepareAdvice };
  }
  const { keys, retired } = await loadSigningKeys(db, vault, clock);
  const active = keys.length - retired.size;
  return {
    name,
    status: 'ok',
    message: `the master key fits; ${active} signing keys, ${retired.size} retired`,
  };
}
