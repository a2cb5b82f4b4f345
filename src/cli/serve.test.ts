import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnvironment, runCountersign, spawnCountersign } from '../../test/support/countersign.ts';
import { findFreePort } from '../../test/support/freePort.ts';
import { serve } from '../../test/support/servedProcess.ts';
import { serverStarter } from '../../test/support/server.ts';
import { trustAuthority } from '../../test/support/trustAuthority.ts';
import { systemClock } from '../config/clock.ts';
import { developmentCertificate } from '../tls/developmentCertificate.ts';

/** Each test starts one or more processes. */
const patient = { timeout: 60_000 };

const start = serverStarter();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-serve-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function status(url: string, headers: Record<string, string> = {}): Promise<number> {
  return (await fetch(url, { headers, redirect: 'manual' })).status;
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return () => output;
}

describe('serve --dev', patient, () => {
  it('tells where to go next, and every place is there', async () => {
    const server = await start();
    const text = server.output();
    for (const path of ['demo', 'demo/sign-up', 'dev/outbox', 'docs']) {
      expect(text).toContain(`${server.baseUrl}/${path}\n`);
      expect(await status(`${server.baseUrl}/${path}`), path).toBe(200);
    }
    expect(text).toContain(`${server.baseUrl}/operator\n`);
    expect(text).toMatch(
      /operator@example\.com, one-time sign-in link:\n +http\S+\/operator\/welcome\?ticket=[\w-]{43}\n/,
    );
    for (const path of ['healthz', 'readyz', 'metrics', 'docs/json', '.well-known/openid-configuration']) {
      expect(await status(`${server.baseUrl}/${path}`), path).toBe(200);
    }
  });

  it('finds its data again and makes nothing twice', async () => {
    const server = await start();
    const [users, clients] = [await server.cli('user', 'list'), await server.cli('client', 'list')];
    const keys = await (await fetch(`${server.baseUrl}/.well-known/jwks.json`)).json();
    await server.restart();
    expect(await server.cli('user', 'list')).toEqual(users);
    expect(await server.cli('client', 'list')).toEqual(clients);
    expect(await (await fetch(`${server.baseUrl}/.well-known/jwks.json`)).json()).toEqual(keys);
  });

  it('invites the first operator until there is one', async () => {
    const server = await start();
    await server.cli(
      'user',
      'set-password',
      'operator@example.com',
      '--password',
      'operators have long ones',
    );
    await server.restart();
    expect(server.output()).not.toContain('First operator');
    expect(server.output()).not.toContain('ticket=');
  });

  it('with --https serves TLS that the printed authority vouches for', async () => {
    const server = await start({ https: true });
    expect(server.output()).toContain(`NODE_EXTRA_CA_CERTS=${server.caFile}`);
    const response = await fetch(`${server.baseUrl}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({ issuer: `${server.baseUrl}/` });
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('tells commands beside it where it is', async () => {
    for (const server of [await start(), await start({ https: true })]) {
      const invite = (...words: string[]) =>
        server.cli<{ invitation_url: string }>('operator', 'invite', 'ann@example.com', ...words);
      expect((await invite()).invitation_url.startsWith(`${server.baseUrl}/operator/welcome?`)).toBe(true);
      const [builtIn] = await server.cli<{ identifier: string }[]>('api', 'list');
      expect(builtIn?.identifier).toBe(`${server.baseUrl}/mfa/`);
      const named = await invite('--public-url', 'https://login.example.com');
      expect(named.invitation_url).toMatch(/^https:\/\/login\.example\.com\/operator/);
    }
  });

  it('is found by doctor, with https too', async () => {
    for (const server of [await start(), await start({ https: true })]) {
      const { ok, checks } = await server.cli<{ ok: boolean; checks: object[] }>('doctor', '--dev');
      expect(ok).toBe(true);
      const message = `${server.baseUrl}/ answers`;
      expect(checks).toContainEqual({ name: 'public address', status: 'ok', message });
    }
  });

  it('describes what applications call, and nothing else', async () => {
    const server = await start();
    const response = await fetch(`${server.baseUrl}/docs/json`);
    const { openapi, paths } = (await response.json()) as { openapi: string; paths: object };
    expect(openapi).toBe('3.1.0');
    for (const path of ['/authorize', '/oauth/token', '/mfa/associate', '/dbconnections/signup', '/readyz']) {
      expect(Object.keys(paths)).toContain(path);
    }
    expect(Object.keys(paths).filter((path) => /^\/(u|dev|demo|docs|operator)\//.test(path))).toEqual([]);
    for (const path of ['docs/static/swagger-ui.css', 'docs/static/theme/countersign.css']) {
      expect(await status(`${server.baseUrl}/${path}`), path).toBe(200);
    }
  });

  it('tells the metrics of requests by route, never by what strangers make up', async () => {
    const server = await start();
    const read = async () => (await fetch(`${server.baseUrl}/metrics`)).text();
    await read();
    await status(`${server.baseUrl}/healthz`);
    await status(`${server.baseUrl}/made-up`);
    const text = await read();
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="/healthz",status="200"} 1',
    );
    expect(text).toContain('http_request_duration_seconds_count{method="any",route="none",status="404"} 1');
    expect(text).not.toContain('made-up');
    expect(await status(`${server.baseUrl}/metrics`, { 'x-forwarded-for': '192.0.2.1' })).toBe(404);
  });

  it('lets the pages of registered applications read the API, and no others', async () => {
    const server = await start();
    await server.cli(
      'client',
      'create',
      '--name',
      'Shop_%',
      '--app-type',
      'spa',
      '--web-origins',
      'https://shop.example',
    );
    const ask = async (path: string, origin: string, method = 'OPTIONS') => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      return (await fetch(`${server.baseUrl}${path}`, { method, headers })).headers.get(
        'access-control-allow-origin',
      );
    };
    for (const path of ['/oauth/token', '/mfa/challenge', '/dbconnections/signup', '/userinfo']) {
      expect(await ask(path, 'https://shop.example'), path).toBe('https://shop.example');
      expect(await ask(path, 'https://shop.example', 'POST'), path).toBe('https://shop.example');
      for (const origin of ['https://evil.example', 'null', 'https://%', 'https://shop.exampl_']) {
        expect(await ask(path, origin), `${path} ${origin}`).toBeNull();
      }
    }
    expect(await ask('/.well-known/jwks.json', 'https://evil.example', 'GET')).toBe('*');
    expect(await ask('/u/login', 'https://shop.example')).toBeNull();
  });

  it('is alone on its data folder, until it ends or is killed', async () => {
    const server = await start();
    const second = ['serve', '--dev', '--port', '0', '--data', server.dataDir, '--json'];
    const redirects = async () =>
      (await server.cli<{ callbacks: string[] }[]>('client', 'list')).flatMap(({ callbacks }) => callbacks);
    const before = await redirects();
    const { exitCode, stderr } = await runCountersign(second);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      error: 'already_running',
      message: expect.stringContaining(`A server is running on ${server.dataDir} already`),
    });
    expect(await redirects()).toEqual(before);
    expect(await status(`${server.baseUrl}/readyz`)).toBe(200);
    await server.kill();
    await server.restart();
    expect(await status(`${server.baseUrl}/readyz`)).toBe(200);
  });

  it('ends orderly when asked to', async () => {
    const server = await start();
    process.kill(server.pid as number, 'SIGTERM');
    await expect
      .poll(() =>
        fetch(`${server.baseUrl}/healthz`).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('down');
    expect(server.output()).not.toMatch(/error/i);
  });
});

describe('serve on PostgreSQL', patient, () => {
  const startOnPostgres = serverStarter('postgres');

  it('runs beside another server, on the same folder too', async () => {
    const { dataDir, database } = await startOnPostgres();
    const url = 'url' in database ? database.url : undefined;
    const second = await serve(['--dev', '--port', '0'], dataDir, { COUNTERSIGN_DATABASE_URL: url });
    expect(await status(`http://localhost:${second.port}/readyz`)).toBe(200);
    await second.kill();
  });
});

describe('npm start', patient, () => {
  it('hands on the request to stop, and the port is free again', async () => {
    const port = await findFreePort();
    const words = ['start', '--', '--port', String(port), '--data', mkdtempSync(join(folder, 'npm-'))];
    // A group of its own, so that nothing of it outlives a failed test.
    const npm = spawn('npm', words, {
      cwd: join(import.meta.dirname, '..', '..'),
      env: cleanEnvironment({}),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const ended = once(npm, 'exit');
    try {
      const output = collect(npm);
      await expect.poll(() => output().stdout, { timeout: 30_000 }).toContain('Countersign is ready');
      expect(await status(`http://localhost:${port}/healthz`)).toBe(200);
      npm.kill('SIGTERM');
      await ended;
      await expect.poll(() => isFree(port), { timeout: 10_000 }).toBe(true);
    } finally {
      if (npm.pid) killGroup(npm.pid);
    }
  });
});

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, 'localhost', () => probe.close(() => resolve(true)));
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

describe('serve outside development', patient, () => {
  const production = (port: number) => ({
    COUNTERSIGN_PUBLIC_URL: 'https://login.example.com',
    COUNTERSIGN_TRUSTED_PROXIES: '127.0.0.1',
    COUNTERSIGN_PORT: String(port),
  });

  it('has neither outbox nor demo, and no operator', async () => {
    const port = await findFreePort();
    const data = mkdtempSync(join(folder, 'production-'));
    const child = spawnCountersign(['serve', '--data', data], production(port));
    try {
      const output = collect(child);
      await expect
        .poll(() => output().stdout, { timeout: 30_000 })
        .toBe('Countersign is ready: https://login.example.com/\n');
      const from = { 'x-forwarded-for': '203.0.113.9' };
      const url = `http://localhost:${port}`;
      for (const path of ['/dev/outbox', '/dev/outbox.json', '/demo', '/demo/config.json']) {
        expect(await status(url + path, from), path).toBe(404);
      }
      expect(await status(`${url}/readyz`)).toBe(200);
      const { stdout } = await runCountersign(['user', 'list', '--data', data, '--json'], production(port));
      expect(JSON.parse(stdout)).toEqual([]);
    } finally {
      child.kill();
    }
  });

  it('speaks TLS with a certificate of the operator’s', async () => {
    const port = await findFreePort();
    const data = mkdtempSync(join(folder, 'tls-'));
    const made = await developmentCertificate(data, systemClock);
    const files = {
      COUNTERSIGN_TLS_CERT: join(data, 'tls', 'localhost.pem'),
      COUNTERSIGN_TLS_KEY: join(data, 'tls', 'localhost.key.pem'),
    };
    const child = spawnCountersign(['serve', '--data', data, '--port', String(port)], files);
    try {
      const output = collect(child);
      const publicUrl = `https://localhost:${port}/`;
      await expect
        .poll(() => output().stdout, { timeout: 30_000 })
        .toBe(`Countersign is ready: ${publicUrl}\n`);
      expect(output().stderr).toContain('no mail server is set');
      trustAuthority(made.authorityFile);
      const discovery = await fetch(`${publicUrl}.well-known/openid-configuration`);
      expect(await discovery.json()).toMatchObject({ issuer: publicUrl });
    } finally {
      child.kill();
    }
  });

  it('misses no mail server where an e-mail provider is stored', async () => {
    const port = await findFreePort();
    const data = mkdtempSync(join(folder, 'mail-'));
    const place = ['--data', data];
    expect((await runCountersign(['init', ...place])).exitCode).toBe(0);
    const smtp = ['host=mail.example.com', 'from=login@example.com'];
    const set = await runCountersign(['provider', 'set', 'email', 'smtp', ...smtp, ...place]);
    expect(set.exitCode).toBe(0);
    const child = spawnCountersign(['serve', ...place], production(port));
    try {
      const output = collect(child);
      await expect.poll(() => output().stdout, { timeout: 30_000 }).toContain('Countersign is ready');
      expect(output().stderr).not.toContain('mail server');
    } finally {
      child.kill();
    }
  });

  it('S-111 refuses to start with what is unsafe, naming all of it', async () => {
    const { exitCode, stderr } = await runCountersign([
      'serve',
      '--data',
      join(folder, 'unsafe'),
      '--log-level',
      'debug',
    ]);
    expect(exitCode).toBe(1);
    for (const setting of ['publicUrl', 'trustedProxies', 'logLevel'])
      expect(stderr).toContain(`  - ${setting} `);
    expect(stderr.trimEnd()).toMatch(/\nTo try it on a laptop.*: add --dev\.$/);
  });

  it('speaks of development only where that would help', async () => {
    const { stderr } = await runCountersign(['serve', '--data', join(folder, 'half'), '--tls-cert', 'x.pem']);
    expect(stderr).toContain('tlsKey and tlsCert belong together');
    expect(stderr).not.toContain('--dev');
  });
});

describe('serve tells in one line why it can not start', patient, () => {
  const oneLine = async (...words: string[]) => {
    const { exitCode, stdout, stderr } = await runCountersign(['serve', '--dev', ...words]);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    return lines[0];
  };

  it('a port in use', async () => {
    const taken = createServer().listen(0, 'localhost');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    try {
      const line = await oneLine('--port', String(port), '--data', join(folder, 'taken'));
      expect(line).toMatch(new RegExp(`^Error: The address is in use already; .*:${port}\\.$`));
    } finally {
      taken.close();
    }
  });

  it('a data folder that is a file, and a broken database', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'x');
    expect(await oneLine('--data', file)).toMatch(/^Error: A file is where a folder was expected: .*file\.$/);
    const broken = mkdtempSync(join(folder, 'broken-'));
    writeFileSync(join(broken, 'countersign.db'), 'this is no database, but a text of some length');
    expect(await oneLine('--data', broken)).toMatch(
      /^Error: The database can’t be used: file is not a database/,
    );
  });

  it('S-104 a wrong, broken or lost master key', async () => {
    const data = join(folder, 'keys');
    const key = join(data, 'master.key');
    expect((await runCountersign(['init', '--data', data])).exitCode).toBe(0);
    const right = readFileSync(key, 'utf8');
    writeFileSync(key, `${Buffer.from(right, 'base64').reverse().toString('base64')}\n`);
    expect(await oneLine('--data', data)).toBe(
      `Error: The master key does not belong to this database, which was set up with another one than the file ${key} holds. Give that one, from your backup; a new one can’t open it.`,
    );
    writeFileSync(key, 'garbage');
    expect(await oneLine('--data', data)).toBe(
      `Error: The content of ${key} is no master key: expected 32 random bytes in base64, 44 characters. Restore it from your backup.`,
    );
    rmSync(key);
    expect(await oneLine('--data', data)).toMatch(/^Error: The master key file .* is missing.* restore it/);
    // The second time too: no new key was left behind.
    expect(await oneLine('--data', data)).toMatch(/^Error: The master key file .* is missing/);
    writeFileSync(key, `${Buffer.from(right, 'base64').reverse().toString('base64')}\n`);
    writeFileSync(`${key}.new`, right);
    expect(await oneLine('--data', data)).toMatch(/A replacement was interrupted: rename .*master\.key\.new/);
  });

  it('settings that make no sense', async () => {
    expect(await oneLine('--port', 'http')).toMatch(/^Error: port \(flag --port\): expected a whole number/);
    expect(await oneLine('--prot', '80')).toMatch(/^Error: unknown option '--prot'.*/);
  });
});
