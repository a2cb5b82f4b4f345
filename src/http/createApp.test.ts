import { connect } from 'node:net';
import { Type } from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { type App, type AppOptions, createApp } from './createApp.ts';
import { createLogger } from './createLogger.ts';
import { setRateLimitHeaders } from './rateLimitHeaders.ts';

let app: App;
let log: string[];
afterEach(() => app.close());

function start(change: Partial<AppOptions> = {}): App {
  log = [];
  app = createApp({
    publicUrl: 'https://login.example.com/',
    trustedProxies: [],
    isDevelopment: false,
    logger: createLogger('info', { write: (line) => void log.push(line) }),
    ...change,
  });
  app.post('/echo', async (request) => ({ body: request.body ?? null }));
  app.delete('/things/:id', async (_, reply) => reply.code(204).send());
  app.get('/who', async (request) => ({ ...request.context, host: request.raw.headers.host }));
  app.get('/fault', async () => {
    throw Object.assign(new Error('select secret from users'), { detail: 'Key (email)=(a@b)' });
  });
  app.get('/outage', async () => {
    throw new DatabaseUnavailableError(new Error('connect ECONNREFUSED 10.0.0.5:5432'));
  });
  app.post('/typed', {
    schema: { body: Type.Object({ otp: Type.String({ maxLength: 10 }) }, { additionalProperties: false }) },
    handler: async () => ({}),
  });
  app.get('/limited', async (_, reply) => {
    setRateLimitHeaders(reply, {
      allowed: false,
      limit: 10,
      remaining: 0,
      resetAt: 1_700_000_000_500,
      retryAfterSeconds: 7,
    });
    return reply.code(429).send({ error: 'too_many_requests', error_description: 'Later.' });
  });
  return app;
}

function post(url: string, payload: string, contentType = 'application/json') {
  return app.inject({ method: 'POST', url, payload, headers: { 'content-type': contentType } });
}

describe('createApp reads bodies strictly', () => {
  it('takes JSON, forms with a charset, and nothing at all', async () => {
    start();
    expect((await post('/echo', '{"a":[1,{"b":"\\u00e9"}]}')).json()).toEqual({
      body: { a: [1, { b: 'é' }] },
    });
    const form = await post('/echo', 'a=1&b=%2B+', 'application/x-www-form-urlencoded;charset=UTF-8');
    expect(form.json()).toEqual({ body: { a: '1', b: '+ ' } });
    expect((await post('/echo', '')).json()).toEqual({ body: null });
    const withoutBody = await app.inject({
      method: 'DELETE',
      url: '/things/totp%7Cdev_1',
      headers: { 'content-type': 'application/json' },
    });
    expect(withoutBody.statusCode).toBe(204);
  });

  it('takes keys that only look repeated', async () => {
    start();
    const body = { a: { a: ['a', 'a', { a: '"a":' }] }, b: 'a' };
    expect((await post('/echo', JSON.stringify(body, null, 2))).json()).toEqual({ body });
  });

  it.each([
    ['malformed JSON', '{"a":', 'application/json', 400],
    ['a key twice', '{"otp":"1","otp":"2"}', 'application/json', 400],
    ['a key twice in another spelling', '{"otp":"1","\\u006ftp":"2"}', 'application/json', 400],
    ['a key twice, nested', '[{"a":1,"b":{"c":1, "c" :2}}]', 'application/json', 400],
    ['__proto__', '{"__proto__":{"admin":true}}', 'application/json', 400],
    ['constructor', '{"a":{"constructor":{"prototype":{}}}}', 'application/json', 400],
    ['deep nesting', `${'['.repeat(17)}${']'.repeat(17)}`, 'application/json', 400],
    ['very deep nesting', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'application/json', 400],
    ['a null character', '{"a":["x\\u0000"]}', 'application/json', 400],
    ['a null character in a key', '{"a\\u0000":1}', 'application/json', 400],
    ['a parameter twice', 'otp=1&otp=2', 'application/x-www-form-urlencoded', 400],
    ['a null character in a form', 'otp=%00', 'application/x-www-form-urlencoded', 400],
    ['__proto__ in a form, twice', '__proto__=1&__proto__=2', 'application/x-www-form-urlencoded', 400],
    ['a text body', 'otp=1', 'text/plain', 415],
    ['a multipart body', 'x', 'multipart/form-data; boundary=x', 415],
    ['a made-up content type', 'x', 'nonsense', 415],
    ['a body over 64 KB', `"${'a'.repeat(64 * 1024)}"`, 'application/json', 413],
  ])('S-89 refuses %s in the contract’s form', async (_, payload, contentType, status) => {
    start();
    const response = await post('/echo', payload, contentType);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toEqual({ error: 'invalid_request', error_description: expect.any(String) });
  });

  it('S-81 refuses a query parameter given twice, and null characters in address and query', async () => {
    start();
    for (const url of ['/who?state=a&state=b', '/who?state=%00', '/who?%00=1']) {
      expect((await app.inject(url)).statusCode, url).toBe(400);
    }
    expect((await app.inject({ method: 'DELETE', url: '/things/a%00' })).statusCode).toBe(400);
  });

  it.each([
    ['{}', 'Missing required parameter: otp'],
    ['{"otp":"1","admin":true}', 'Unknown parameter: admin'],
    ['{"otp":123456}', 'Invalid parameter otp: must be string'],
    ['{"otp":["1"]}', 'Invalid parameter otp: must be string'],
    ['{"otp":"canary-canary-canary"}', 'Invalid parameter otp: must NOT have more than 10 characters'],
    ['[]', 'The request has no valid body.'],
    ['', 'The request has no valid body.'],
  ])('tells what is wrong with %s and repeats no value', async (payload, description) => {
    start();
    const response = await post('/typed', payload);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toEqual({ error: 'invalid_request', error_description: description });
  });
});

describe('createApp answers', () => {
  it('S-86 with security headers on everything', async () => {
    start();
    for (const url of ['/who', '/fault', '/nothing', '/who?a=1&a=2']) {
      const { headers } = await app.inject(url);
      expect(headers, url).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    }
  });

  it('S-91 with a fault that tells nothing, and logs it under its request id', async () => {
    start();
    const response = await app.inject('/fault?code=canary');
    expect(response.statusCode).toBe(500);
    expect(response.json()).toEqual({
      error: 'server_error',
      error_description: 'The server met an unexpected fault.',
    });
    const written = log.join('');
    expect(written).toContain('select secret from users');
    expect(written).toContain(response.headers['x-request-id']);
    expect(written).not.toContain('a@b');
    expect(written).not.toContain('canary');
  });

  it('503 while the database is unavailable, with when to come back, and without a stack in the log', async () => {
    start();
    const response = await app.inject('/outage');
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
    expect(response.json()).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'The server is temporarily unavailable. Try again later.',
    });
    expect(log.join('')).not.toMatch(/ECONNREFUSED|stack/);
  });

  it('404 where nothing is, 405 with Allow where another method is', async () => {
    start();
    expect((await app.inject('/nothing')).json()).toMatchObject({ error: 'not_found' });
    const response = await app.inject({ method: 'PUT', url: '/things/a%7Cb?x=1' });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('DELETE');
    expect(response.json()).toMatchObject({ error: 'method_not_allowed' });
  });

  it('S-89 a malformed address', async () => {
    start();
    const response = await app.inject('/things/%E0%A4%A');
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('the budget of a limit', async () => {
    start();
    expect((await app.inject('/limited')).headers).toMatchObject({
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1700000001',
      'retry-after': '7',
    });
  });

  it('S-89 bytes that are no HTTP in the contract’s form', async () => {
    start();
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', (data) => resolve(data.toString()));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: 'invalid_request' });
  });
});

describe('createApp tells who is asking', () => {
  it('S-22 by the connection, or by a trusted proxy', async () => {
    start();
    const headers = { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'u'.repeat(600) };
    expect((await app.inject({ url: '/who', headers })).json()).toMatchObject({
      ip: '127.0.0.1',
      userAgent: 'u'.repeat(512),
    });
    start({ trustedProxies: ['127.0.0.1'] });
    expect((await app.inject({ url: '/who', headers })).json()).toMatchObject({ ip: '203.0.113.9' });
  });

  it('S-22 and refuses when that can not be told', async () => {
    start({ trustedProxies: ['127.0.0.1'] });
    const response = await app.inject({ url: '/who', headers: { 'x-forwarded-for': 'unknown' } });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error: 'invalid_request' });
  });

  it.each([
    ['de', 'de'],
    ['de;q=0.5, pt-BR;q=0.9, en;q=0.1', 'pt-BR'],
    ['*', undefined],
    ['<script>', undefined],
    ['fr;q=0', undefined],
    ['abcdefghijk', undefined],
  ])('in the language %j → %s', async (acceptLanguage, language) => {
    start();
    const response = await app.inject({ url: '/who', headers: { 'accept-language': acceptLanguage } });
    expect(response.json().language).toBe(language);
  });
});

describe('createApp and the Host header', () => {
  const tricks = {
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
    'x-forwarded-proto': 'http',
  };

  it.each(['evil.example', 'login.example.com:444', '10.0.0.7'])(
    'S-85 %s never reaches a handler',
    async (host) => {
      start();
      const response = await app.inject({ url: '/who', headers: { host, ...tricks } });
      expect(response.json().host).toBe('login.example.com');
      expect(response.body).not.toContain('evil');
    },
  );

  it.each(['evil.example/x', 'a b', 'a@evil.example', 'a,b', '[::1', '"', 'a:b'])(
    'S-85 refuses the malformed %j',
    async (host) => {
      start();
      const response = await app.inject({ url: '/who', headers: { host } });
      expect(response.statusCode).toBe(400);
    },
  );

  it('S-85 in development refuses a name that a web page elsewhere could point here', async () => {
    start({ isDevelopment: true, publicUrl: 'http://localhost:3000/' });
    expect((await app.inject({ url: '/who', headers: { host: 'evil.example:3000' } })).statusCode).toBe(421);
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000']) {
      expect((await app.inject({ url: '/who', headers: { host } })).statusCode, host).toBe(200);
    }
  });
});

describe('createLogger', () => {
  it('writes a line for each request, every name in it once', async () => {
    start();
    const { headers } = await app.inject('/who?code=canary');
    expect(log).toHaveLength(1);
    const [line = ''] = log;
    const names = [...line.matchAll(/"(\w+)":/g)].map(([, name]) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(JSON.parse(line)).toMatchObject({
      requestId: headers['x-request-id'],
      method: 'GET',
      route: '/who',
      status: 200,
      msg: 'request',
    });
  });

  it('S-105 writes no secret, however it is named', async () => {
    start();
    app.log.info({ password: 'canary', body: { otp: 'canary', deep: { client_secret: 'canary' } } }, 'x');
    app.log.error({ err: new Error('x', { cause: Object.assign(new Error('y'), { detail: 'canary' }) }) });
    expect(log).toHaveLength(2);
    expect(log.join('')).not.toContain('canary');
  });
});
