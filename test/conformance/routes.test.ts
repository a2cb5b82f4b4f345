import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Call } from '../abuse/httpClient.ts';
import { classOf, type Route } from '../abuse/routes.ts';
import { authorizationRequest, callback, type Target, targetStarter } from '../abuse/target.ts';

const start = targetStarter();
const publicUrl = 'https://login.example.com/';

let development: Target;
let production: Target;

beforeAll(async () => {
  [development, production] = await Promise.all([start(), start({ publicUrl, dev: false })]);
});

describe('every route', () => {
  it('S-35 has a class, so that no road to a session or a token is new and unseen', () => {
    const nameless = development.routes.filter((route) => classOf(route) === undefined);
    expect(nameless).toEqual([]);
    expect(development.routes.length).toBeGreaterThan(100);
  });

  it('S-111 of development is there in development only', () => {
    expect(production.routes.filter((route) => classOf(route) === 'development')).toEqual([]);
    expect(production.routes.length).toBeGreaterThan(50);
  });

  it('tells a person at the bare address how to get on', async () => {
    expect((await development.send('/')).headers.location).toBe('/demo');
    const { status, headers, text } = await production.send('/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('Open the application you want to use');
  });

  it('S-86 answers with the headers that protect browsers, whatever it answers', async () => {
    const faults: string[] = [];
    for (const target of [development, production]) {
      for (const { what, path, call } of visits(target)) {
        const answer = await target.send(path, call);
        for (const fault of headerFaults(answer, path, target === production))
          faults.push(`${what}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('S-22 of metrics is there for who connects directly, not for whom a proxy on this machine lets through', async () => {
    expect((await production.send('/metrics')).status).toBe(200);
    const added: Record<string, string>[] = [
      { forwarded: 'for=192.0.2.1' },
      { 'x-forwarded-for': '192.0.2.1' },
      { 'X-Forwarded-Host': 'login.example.com' },
      { 'x-forwarded-proto': 'https' },
      { 'x-real-ip': '192.0.2.1' },
      { via: '1.1 proxy' },
    ];
    for (const headers of added) {
      expect((await production.send('/metrics', { headers })).status, JSON.stringify(headers)).toBe(404);
    }
  });

  it('S-105 answers with its request id, under which a fault is logged', async () => {
    const { headers } = await production.send('/nowhere');
    expect(headers['x-request-id']).toMatch(/^[\w-]{36}$/);
  });
});

describe('S-85 whatever a client says of the address', () => {
  const evil = 'evil.example.net';
  const lies: Readonly<Record<string, string>>[] = [
    { host: evil },
    { host: `${evil}:443` },
    { host: `login.example.com.${evil}` },
    { 'x-forwarded-host': evil },
    { 'x-forwarded-host': `${evil}, login.example.com` },
    { forwarded: `host=${evil};proto=http` },
    { 'x-forwarded-proto': 'http', 'x-forwarded-port': '81' },
    { 'x-forwarded-prefix': `//${evil}/`, 'x-forwarded-server': evil },
    { 'x-original-url': `https://${evil}/`, 'x-rewrite-url': `https://${evil}/` },
    { 'x-host': evil, 'x-http-host-override': evil, 'x-original-host': evil },
    { origin: `https://${evil}`, referer: `https://${evil}/` },
  ];

  it('no answer repeats it and every link is the configured one', async () => {
    const application = await production.application();
    const { path } = authorizationRequest(application);
    for (const lie of lies) {
      for (const visit of [...visits(production), { what: 'authorize', path, call: {} as Call }]) {
        const answer = await production.send(visit.path, {
          ...visit.call,
          headers: { ...visit.call.headers, ...lie },
        });
        expect(JSON.stringify(answer), `${visit.path} with ${JSON.stringify(lie)}`).not.toContain(evil);
        expect(answer.status).toBeLessThan(500);
      }
    }
  });

  it('discovery and the authorization answer name the configured issuer', async () => {
    const application = await production.application();
    for (const headers of lies) {
      const { body } = await production.send('/.well-known/openid-configuration', { headers });
      for (const [member, value] of Object.entries(body)) {
        if (member.endsWith('_endpoint') || member.endsWith('_uri'))
          expect(value).toMatch(/^https:\/\/login\.example\.com\//);
      }
      expect(body.issuer).toBe(publicUrl);
      const silent = await production.send(authorizationRequest(application, { prompt: 'none' }).path, {
        headers,
      });
      const location = new URL(silent.headers.location ?? '');
      expect(location.origin + location.pathname).toBe(callback);
      expect(location.searchParams.get('iss')).toBe(publicUrl);
    }
  });

  it('links in messages are the configured ones', async () => {
    const person = await development.person();
    const { client } = await development.application();
    const asked = {
      client_id: client.clientId,
      connection: 'Username-Password-Authentication',
      email: person.email,
    };
    for (const lie of lies.filter((headers) => headers.host === undefined)) {
      await development.send('/dbconnections/change_password', { json: asked, headers: lie });
    }
    const { body } = await development.send(`/dev/outbox.json?to=${encodeURIComponent(person.email)}`);
    expect(body.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain(evil);
    for (const { links } of body) {
      for (const link of links) expect(link.startsWith(development.issuer), link).toBe(true);
    }
  });

  it('in development another name is refused, so that no web page elsewhere can point its own at the outbox', async () => {
    for (const host of [evil, `${evil}:80`, 'localhost.evil.example.net', '10.0.0.1']) {
      const answer = await development.send('/dev/outbox.json', { headers: { host } });
      expect(answer.status).toBe(421);
      expect(answer.body.error).toBe('invalid_request');
    }
  });
});

describe('S-89 headers beyond all measure', () => {
  it.each([
    ['one of 1 MB', `X-Long: ${'x'.repeat(1024 * 1024)}\r\n`],
    ['many of 1 MB together', `X-Some: ${'x'.repeat(1000)}\r\n`.repeat(1024)],
    ['a cookie of 1 MB', `Cookie: a=${'x'.repeat(1024 * 1024)}\r\n`],
    ['an authorization of 1 MB', `Authorization: Bearer ${'x'.repeat(1024 * 1024)}\r\n`],
  ])('%s are refused in the contract’s shape', async (_what, headers) => {
    const text = await raw(production, `GET /userinfo HTTP/1.1\r\nHost: login.example.com\r\n${headers}\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: 'invalid_request' });
  });

  it.each([
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: login.example.com\r\nHost: evil.example.net\r\n\r\n'],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: login.example.com/@evil\r\n\r\n'],
    [
      'two lengths',
      'POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\naa',
    ],
    [
      'a length and chunks',
      'POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n'],
    ['a header over two lines', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n'],
    ['a null character', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an unknown version', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['an address of 100 KB', `GET /${'a'.repeat(100 * 1024)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ])('%s: refused without a word about the inside', async (_what, request) => {
    const text = await raw(production, request);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).not.toMatch(/HPE_|ERR_|node|fastify/i);
  });
});

/** A visit to every route, and to addresses that no route takes. */
function visits({ routes }: Target): { what: string; path: string; call: Call }[] {
  const known = routes
    .filter(({ method }) => method !== 'HEAD')
    .map(({ method, url }: Route) => ({
      what: `${method} ${url}`,
      path: url.replace(/:\w+|\*$/, 'unknown'),
      call: { method },
    }));
  const others: { what: string; path: string; call: Call }[] = [
    { what: 'nowhere', path: '/nowhere', call: {} },
    { what: 'another method', path: '/oauth/token', call: {} },
    { what: 'a malformed address', path: '/%', call: {} },
    {
      what: 'broken JSON',
      path: '/oauth/token',
      call: { body: '{', headers: { 'content-type': 'application/json' } },
    },
    {
      what: 'a preflight',
      path: '/oauth/token',
      call: {
        method: 'OPTIONS',
        headers: { origin: 'https://a.example.com', 'access-control-request-method': 'POST' },
      },
    },
  ];
  return [...known, ...others];
}

function headerFaults({ headers, status }: Answer, path: string, isHttps: boolean): string[] {
  const faults: string[] = [];
  const expectHeader = (name: string, pattern: RegExp) => {
    const value = String(headers[name] ?? '');
    if (!pattern.test(value)) faults.push(`${name}: ${value} (${status})`);
  };
  const isFile = status === 200 && /assets|\/docs\/|\/dev\/|\/demo|\/authenticator\//.test(path);
  expectHeader('x-content-type-options', /^nosniff$/);
  expectHeader('referrer-policy', /^no-referrer$/);
  if (!isFile) expectHeader('cache-control', /no-store/);
  expectHeader('content-security-policy', /default-src 'none'/);
  expectHeader('content-security-policy', /frame-ancestors '(?:none|self)'/);
  const scripts = /script-src[^;]*/.exec(String(headers['content-security-policy']))?.[0] ?? '';
  if (/unsafe|\*|data:|https?:/.test(scripts)) faults.push(`scripts from anywhere: ${scripts}`);
  if (isHttps) expectHeader('strict-transport-security', /^max-age=\d{8}/);
  if (headers.server !== undefined || headers['x-powered-by'] !== undefined)
    faults.push('names its software');
  if (headers['access-control-allow-credentials'] !== undefined) faults.push('lets cookies cross origins');
  return faults;
}

/** Sends bytes as they are and gives what comes back until the server hangs up. */
function raw({ house }: Target, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(house.settings.port, 'localhost');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    // It may hang up before everything was sent.
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.end(bytes);
  });
}
