import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './readSettings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function faultsOf(flags: Record<string, unknown>, environment: Record<string, string> = {}) {
  const error = await readSettings({ flags, environment }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SettingsError);
  return (error as SettingsError).faults.map((fault) => fault.message);
}

describe('readSettings', () => {
  it('has a default for everything', async () => {
    expect(await readSettings({ flags: {}, environment: {} })).toMatchObject({
      dev: false,
      publicUrl: 'http://localhost:3000/',
      host: 'localhost',
      port: 3000,
      data: resolve('data'),
      masterKeyFile: resolve('data/master.key'),
      trustedProxies: [],
      mailFrom: 'no-reply@localhost',
      outboundAllow: [],
      logLevel: 'info',
    });
  });

  it('derives the public URL from port and TLS', async () => {
    const settings = await readSettings({ flags: { dev: true, https: true, port: '4000' }, environment: {} });
    expect(settings.publicUrl).toBe('https://localhost:4000/');
  });

  it('prefers flags to environment to file', async () => {
    const config = file('order.yaml', 'port: 1\nhost: file.example\nlogLevel: error\n');
    const settings = await readSettings({
      flags: { config, port: '3' },
      environment: { COUNTERSIGN_PORT: '2', COUNTERSIGN_HOST: 'environment.example' },
    });
    expect(settings).toMatchObject({ port: 3, host: 'environment.example', logLevel: 'error' });
  });

  it('reads JSON, and finds the file by the environment', async () => {
    const config = file('settings.json', JSON.stringify({ trustedProxies: ['10.0.0.1'], dev: true }));
    const settings = await readSettings({ flags: {}, environment: { COUNTERSIGN_CONFIG: config } });
    expect(settings).toMatchObject({ trustedProxies: ['10.0.0.1'], dev: true });
  });

  it('takes an empty environment variable as not given', async () => {
    const settings = await readSettings({ flags: {}, environment: { COUNTERSIGN_SMTP_URL: '' } });
    expect(settings.smtpUrl).toBeUndefined();
  });

  it('reports every fault of every source at once, with its source and what was expected', async () => {
    const config = file('faults.yaml', 'port: http\ncolour: red\n');
    const faults = await faultsOf(
      { config, publicUrl: 'login.example.com' },
      { COUNTERSIGN_TRUSTED_PROXIES: 'proxy', COUNTERSIGN_TYPO: 'x' },
    );
    expect(faults).toEqual([
      `port (file ${config}): expected a whole number from 0 to 65535, got "http".`,
      `colour (file ${config}) is no setting. docs/settings.md lists them.`,
      expect.stringMatching(
        /^trustedProxies \(environment variable COUNTERSIGN_TRUSTED_PROXIES\): expected IP addresses/,
      ),
      expect.stringMatching(/^The environment variable COUNTERSIGN_TYPO is no setting/),
      expect.stringMatching(/^publicUrl \(flag --public-url\): expected an http or https origin/),
    ]);
  });

  it.each(['masterKey', 'smtpUrl', 'databaseUrl'])('never repeats the secret %s', async (name) => {
    const config = file('secret.yaml', `${name}: canary-value\n`);
    expect((await faultsOf({ config })).join()).not.toContain('canary-value');
  });

  it.each([
    ['missing.yaml', undefined, 'ENOENT'],
    ['list.yaml', '- port', 'must hold settings by name'],
    ['broken.json', '{"smtpUrl": "canary', 'is no valid JSON'],
    ['broken.yaml', 'smtpUrl: "canary', 'is no valid YAML'],
    ['twice.yaml', 'port: 1\nport: 2', 'is no valid YAML'],
  ])('tells what is wrong with the file %s', async (name, content, message) => {
    const config = content === undefined ? join(folder, name) : file(name, content);
    const [fault] = await faultsOf({ config });
    expect(fault).toContain(message);
    expect(fault).not.toContain('canary');
  });

  it.each([
    [
      'publicUrl',
      ['https://a.example/path', 'https://u:p@a.example', 'ftp://a.example', 'https://a.example/?x', 7],
    ],
    ['port', ['', '-1', '65536', '3000.5', '0x10', 1.5, true]],
    ['dev', ['yes', 1, null]],
    ['databaseUrl', ['mysql://a/b', 'data.db']],
    ['masterKey', ['short', 'A'.repeat(43), Buffer.from('0123'.repeat(8)).toString('base64')]],
    ['masterKeyCommand', ['  ', [], [1]]],
    ['trustedProxies', ['*', 'true', true, ['10.0.0.0/8', 'x'], [7]]],
    ['outboundAllow', ['gateway.internal', 'ftp://a.example', 'https://a.example/path', ['10.0.0.0/8', 7]]],
    ['smtpUrl', ['https://mail.example', 'mail.example:25']],
    ['mailFrom', ['nobody', 'a@b\r\nBcc: c@d', 'A <a@b', '<a@b>']],
    ['host', ['a b', '', 'http://x']],
    ['logLevel', ['verbose', 3]],
    ['tlsCert', ['', 7, 'a\0b']],
  ])('refuses for %s what it can not be', async (name, values) => {
    for (const value of values) {
      const config = file('value.json', JSON.stringify({ [name]: value }));
      expect((await faultsOf({ config })).length, JSON.stringify(value)).toBe(1);
    }
  });
});
