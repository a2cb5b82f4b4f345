import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/createApp.ts';
import { registerDemo } from './server.ts';

const issuer = 'http://localhost:3000/';
const audience = 'https://api.harbour-bank.example/';
const clientId = 'abcdefghijklmnopqrstuvwxyz012345';
const now = Date.UTC(2026, 0, 15, 12);
const clock = () => now;

const app = createApp({
  publicUrl: issuer,
  trustedProxies: [],
  isDevelopment: true,
  logger: pino({ level: 'silent' }),
});
const { privateKey, publicKey } = await generateKeyPair('RS256');
const stranger = await generateKeyPair('RS256');
let keysRead = 0;

/** An access token as Countersign issues it, but for the changes. */
function tokenWith(changes: JWTPayload, key = privateKey): Promise<string> {
  return new SignJWT({ iss: issuer, aud: audience, sub: 'auth0|1', exp: now / 1000 + 60, ...changes })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'at+jwt' })
    .sign(key);
}

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { host: 'localhost:3000', ...headers } });

const account = async (token: string) => get('/demo/api/account', { authorization: `Bearer ${token}` });

const transfer = (token: string, payload: object) =>
  app.inject({
    method: 'POST',
    url: '/demo/api/transfers',
    headers: { host: 'localhost:3000', authorization: `Bearer ${token}` },
    payload,
  });

beforeAll(async () => {
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  app.get('/.well-known/jwks.json', async () => {
    keysRead += 1;
    return { keys: [jwk] };
  });
  await registerDemo(app, { issuer, clientId, audience, clock });
});

afterAll(() => app.close());

describe('the demo page', () => {
  it('comes with a policy that lets in our own files only, and frames for silent sign-in', async () => {
    const { statusCode, headers, body } = await get('/demo');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('text/html');
    const policy = String(headers['content-security-policy']);
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "frame-src 'self'",
    ]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toContain('unsafe');
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/);
  });

  it('is found at the bare address, at the one that goes on to sign-up, and with a slash', async () => {
    expect((await get('/')).headers.location).toBe('/demo');
    expect((await get('/demo/sign-up')).body).toBe((await get('/demo')).body);
    expect((await get('/demo/')).headers.location).toBe('/demo');
  });

  it('names only files that are there', async () => {
    const { body } = await get('/demo');
    const files = [...body.matchAll(/(?:src|href)="(\/demo\/assets\/[^"]+)"/g)].map(
      ([, path]) => path as string,
    );
    expect(files.length).toBeGreaterThan(3);
    for (const file of [...files, '/demo/assets/sans-latin.woff2', '/demo/assets/auth0-spa-js.worker.js']) {
      expect((await get(file)).statusCode, file).toBe(200);
    }
  });

  it('gives out Auth0’s SDK as it was published', async () => {
    const dist = join(import.meta.dirname, '../../node_modules/@auth0/auth0-spa-js/dist');
    for (const [path, file] of [
      ['auth0-spa-js.js', 'auth0-spa-js.production.js'],
      ['auth0-spa-js.worker.js', 'auth0-spa-js.worker.production.js'],
    ] as const) {
      const { headers, rawPayload } = await get(`/demo/assets/${path}`);
      expect(headers['content-type']).toContain('javascript');
      expect(rawPayload.equals(readFileSync(join(dist, file)))).toBe(true);
    }
  });

  it('gives out nothing but browser files', async () => {
    for (const path of ['globals.d.ts', 'index.html', '../server.ts', '%2e%2e/server.ts', 'nothing.js']) {
      expect((await get(`/demo/assets/${path}`)).statusCode, path).toBe(404);
    }
  });

  it('tells the page who it is', async () => {
    expect((await get('/demo/config.json')).json()).toEqual({ issuer, clientId, audience });
  });
});

describe('the demo API', () => {
  it('shows the account to a token with read:account', async () => {
    const answer = await account(await tokenWith({ scope: 'openid read:account' }));
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ balanceCents: 481_250, currency: 'EUR' });
  });

  it.each([
    ['no token at all', ''],
    ['an opaque token', 'opaque'],
    ['another API’s token', () => tokenWith({ scope: 'read:account', aud: 'https://other.example/' })],
    ['another issuer’s token', () => tokenWith({ scope: 'read:account', iss: 'http://localhost:4000/' })],
    ['an expired token', () => tokenWith({ scope: 'read:account', exp: now / 1000 - 1 })],
    ['a token without a person', () => tokenWith({ scope: 'read:account', sub: undefined })],
    ['a token that somebody else signed', () => tokenWith({ scope: 'read:account' }, stranger.privateKey)],
  ])('refuses %s', async (_name, token) => {
    const answer = await account(typeof token === 'string' ? token : await token());
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('sends money with transfer:money only, and names the scope that is missing', async () => {
    const body = { payee: 'marina', amountCents: 2500 };
    const refused = await transfer(await tokenWith({ scope: 'openid read:account' }), body);
    expect(refused.statusCode).toBe(403);
    expect(refused.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_scope", scope="transfer:money"',
    );
    const token = await tokenWith({ scope: 'read:account transfer:money', sub: 'auth0|2' });
    const sent = await transfer(token, body);
    expect(sent.statusCode).toBe(201);
    expect(sent.json().movement).toEqual({ party: 'Marina dues', amountCents: -2500, at: now });
    expect((await account(token)).json()).toMatchObject({ balanceCents: 478_750 });
    expect((await account(await tokenWith({ scope: 'read:account' }))).json().balanceCents).toBe(481_250);
  });

  it('does not send more than there is', async () => {
    const token = await tokenWith({ scope: 'transfer:money' });
    const answer = await transfer(token, { payee: 'marina', amountCents: 500_000 });
    expect(answer.statusCode).toBe(409);
    expect(answer.json().error).toBe('insufficient_funds');
  });

  it.each([
    { payee: 'marina', amountCents: 0 },
    { payee: 'marina', amountCents: 1.5 },
    { payee: 'marina', amountCents: '25' },
    { payee: 'nobody', amountCents: 100 },
    { payee: 'marina', amountCents: 100, from: 'auth0|2' },
    {},
  ])('refuses the transfer %j', async (payload) => {
    expect((await transfer(await tokenWith({ scope: 'transfer:money' }), payload)).statusCode).toBe(400);
  });

  it('reads the keys once', async () => {
    const before = keysRead;
    await account(await tokenWith({ scope: 'read:account' }));
    await account(await tokenWith({ scope: 'read:account' }));
    expect(keysRead).toBe(before);
  });
});
