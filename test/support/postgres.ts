import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { findFreePort } from './freePort.ts';
import { findPostgresBinaries } from './postgresBinaries.ts';
import { guardProcess } from './processGuard.ts';

const readyTimeoutMs = 30_000;
const nobody = 65534;

/** PostgreSQL refuses to run as root, so then it runs as the unprivileged user. */
const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

/** A server on which tests may create databases. */
export interface PostgresServer {
  /** Connection string of its maintenance database. */
  url: string;
  stop(): Promise<void>;
}

/** A throw-away server that can be away for a while. */
export interface OwnPostgresServer extends PostgresServer {
  /** Stops it at once, whoever is connected; its data stay. */
  halt(): Promise<void>;
  /** Starts it again at the same address. */
  resume(): Promise<void>;
}

/** The server named by `DATABASE_URL`, else a throw-away one as `startOwnPostgres` makes it. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.DATABASE_URL;
  return given ? { url: given, stop: async () => {} } : startOwnPostgres();
}

/**
 * A throw-away server on a free loopback port. It ends with this process, even a killed one, and leaves no
 * files. Nothing is synced to disk: a crash of the server itself is PostgreSQL's matter, not ours to test.
 *
 * @throws Error when there is no PostgreSQL or it doesn't start, with what it said.
 */
export async function startOwnPostgres(): Promise<OwnPostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-postgres-'));
  try {
    chmodSync(folder, 0o755);
    return await startThrowAway(folder, findPostgresBinaries(folder));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startThrowAway(folder: string, binaries: string): Promise<OwnPostgresServer> {
  const password = randomBytes(16).toString('hex');
  await initialise(folder, binaries, password);
  const port = await findFreePort();
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  let running = await run(folder, binaries, port, url);
  return {
    url,
    stop: () => running.guard.stop(),
    async halt() {
      const ended = once(running.server, 'exit');
      running.server.kill('SIGINT');
      await ended;
      running.guard.release();
    },
    async resume() {
      running = await run(folder, binaries, port, url);
    },
  };
}

async function initialise(folder: string, binaries: string, password: string): Promise<void> {
  const work = join(folder, 'work');
  const passwordFile = join(work, 'password');
  mkdirSync(work);
  writeFileSync(passwordFile, password);
  if (identity.uid) for (const path of [work, passwordFile]) chownSync(path, identity.uid, identity.gid);

  await promisify(execFile)(
    join(binaries, 'initdb'),
    [
      '-D',
      join(work, 'data'),
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '-N',
    ],
    { ...identity, cwd: work },
  );
}

async function run(folder: string, binaries: string, port: number, url: string) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    // Suites keep the database of each test open to their end, each with a pool of its own.
    max_connections: 1000,
    shared_buffers: '32MB',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  const work = join(folder, 'work');
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries, 'postgres'), ['-D', join(work, 'data'), ...options], {
    ...identity,
    cwd: work,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Out of the terminal's process group: Ctrl-C reaches the tests first, and they stop it.
    detached: true,
  });
  const guard = guardProcess(server, folder, 'INT');
  try {
    await waitUntilReady(server, url);
  } catch (error) {
    await guard.stop();
    throw error;
  }
  return { server, guard };
}

async function waitUntilReady(server: ChildProcess, url: string): Promise<void> {
  let output = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000);
  });
  const deadline = Date.now() + readyTimeoutMs;
  while (server.exitCode === null && server.signalCode === null && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch {
      await sleep(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Error(`PostgreSQL did not start:\n${output}`);
}
