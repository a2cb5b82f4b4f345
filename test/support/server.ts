import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe } from 'vitest';
import { runCommandLine } from '../../src/cli/runCommandLine.ts';
import type { Database, DatabaseTarget } from '../../src/database/database.ts';
import type { Environment } from './countersign.ts';
import { postgresCreator } from './databases.ts';
import { serve } from './servedProcess.ts';
import { trustAuthority } from './trustAuthority.ts';

export interface ServerOptions {
  /** TLS with the development authority, which this process trusts from then on. */
  https?: boolean;
  /** More flags of `serve`. */
  args?: readonly string[];
  environment?: Environment;
}

/** A whole Countersign in a process of its own, in development mode, with an empty data folder. */
export interface TestServer {
  /** `http://localhost:PORT`, no slash at the end. */
  baseUrl: string;
  /** The host and port, as an Auth0 SDK's `domain`. */
  domain: string;
  port: number;
  dataDir: string;
  /** Where its data are, to look at them or to age them beside the server. */
  database: DatabaseTarget;
  /** PEM file of the development authority; only with `https`. */
  caFile: string | undefined;
  pid: number | undefined;
  /** What it printed so far, standard output and error. */
  output(): string;
  /** Runs a command beside the server on the same data and gives its JSON document. Throws if it failed. */
  cli<T = unknown>(...args: string[]): Promise<T>;
  /** `kill -9`; resolves when it is gone. Its data stay for `restart`. */
  kill(): Promise<void>;
  /** Starts again on the same port and data, after `kill` or instead of it. */
  restart(): Promise<void>;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

export type StartServer = (options?: ServerOptions) => Promise<TestServer>;

/** Runs the same tests against a server on SQLite and on PostgreSQL. The servers end after the suite. */
export function forEachServer(suite: (engine: Database['engine'], start: StartServer) => void): void {
  for (const engine of ['sqlite', 'postgres'] as const) {
    describe(engine, () => {
      suite(engine, serverStarter(engine));
    });
  }
}

/** Starts servers on one engine. Call it inside a `describe` or at the top of a test file. */
export function serverStarter(engine: Database['engine'] = 'sqlite'): StartServer {
  const createDatabase = postgresCreator();
  const servers: TestServer[] = [];
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });
  return async (options = {}) => {
    const database = engine === 'postgres' ? await createDatabase() : undefined;
    const server = await startServer({
      ...options,
      environment: { COUNTERSIGN_DATABASE_URL: database?.url, ...options.environment },
    });
    servers.push(server);
    return server;
  };
}

/** A server of its own, for scripts outside the test runner; in a test, `serverStarter` also stops it. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const { https = false, args = [], environment = {} } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-server-'));
  const flags = ['--dev', ...(https ? ['--https'] : []), ...args];
  let running = await serve([...flags, '--port', '0'], dataDir, environment);
  const { port } = running;
  const url = environment.COUNTERSIGN_DATABASE_URL;
  const caFile = https ? join(dataDir, 'tls', 'authority.pem') : undefined;
  if (caFile) trustAuthority(caFile);

  return {
    baseUrl: `${https ? 'https' : 'http'}://localhost:${port}`,
    domain: `localhost:${port}`,
    port,
    dataDir,
    database: url === undefined ? { file: join(dataDir, 'countersign.db') } : { url },
    caFile,
    get pid() {
      return running.child.pid;
    },
    output: () => running.output(),
    cli: async <T>(...command: string[]) => {
      const told: string[] = [];
      const exitCode = await runCommandLine([...command, '--data', dataDir, '--json'], {
        out: (text) => void told.push(text),
        err: (text) => void told.push(text),
        input: Readable.from([]),
        environment,
      });
      if (exitCode !== 0) throw new Error(`countersign ${command.join(' ')} failed: ${told.join('\n')}`);
      return JSON.parse(told.join('\n')) as T;
    },
    kill: () => running.kill(),
    async restart() {
      await running.kill();
      running = await serve([...flags, '--port', String(port)], dataDir, environment);
    },
    stop: () => running.stop(),
  };
}
