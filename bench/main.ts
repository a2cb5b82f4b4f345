import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantTypes } from '../src/applications/client.ts';
import { findFreePort } from '../src/http/freePort.ts';
import { measureAssertions } from './assertions.ts';
import { type Figures, median } from './figures.ts';
import { measureKeySignIns } from './keySignIns.ts';
import { formPoster, measure } from './load.ts';
import { pagesPerLogin, pageWalker } from './pageLogin.ts';
import { mfaTokenOf, type Prepared, password, prepare, presentCode } from './prepare.ts';
import { isPinned, pinLoad, processorMs, residentMb, startOnCore, stop } from './processes.ts';
import { measureWaiting } from './waiting.ts';

/** Each has its own time step, since a code is good once. */
const rounds = 3;
const stepMs = 30_000;
const grantUsers = 1500;
const loginUsers = 120;
const connections = 16;
const idleMs = 3000;

pinLoad();
const data = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
const port = await findFreePort('127.0.0.1');
const publicUrl = `http://localhost:${port}/`;
const prepared = await prepare(data, publicUrl, grantUsers + loginUsers);
const children: ChildProcess[] = [];

try {
  const began = performance.now();
  const server = await startOnCore(
    ['bin/countersign.js', 'serve', '--dev', '--data', data, '--port', String(port)],
    (output) => output.includes('is ready'),
  );
  children.push(server);
  const startMs = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  const idleMb = residentMb(server.pid as number);

  const limitPort = await findFreePort('127.0.0.1');
  const limit = await startOnCore(
    ['bench/limitServer.ts', join(data, 'limit.db'), String(limitPort)],
    (output) => output.includes('ready'),
  );
  children.push(limit);

  const grants = { own: [] as Run[], limit: [] as Run[] };
  const logins = { own: [] as Run[], limit: [] as Run[] };
  const hashes: Figures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await nextTimeStep();
    grants.limit.push(await timed(limit, () => limitOfGrant(limitPort)));
    grants.own.push(await timed(server, () => grantRun(prepared, port)));
    logins.limit.push(await timed(limit, () => limitOfLogin(limitPort)));
    logins.own.push(await timed(server, () => loginRun(prepared, port)));
    hashes.push(await hashRun(limitPort));
  }

  console.log(`start to ready ${startMs.toFixed(0)} ms, resident when idle ${idleMb.toFixed(0)} MB`);
  if (!isPinned) console.log('No taskset here: server and load share the cores, the ratios say less.');
  report('mfa-otp grant, two RS256 tokens', grants);
  report('password + one-time password at the pages', logins);
  const hashMs = 1000 / median(hashes.map((run) => run.perSecond));
  const own = 1000 / median(logins.own.map((run) => run.perSecond)) - hashMs;
  const bare = 1000 / median(logins.limit.map((run) => run.perSecond)) - hashMs;
  console.log(
    `  without the password's hash (${hashMs.toFixed(1)} ms): ${own.toFixed(1)} ms a sign-in, ratio ${(bare / own).toFixed(2)}`,
  );
  const assertions = await measureAssertions();
  console.log('\nWebAuthn assertion, P-256, the function alone, for a second of processor time');
  console.log(
    `  verified ${assertions.own.toFixed(0)}, by the library alone ${assertions.library.toFixed(0)}, signatures only ${assertions.signature.toFixed(0)}`,
  );
  console.log(
    `  ratio to the library ${assertions.ratioToLibrary.toFixed(2)}, to the signature ${assertions.ratioToSignature.toFixed(2)}`,
  );
  const keys = await measureKeySignIns(prepared, connections);
  const libraryMs = 1000 / assertions.library;
  console.log('\nanswer of a security key, judged and stored, without HTTP');
  console.log(
    `  ${keys.perSecond.toFixed(0)}/s, processor ${keys.processorMs.toFixed(2)} ms, ratio to the library by processor time ${(libraryMs / keys.processorMs).toFixed(2)}`,
  );
  const devices = await measureWaiting(prepared, port, server.pid as number);
  console.log(`\n${devices.waiting} devices waiting at one server for a request`);
  console.log(
    `  ${devices.memoryMb.toFixed(0)} MB for all, processor ${devices.quietMsPerSecond.toFixed(1)} ms a second while nothing happens; told of a request of another process after p50 ${devices.p50Ms.toFixed(0)} ms, p99 ${devices.p99Ms.toFixed(0)} ms`,
  );
} finally {
  await Promise.all(children.map(stop));
  await prepared.house.close();
  rmSync(data, { recursive: true, force: true });
}

/** One run with the processor time that the server took for each request, milliseconds. */
type Run = Figures & { processorMs: number };

async function timed({ pid }: ChildProcess, run: () => Promise<Figures>): Promise<Run> {
  const before = processorMs(pid as number);
  const figures = await run();
  return { ...figures, processorMs: (processorMs(pid as number) - before) / figures.requests };
}

async function grantRun({ users, client, clientSecret }: Prepared, at: number): Promise<Figures> {
  const post = formPoster(at, connections);
  const posts = await Promise.all(
    users.slice(0, grantUsers).map(async ({ id, secret }) => ({
      path: '/oauth/token',
      fields: {
        grant_type: grantTypes.mfaOtp,
        client_id: client.clientId,
        client_secret: clientSecret,
        mfa_token: await mfaTokenOf(prepared, id),
        otp: await presentCode(secret),
      },
    })),
  );
  return measure(
    posts.map((fields) => () => post(fields)),
    connections,
  );
}

function nextTimeStep(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, stepMs - (Date.now() % stepMs) + 100));
}

function limitOfGrant(at: number): Promise<Figures> {
  const post = formPoster(at, connections);
  const fields = {
    grant_type: grantTypes.mfaOtp,
    client_id: 'x'.repeat(32),
    client_secret: 'x'.repeat(64),
    mfa_token: 'x'.repeat(43),
    otp: '123456',
  };
  return measure(
    Array.from({ length: grantUsers }, () => () => post({ path: '/grant', fields })),
    connections,
  );
}

function loginRun({ users, client }: Prepared, at: number): Promise<Figures> {
  const walk = pageWalker(at, connections);
  return measure(
    users.slice(grantUsers).map(
      ({ email, secret }) =>
        () =>
          walk({ clientId: client.clientId, email, code: () => presentCode(secret) }),
    ),
    connections,
  );
}

function limitOfLogin(at: number): Promise<Figures> {
  const post = formPoster(at, connections);
  const form = (fields: Record<string, string>) => post({ path: '/form', fields });
  const page = async () => void (await (await fetch(`http://127.0.0.1:${at}/page`)).text());
  const login = async () => {
    await form({ kind: 'authorization' });
    for (let i = 0; i < pagesPerLogin; i += 1) await page();
    await form({ username: 'user@example.com', password });
    await form({ code: '123456' });
    await form({ kind: 'code' });
  };
  return measure(
    Array.from({ length: loginUsers }, () => login),
    connections,
  );
}

function hashRun(at: number): Promise<Figures> {
  const post = formPoster(at, connections);
  const fields = { username: 'user@example.com', password };
  return measure(
    Array.from({ length: loginUsers }, () => () => post({ path: '/form', fields })),
    connections,
  );
}

function report(title: string, { own, limit }: { own: readonly Run[]; limit: readonly Run[] }): void {
  const row = (name: string, runs: readonly Run[]) =>
    console.log(
      `  ${name.padEnd(9)} ${median(runs.map((run) => run.perSecond))
        .toFixed(0)
        .padStart(6)}/s` +
        `  p50 ${median(runs.map((run) => run.p50Ms)).toFixed(1)} ms  p99 ${median(runs.map((run) => run.p99Ms)).toFixed(1)} ms` +
        `  processor ${median(runs.map((run) => run.processorMs)).toFixed(2)} ms`,
    );
  const ratio = (quotient: (own: Run, limit: Run) => number) =>
    median(own.map((run, i) => quotient(run, limit[i] as Run))).toFixed(2);
  console.log(`\n${title} (${connections} connections, median of ${own.length})`);
  row('limit', limit);
  row('product', own);
  const ofSpeed = ratio((a, b) => a.perSecond / b.perSecond);
  const ofProcessor = ratio((a, b) => b.processorMs / a.processorMs);
  console.log(`  ratio     ${ofSpeed}, by processor time ${ofProcessor}`);
}
