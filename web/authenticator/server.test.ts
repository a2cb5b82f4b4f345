import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/http/createApp.ts';
import { registerAuthenticator } from './server.ts';

const publicUrl = 'https://login.example.com/';

async function serve(isDevelopment: boolean): Promise<App> {
  const logger = pino({ level: 'silent' });
  const app = createApp({ publicUrl, trustedProxies: [], isDevelopment: false, logger });
  await registerAuthenticator(app, { isDevelopment });
  return app;
}

let app: App;
let development: App;
beforeAll(async () => {
  [app, development] = await Promise.all([serve(false), serve(true)]);
});
afterAll(() => Promise.all([app.close(), development.close()]));

const get = (url: string, from = app) => from.inject({ url, headers: { host: 'login.example.com' } });
const policyOf = async (from: App) =>
  String((await get('/authenticator/', from)).headers['content-security-policy']).split('; ');

/** What the page names, and what the worker keeps. */
async function shellFiles(): Promise<string[]> {
  const { body } = await get('/authenticator/shellWorker.js');
  return JSON.parse(/self\.shell = (.*);/.exec(body)?.[1] ?? '').files;
}

describe('the app’s page', () => {
  it('comes with a policy that lets in our own files only', async () => {
    const { statusCode, headers, body } = await get('/authenticator/');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
    expect(await policyOf(app)).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|\{\w+\}/);
  });

  it('may talk to any server by https, and to those on this machine without TLS in development only', async () => {
    expect(await policyOf(app)).toContain("connect-src 'self' https:");
    expect(await policyOf(development)).toContain(
      "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
    );
  });

  it('may ask for the camera, and is the only one that may', async () => {
    const { headers } = await get('/authenticator/');
    expect(headers['permissions-policy']).toBe('camera=(self), geolocation=(), microphone=()');
    expect((await get('/nowhere')).headers['permissions-policy']).toContain('camera=()');
  });

  it('is found without its slash', async () => {
    const { statusCode, headers } = await get('/authenticator');
    expect([statusCode, headers.location]).toEqual([308, '/authenticator/']);
  });
});

describe('the app’s files', () => {
  it('are there, all that the page names and the worker keeps', async () => {
    const { body } = await get('/authenticator/');
    const named = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    const kept = await shellFiles();
    expect(named.length).toBeGreaterThan(20);
    for (const path of new Set([...named, ...kept])) expect((await get(path)).statusCode, path).toBe(200);
    const beside = ['manifest.webmanifest', 'apple-180.png'];
    const lost = named.filter((path) => !kept.includes(path) && !beside.some((name) => path.endsWith(name)));
    expect(lost).toEqual([]);
  });

  it('hold every module that another one imports', async () => {
    const kept = await shellFiles();
    for (const path of kept.filter((file) => file.endsWith('.js') && !file.includes('/qr/'))) {
      const { body } = await get(path);
      for (const [, imported] of body.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)) {
        const { pathname } = new URL(String(imported), new URL(path, publicUrl));
        expect(kept, `${imported} of ${path}`).toContain(pathname);
      }
    }
  });

  it('may be kept for ever, since another content has another address', async () => {
    const [file = ''] = await shellFiles();
    const { headers } = await get(file);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(file).toMatch(/^\/authenticator\/assets\/[\w-]{12}\//);
  });

  it('give out the QR decoder as it was published', async () => {
    const path = (await shellFiles()).find((file) => file.endsWith('/qr/decode.js')) ?? '';
    const published = join(import.meta.dirname, '../../node_modules/qr/decode.js');
    expect((await get(path)).rawPayload.equals(readFileSync(published))).toBe(true);
  });

  it('are nothing but browser files', async () => {
    const folder = (await shellFiles())[0]?.replace(/[^/]+$/, '');
    for (const path of ['workers.d.ts', '../../server.ts', '%2e%2e/server.ts', 'nothing.js']) {
      expect((await get(`${folder}${path}`)).statusCode, path).toBe(404);
    }
  });
});

it('the workers are asked for anew each time, and keep to the app’s path', async () => {
  for (const path of ['/authenticator/shellWorker.js', '/authenticator/pushWorker.js']) {
    const { headers } = await get(path);
    expect(headers['content-type']).toContain('javascript');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers).not.toHaveProperty('service-worker-allowed');
  }
});
