import { stat } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { findUnsafeSettings } from '../config/safety.ts';
import { databaseTarget, type Settings } from '../config/settings.ts';
import { loadMasterKey } from '../crypto/masterKey.ts';
import { loadSigningKeys } from '../crypto/signingKeys.ts';
import { openVault } from '../crypto/vault.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { currentVersion, readVersion } from '../database/migrate.ts';
import { checkSmtp } from '../delivery/smtp.ts';
import { describeFailure } from './describeFailure.ts';

/** What `doctor` found about one thing. */
export interface Finding {
  name: string;
  status: 'ok' | 'warning' | 'failed';
  message: string;
  /** What to do about it. */
  advice?: string;
}

const slowMs = 20;
const toleratedSkewMs = 5_000;
const fetchTimeoutMs = 5_000;

/** Every check, in order; one that fails doesn't keep the others from running. Nothing is changed. */
export async function runChecks(settings: Settings, clock: Clock): Promise<Finding[]> {
  return [
    ...checkSettings(settings),
    await guard('data folder', () => checkDataFolder(settings)),
    ...(await checkStorage(settings, clock)),
    await guard('e-mail', () => checkEmail(settings)),
    await guard('public address', () => checkPublicUrl(settings)),
  ];
}

/** Turns an error into a finding. */
async function guard(name: string, check: () => Promise<Finding>, advice?: string): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return { name, status: 'failed', message: describeFailure(error).message, advice };
  }
}

function checkSettings(settings: Settings): Finding[] {
  const faults = findUnsafeSettings(settings);
  if (faults.length === 0) return [{ name: 'settings', status: 'ok', message: 'complete and safe' }];
  return faults.map(({ message }) => ({
    name: 'settings',
    status: 'failed',
    message,
    advice: 'docs/settings.md explains each setting.',
  }));
}

async function checkDataFolder({ data }: Settings): Promise<Finding> {
  const name = 'data folder';
  const { mode } = await stat(data);
  if ((mode & 0o077) === 0) return { name, status: 'ok', message: data };
  return {
    name,
    status: 'warning',
    message: `${data} can be opened by other users of the machine`,
    advice: `chmod 700 ${data}`,
  };
}

async function checkStorage(settings: Settings, clock: Clock): Promise<Finding[]> {
  const target = databaseTarget(settings);
  // Opening an SQLite file that isn't there would make an empty one.
  if ('file' in target && !(await stat(target.file).catch(() => undefined))) {
    const message = `${target.file} does not exist yet`;
    return [
      { name: 'database', status: 'failed', message, advice: 'Run "countersign init" or start the server.' },
    ];
  }
  let database: Database;
  try {
    database = await openDatabase(target);
  } catch (error) {
    return [{ name: 'database', status: 'failed', message: describeFailure(error).message }];
  }
  try {
    const reached = await guard(
      'database',
      () => checkDatabase(database),
      'Check that it runs and that databaseUrl is right.',
    );
    if (reached.status === 'failed') return [reached];
    return [
      reached,
      await guard('clock', () => checkClock(database, clock)),
      await guard(
        'keys',
        () => checkKeys(database, settings, clock),
        'Restore the master key of this database from your backup.',
      ),
    ];
  } finally {
    await database.close();
  }
}

async function checkDatabase(database: Database): Promise<Finding> {
  const name = 'database';
  const version = await readVersion(database.db);
  if (version !== currentVersion) {
    return {
      name,
      status: 'failed',
      message: `schema version ${version}, this release needs ${currentVersion}`,
      advice:
        version < currentVersion ? 'Start the server or run "countersign init".' : 'Run the newer release.',
    };
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

async function checkKeys(database: Database, settings: Settings, clock: Clock): Promise<Finding> {
  const { masterKey: value, masterKeyCommand: command, masterKeyFile: file } = settings;
  const name = 'keys';
  const usesFile = value === undefined && command === undefined;
  if (usesFile && !(await stat(file).catch(() => undefined))) throw new Error(`${file} is missing`);
  const vault = await openVault(database, await loadMasterKey({ value, command, file }), clock);
  const { keys, retired } = await loadSigningKeys(database.db, vault, clock);
  const active = keys.length - retired.size;
  return {
    name,
    status: 'ok',
    message: `the master key fits; ${active} signing keys, ${retired.size} retired`,
  };
}

async function checkEmail({ smtpUrl, mailFrom, dev }: Settings): Promise<Finding> {
  const name = 'e-mail';
  if (smtpUrl === undefined) {
    if (dev) return { name, status: 'ok', message: 'development outbox at /dev/outbox' };
    return {
      name,
      status: 'warning',
      message: 'no mail server is set: nobody can verify an address or reset a password',
      advice: 'Set COUNTERSIGN_SMTP_URL.',
    };
  }
  await checkSmtp({ url: smtpUrl, from: mailFrom });
  return { name, status: 'ok', message: `${new URL(smtpUrl).host} accepts the login` };
}

async function checkPublicUrl({ publicUrl }: Settings): Promise<Finding> {
  const name = 'public address';
  const url = `${publicUrl}.well-known/openid-configuration`;
  let issuer: unknown;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs), redirect: 'error' });
    ({ issuer } = (await response.json()) as { issuer?: unknown });
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    return {
      name,
      status: 'warning',
      message: `${publicUrl} gave no answer from here: ${describeFailure(cause ?? error).message}`,
      advice: 'Start the server, and check name, certificate and proxy.',
    };
  }
  if (issuer === publicUrl) return { name, status: 'ok', message: `${publicUrl} answers` };
  return {
    name,
    status: 'failed',
    message: `${publicUrl} answers as ${JSON.stringify(issuer)}`,
    advice: 'Give publicUrl the address that the server runs with.',
  };
}
