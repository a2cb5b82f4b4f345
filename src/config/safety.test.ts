import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from './readSettings.ts';
import { findUnsafeSettings } from './safety.ts';

let folder: string;
let openFile: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-safety-'));
  openFile = join(folder, 'open.key');
  writeFileSync(openFile, 'x');
  chmodSync(openFile, 0o644);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Safe in production; each case below spoils one thing. */
const safe = { publicUrl: 'https://login.example.com', trustedProxies: '10.0.0.1' };

async function faults(flags: Record<string, unknown>) {
  const settings = await readSettings({ flags: { data: folder, ...flags }, environment: {} });
  return findUnsafeSettings(settings).map((fault) => fault.message);
}

describe('findUnsafeSettings', () => {
  it('S-111 lets a safe production set-up start', async () => {
    expect(await faults(safe)).toEqual([]);
  });

  it.each([
    ['plain http', { publicUrl: 'http://login.example.com' }, /^publicUrl is http:.*expected https/],
    ['no public URL', { publicUrl: undefined }, /^publicUrl is http:\/\/localhost:3000\//],
    ['the development certificate', { https: true }, /^https is a development certificate/],
    ['nobody who speaks TLS', { trustedProxies: undefined }, /^trustedProxies is empty/],
    ['every proxy', { trustedProxies: '0.0.0.0/0' }, /^trustedProxies holds 0\.0\.0\.0\/0/],
    [
      'half of the internet',
      { trustedProxies: '10.0.0.1,128.0.0.0/1' },
      /^trustedProxies holds 128\.0\.0\.0\/1/,
    ],
    ['every IPv6 proxy', { trustedProxies: '::/0' }, /^trustedProxies holds ::\/0/],
    ['metrics for all', { metricsFrom: '0.0.0.0/0' }, /^metricsFrom holds 0\.0\.0\.0\/0/],
    ['debug logs', { logLevel: 'debug' }, /^logLevel is debug/],
    ['trace logs', { logLevel: 'trace' }, /^logLevel is trace/],
    ['a certificate without key', { tlsCert: 'cert.pem' }, /^tlsKey and tlsCert belong together/],
  ])('S-111 refuses %s outside development', async (_, change, message) => {
    expect(await faults({ ...safe, ...change })).toEqual([expect.stringMatching(message)]);
  });

  it('S-111 refuses key files that others can read', async () => {
    const found = await faults({ ...safe, masterKeyFile: openFile, tlsCert: openFile, tlsKey: openFile });
    expect(found).toEqual([
      expect.stringMatching(/^tlsKey .* can be read by other users/),
      expect.stringMatching(/^masterKeyFile .* can be read by other users/),
    ]);
  });

  it('S-111 does not mind a key file that is not used', async () => {
    expect(await faults({ ...safe, masterKeyFile: openFile, masterKeyCommand: 'print-key' })).toEqual([]);
  });

  it('reports all at once', async () => {
    expect(await faults({ logLevel: 'trace', trustedProxies: '::/0' })).toHaveLength(3);
  });

  it('lets development pass, but for what can not work', async () => {
    expect(await faults({ dev: true, https: true, logLevel: 'trace', trustedProxies: '::/0' })).toEqual([]);
    expect(await faults({ dev: true, tlsKey: 'key.pem' })).toHaveLength(1);
  });
});
