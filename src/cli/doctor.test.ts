import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../config/clock.ts';
import { openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { type Finding, guard } from './finding.ts';
import { runCommandLine } from './runCommandLine.ts';

describe('doctor', () => {
  let data: string;
  let file: string;
  beforeEach(() => {
    data = join(mkdtempSync(join(tmpdir(), 'countersign-doctor-')), 'data');
    file = join(data, 'countersign.db');
  });
  afterEach(() => rmSync(join(data, '..'), { recursive: true }));

  const run = async (...words: string[]) => {
    const out: string[] = [];
    await runCommandLine([...words, '--data', data, '--json'], {
      out: (text) => void out.push(text),
      err: () => {},
      input: Readable.from([]),
      environment: {},
    });
    return JSON.parse(out[0] ?? '{}') as { checks: Finding[] };
  };
  const find = async (name: string, ...words: string[]) =>
    (await run('doctor', '--port', '1', ...words)).checks.find((check) => check.name === name);

  it('tells who tries it on a laptop about --dev', async () => {
    expect(await find('settings')).toMatchObject({
      status: 'failed',
      advice: expect.stringMatching('--dev'),
    });
    expect(await find('settings', '--dev')).toMatchObject({ status: 'ok' });
  });

  it('makes nothing where nothing is', async () => {
    for (const name of ['data folder', 'database']) {
      expect(await find(name)).toMatchObject({
        status: 'failed',
        advice: expect.stringMatching('countersign init'),
      });
    }
    expect(existsSync(data)).toBe(false);
  });

  it('makes no keys in a database that has none', async () => {
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, 'master.key'), Buffer.alloc(32, 'k3y!').toString('base64'), { mode: 0o600 });
    const database = await openDatabase({ file });
    await migrate(database, systemClock);
    expect(await find('keys')).toMatchObject({
      status: 'failed',
      message: 'the database holds no keys yet',
      advice: expect.stringMatching('countersign init'),
    });
    expect(await database.db.selectFrom('data_keys').selectAll().execute()).toEqual([]);
    await database.close();
  });

  it('sends for the backup where the file is damaged', async () => {
    await run('init');
    const whole = readFileSync(file);
    const restore = { status: 'failed', advice: expect.stringMatching(/^The file is damaged.*backup/) };
    writeFileSync(file, Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 'x')]));
    expect(await find('database')).toMatchObject(restore);
    // Damage that only a look at everything finds.
    const unnoticed = Buffer.from(whole);
    unnoticed.fill('x', whole.length - 4096);
    writeFileSync(file, unnoticed);
    expect(await find('database')).toMatchObject(restore);
    writeFileSync(file, 'this is no database, but a text of some length');
    expect(await find('database')).toMatchObject(restore);
    writeFileSync(file, whole);
    expect(await find('database')).toMatchObject({ status: 'ok' });
  });

  it('asks a stored e-mail provider instead of the mail server of the settings', async () => {
    await run('init');
    const mail = ['--dev'];
    expect(await find('e-mail', ...mail)).toMatchObject({ message: expect.stringMatching('outbox') });
    const server = ['host=127.0.0.1', 'port=1', 'security=none', 'from=login@example.com'];
    await run('provider', 'set', 'email', 'smtp', ...server);
    expect(await find('e-mail', ...mail)).toBeUndefined();
    expect(await find('email provider', ...mail)).toMatchObject({
      status: 'failed',
      message: expect.stringMatching('smtp .primary. answers'),
    });
  });

  it('advises no new installation where it may not look', async () => {
    const denied = Object.assign(new Error('denied'), { code: 'EACCES', path: '/srv/data' });
    expect(await guard('database', () => Promise.reject(denied))).toMatchObject({
      message: 'Permission denied: /srv/data.',
      advice: 'Run it as the user that the server runs as.',
    });
  });

  // Nothing is denied to root.
  it.skipIf(process.getuid?.() === 0)('says so of a folder that belongs to another user', async () => {
    await run('init');
    chmodSync(data, 0o000);
    for (const name of ['data folder', 'database']) {
      expect(await find(name)).toMatchObject({ advice: 'Run it as the user that the server runs as.' });
    }
    chmodSync(data, 0o700);
  });
});
