import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../../src/database/unavailable.ts';
import { createApp } from '../../src/http/createApp.ts';
import { defaultTenantSettings, type TenantSettings } from '../../src/tenant/tenantSettings.ts';
import { fileOfPackage } from '../../src/ui/browserFiles.ts';
import { registerAccountPage } from './server.ts';

const issuer = 'http://localhost:3000/';
const logger = pino({ level: 'silent' });
const app = createApp({ publicUrl: issuer, trustedProxies: [], isDevelopment: false, logger });
let settings: () => TenantSettings = () => defaultTenantSettings;

const get = (url: string) => app.inject({ url, headers: { host: 'localhost:3000' } });
const configOf = (body: string) =>
  JSON.parse((/data-config="([^"]*)"/.exec(body)?.[1] ?? '').replaceAll('&quot;', '"'));

beforeAll(() =>
  registerAccountPage(app, { issuer, clientId: 'countersign-account', readSettings: async () => settings() }),
);

afterAll(() => app.close());

describe('the account page', () => {
  it('S-86 comes with a policy that lets in our own files only, and frames for silent sign-in', async () => {
    const { statusCode, headers, body } = await get('/account');
    expect(statusCode).toBe(200);
    const policy = String(headers['content-security-policy']);
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-src 'self'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/);
    expect((await get('/account/')).headers.location).toBe('/account');
  });

  it('names only files that are there, for ever', async () => {
    const { body } = await get('/account');
    const files = [...body.matchAll(/(?:src|href)="(\/account\/assets\/[^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const { statusCode, headers } = await get(file);
      expect(statusCode, file).toBe(200);
      expect(headers['cache-control']).toContain('immutable');
    }
  });

  it('has every module that a module imports', async () => {
    const { body } = await get('/account');
    const folder = /\/account\/assets\/[^/]+\//.exec(body)?.[0] ?? '';
    const seen = new Set<string>();
    const walk = async (path: string): Promise<void> => {
      if (seen.has(path)) return;
      seen.add(path);
      const { statusCode, body: source } = await get(path);
      expect(statusCode, path).toBe(200);
      for (const [, name = ''] of source.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
        await walk(new URL(name, `${issuer.slice(0, -1)}${path}`).pathname);
      }
    };
    await walk(`${folder}main.js`);
    expect(seen.size).toBeGreaterThan(30);
  });

  it('gives out Auth0’s SDK as it was published', async () => {
    const { body } = await get('/account');
    const path = /"([^"]+auth0-spa-js\.js)"/.exec(body)?.[1] ?? '';
    const published = new URL(
      '../auth0-spa-js.production.js',
      `file://${fileOfPackage('@auth0/auth0-spa-js')}`,
    );
    expect((await get(path)).rawPayload.equals(readFileSync(published))).toBe(true);
  });

  it('S-88 tells its script who it is, whatever letters the tenant’s name has', async () => {
    const friendlyName = `O'Neill & "Sons" </script>`;
    settings = () => ({ ...defaultTenantSettings, friendlyName, supportEmail: 'help@example.com' });
    const { body } = await get('/account');
    expect(body).not.toContain('</script>"');
    expect(body).not.toContain('"Sons"');
    const config = configOf(
      body.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
    );
    expect(config).toMatchObject({
      issuer,
      clientId: 'countersign-account',
      name: friendlyName,
      supportEmail: 'help@example.com',
    });
  });

  it('comes without the database too, to say that nothing works just now', async () => {
    settings = () => {
      throw new DatabaseUnavailableError(new Error('gone'));
    };
    expect((await get('/account')).statusCode).toBe(200);
    settings = () => {
      throw new Error('a fault');
    };
    expect((await get('/account')).statusCode).toBe(500);
  });
});
