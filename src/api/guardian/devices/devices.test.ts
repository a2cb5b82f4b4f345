import { once } from 'node:events';
import { type IncomingMessage, request as open } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { registerCors } from '../../../http/cors.ts';
import { type App, createApp } from '../../../http/createApp.ts';
import { createLogger } from '../../../http/createLogger.ts';
import type {
  DeviceBearer,
  DeviceRefusal,
  DeviceRefusalCode,
  DeviceRequest,
} from '../../../mfa/devices/deviceDesk.ts';
import { guardianPaths, mounts } from '../mounts.ts';
import { Waiters } from '../waiters.ts';
import type { DeviceService } from './dependencies.ts';
import { registerDeviceCalls } from './registerDeviceCalls.ts';

const publicUrl = 'https://login.example.com/';
const now = Date.UTC(2026, 0, 15, 12);
const throttle = { allowed: false, limit: 5, remaining: 0, resetAt: now + 60_000, retryAfterSeconds: 60 };
const publicKey = { kty: 'RSA', alg: 'RS256', use: 'sig', n: 'AL8', e: 'AQAB' };
const presented = {
  identifier: 'A1',
  name: 'Phone',
  push_credentials: { service: 'APNS', token: 'ab' },
  public_key: publicKey,
};

/** A desk that knows one device and one request, and tells what it was asked. */
class MadeUpDesk implements DeviceService {
  readonly asked: unknown[] = [];
  refusal: DeviceRefusalCode | undefined;
  request: DeviceRequest | undefined;
  isRemoved = false;
  waiting = 0;
  readonly #listeners = new Set<() => void>();

  reset(): void {
    this.asked.length = 0;
    Object.assign(this, { refusal: undefined, request: undefined, isRemoved: false });
  }

  change(change: { request?: DeviceRequest | undefined; isRemoved?: true }): void {
    Object.assign(this, change);
    for (const listener of this.#listeners) listener();
  }

  #answer<T>(call: string, given: unknown[], answer: T): T | DeviceRefusal {
    this.asked.push([call, ...given]);
    return this.refusal ? { outcome: 'refused', code: this.refusal, throttle } : answer;
  }

  async enrol(ticket: string, device: unknown) {
    const codes = { secret: 'JBSWY3DP', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;
    return this.#answer('enrol', [ticket, device], {
      outcome: 'enrolled',
      deviceId: 'dev_0123456789abcdef',
      userId: 'auth0|1',
      accountName: 'ann@example.com',
      issuer: 'Example',
      token: 'opaque',
      codes,
    } as const);
  }

  #found({ deviceId }: DeviceBearer) {
    const seen = { outcome: 'found', deviceId, userId: 'auth0|1', issuer: 'Example' } as const;
    return { ...seen, accountName: 'ann@example.com', isConfirmed: true, name: 'Phone', identifier: 'A1' };
  }

  async find(device: DeviceBearer) {
    return this.#answer('find', [device], { ...this.#found(device), service: 'APNS' });
  }

  async update(device: DeviceBearer, change: unknown) {
    return this.#answer('update', [device, change], this.#found(device));
  }

  async remove(device: DeviceBearer) {
    return this.#answer('remove', [device], { outcome: 'removed' } as const);
  }

  async waitingRequest(device: DeviceBearer) {
    if (this.isRemoved) return { outcome: 'refused', code: 'unknown_device' } as const;
    return this.#answer('waitingRequest', [device], { outcome: 'found', request: this.request } as const);
  }

  async answer(requestToken: string, answer: unknown) {
    return this.#answer('answer', [requestToken, answer], { outcome: 'recorded', answer: 'denied' } as const);
  }

  async consent(consentId: string, proof: unknown) {
    const times = { createdAt: now, expiresAt: now + 120_000 };
    const asked = { consentId, audience: 'https://api.example.com/', scope: ['openid'] };
    return this.#answer('consent', [consentId, proof], { outcome: 'found', ...asked, ...times } as const);
  }

  async deviceChanged(_deviceId: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.waiting += 1;
    await new Promise<void>((resolve) => {
      this.#listeners.add(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    }).finally(() => {
      this.waiting -= 1;
    });
  }
}

let app: App | undefined;
let desk: MadeUpDesk;
let waiters: Waiters;
let port: number;

async function start(): Promise<void> {
  desk = new MadeUpDesk();
  waiters = new Waiters(3);
  app = createApp({
    publicUrl,
    trustedProxies: [],
    isDevelopment: false,
    logger: createLogger('silent', { write: () => true }),
  });
  registerCors(app, async () => false, guardianPaths);
  await registerDeviceCalls(app, {
    ...{ devices: desk, publicUrl, waiters },
    clock: () => now,
    vapidPublicKey: async () => 'BKey',
  });
  await app.listen({ port: 0 });
  port = (app.server.address() as AddressInfo).port;
}

/** Closes the server; the next test has another one. */
async function close(): Promise<void> {
  const closing = app;
  app = undefined;
  await closing?.close();
}

beforeEach(async () => {
  if (!app) await start();
  desk.reset();
});
afterAll(close);

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

function begin(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const request = open({ port, path, method, headers: { ...type, ...headers } });
  request.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
  return request;
}

async function send(path: string, sent: Sent = {}) {
  const [response] = (await once(begin(path, sent), 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  const isJson = response.headers['content-type']?.startsWith('application/json');
  return { status: response.statusCode, response, text, body: isJson && text ? JSON.parse(text) : undefined };
}

const device = '/api/device-accounts/dev_0123456789abcdef';
const bearer = { authorization: 'Bearer opaque' };
const ticket = { authorization: 'Ticket id="abc-_9"' };
const bearerAudiences = mounts.map((mount) => `https://login.example.com${mount}/api/device-accounts`);
const asDevice = { deviceId: 'dev_0123456789abcdef', bearer: { jws: 'opaque', audiences: bearerAudiences } };

function requestOf(changes: Partial<DeviceRequest> = {}): DeviceRequest {
  return {
    requestToken: 'rt',
    challenge: 'c',
    consentId: 'cns_1',
    application: 'Evil\u202e app at www.example.com',
    ip: '192.0.2.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
    createdAt: now,
    expiresAt: now + 120_000,
    numberChoices: ['12', '47', '80'],
    numberLength: 2,
    ...changes,
  };
}

const shown = {
  request: {
    transaction_token: 'rt',
    challenge: 'c',
    consent_id: 'cns_1',
    application: 'Evil app at www. example. com',
    ip: '192.0.2.7',
    browser: { name: 'Chrome', os: 'Linux' },
    created_at: '2026-01-15T12:00:00.000Z',
    expires_at: '2026-01-15T12:02:00.000Z',
    number_choices: ['12', '47', '80'],
    number_length: 2,
  },
};

describe.each(mounts.map((mount) => [mount]))('at the mount "%s"', (mount) => {
  it('enrols a device by its ticket', async () => {
    const answer = await send(`${mount}/api/enroll`, {
      method: 'POST',
      headers: { ...ticket, 'content-type': 'application/json; charset=utf-8' },
      body: { ...presented, surplus: true },
    });
    expect(answer.status).toBe(200);
    expect(answer.response.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(answer.body).toEqual({
      id: 'dev_0123456789abcdef',
      url: 'https://login.example.com',
      issuer: 'Example',
      user_id: 'auth0|1',
      account_name: 'ann@example.com',
      token: 'opaque',
      totp: { secret: 'JBSWY3DP', algorithm: 'sha1', digits: 6, period: 30 },
    });
    expect(desk.asked).toEqual([['enrol', 'abc-_9', presented]]);
  });

  it('shows, changes and removes a device', async () => {
    expect((await send(`${mount}${device}`, { headers: bearer })).body).toEqual({
      id: 'dev_0123456789abcdef',
      identifier: 'A1',
      name: 'Phone',
      push_credentials: { service: 'APNS' },
      issuer: 'Example',
      account_name: 'ann@example.com',
      user_id: 'auth0|1',
      is_confirmed: true,
    });
    const change = { push_credentials: { service: 'GCM', token: 'x' } };
    const changed = await send(`${mount}${device}`, { method: 'PATCH', headers: bearer, body: change });
    expect(changed).toMatchObject({
      status: 200,
      body: { id: 'dev_0123456789abcdef', identifier: 'A1', name: 'Phone', ...change },
    });
    const unchanged = await send(`${mount}${device}`, { method: 'PATCH', headers: bearer, body: {} });
    expect(unchanged.body).not.toHaveProperty('push_credentials');
    const removed = await send(`${mount}${device}`, { method: 'DELETE', headers: bearer });
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect(desk.asked).toEqual([
      ['find', asDevice],
      ['update', asDevice, change],
      ['update', asDevice, {}],
      ['remove', asDevice],
    ]);
  });

  it('takes an answer', async () => {
    const answer = await send(`${mount}/api/resolve-transaction`, {
      method: 'POST',
      headers: { authorization: 'Bearer rt' },
      body: { challenge_response: 'a.b.c' },
    });
    expect([answer.status, answer.text]).toEqual([204, '']);
    const audiences = mounts.map((one) => `https://login.example.com${one}/api/resolve-transaction`);
    expect(desk.asked).toEqual([['answer', 'rt', { jws: 'a.b.c', audiences }]]);
  });

  it('shows a request and the key for Web Push', async () => {
    desk.request = requestOf();
    expect((await send(`${mount}${device}/request`, { headers: bearer })).body).toEqual(shown);
    expect((await send(`${mount}/api/push-key`)).body).toEqual({ vapid_public_key: 'BKey' });
  });

  it('lets pages of any origin call, and read what SDKs read', async () => {
    for (const path of [
      '/api/enroll',
      device,
      '/api/resolve-transaction',
      '/api/push-key',
      `${device}/events`,
    ]) {
      const preflight = await send(`${mount}${path}`, {
        method: 'OPTIONS',
        headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'PATCH' },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.response.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': expect.stringMatching(
          /Authorization, Content-Type.*MFA-DPoP.*X-Global-Tracking-Id/,
        ),
      });
    }
    const { response } = await send(`${mount}${device}`, {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('X-RateLimit-Reset, Retry-After'),
    });
    expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
  });
});

describe('rich consents', () => {
  const path = '/rich-consents/cns_1';

  it('are told to who proves to hold the key', async () => {
    const headers = { authorization: 'MFA-DPoP rt', 'mfa-dpop': 'a.b.c' };
    expect((await send(path, { headers })).body).toEqual({
      id: 'cns_1',
      requested_details: { audience: 'https://api.example.com/', scope: ['openid'] },
      created_at: '2026-01-15T12:00:00.000Z',
      expires_at: '2026-01-15T12:02:00.000Z',
    });
    const urls = ['https://login.example.com/rich-consents/cns_1'];
    const proof = { jws: 'a.b.c', method: 'GET', urls, requestToken: 'rt' };
    expect(desk.asked).toEqual([['consent', 'cns_1', proof]]);
  });

  it('are refused without a proof, or by the wrong scheme, or where there is none', async () => {
    expect((await send(path, { headers: { authorization: 'MFA-DPoP rt' } })).body).toMatchObject({
      statusCode: 403,
      errorCode: 'invalid_dpop_assertion',
    });
    expect((await send(path, { headers: { authorization: 'Bearer rt' } })).body).toMatchObject({
      statusCode: 401,
      errorCode: 'invalid_bearer_format',
    });
    desk.refusal = 'unknown_request';
    const headers = { authorization: 'MFA-DPoP rt', 'mfa-dpop': 'a.b.c' };
    expect((await send(path, { headers })).body).toMatchObject({
      statusCode: 404,
      errorCode: 'consent_not_found',
    });
  });
});

describe('refusals', () => {
  it.each([
    ['unknown_ticket', 404, 'enrollment_transaction_not_found'],
    ['malformed_device', 400, 'invalid_body'],
    ['unsupported_device', 403, 'feature_disabled_by_admin'],
    ['unknown_device', 404, 'enrollment_not_found'],
    ['unknown_request', 404, 'invalid_token'],
    ['request_over', 404, 'login_transaction_not_found'],
    ['invalid_answer', 401, 'invalid_challenge'],
    ['number_mismatch', 401, 'number_mismatch'],
    ['invalid_possession', 403, 'invalid_dpop_assertion'],
    ['factor_disabled', 403, 'feature_disabled_by_admin'],
    ['locked', 429, 'too_many_attempts'],
    ['rate_limited', 429, 'too_many_requests'],
  ] as const)('%s is %i %s', async (code, status, errorCode) => {
    desk.refusal = code;
    const answer = await send('/appliance-mfa/api/resolve-transaction', {
      method: 'POST',
      headers: { authorization: 'Bearer rt' },
      body: { challenge_response: 'a.b.c' },
    });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ statusCode: status, errorCode });
    expectProblem(answer.body);
    // As the widget spells them.
    const names = answer.response.rawHeaders.filter((_, index) => index % 2 === 0);
    expect(names).toEqual(
      expect.arrayContaining(['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']),
    );
    expect(answer.response.headers).toMatchObject({
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(now / 1000 + 60),
      'retry-after': '60',
    });
  });

  it.each([
    ['nothing', undefined, 401, 'invalid_token'],
    ['another scheme', 'Basic YTpi', 401, 'invalid_bearer_format'],
    ['two tokens', 'Bearer a b', 401, 'invalid_bearer_format'],
    ['a ticket', 'Ticket id="a"', 401, 'invalid_bearer_format'],
    [
      'a token that says it is too old',
      `Bearer e30.${Buffer.from('{"exp":5.5}').toString('base64url')}.x`,
      401,
      'invalid_token',
    ],
  ])('%s as authorization of a device', async (_what, authorization, status, errorCode) => {
    for (const path of [device, `${device}/request`, `${device}/events`]) {
      const { body } = await send(path, { headers: authorization === undefined ? {} : { authorization } });
      expect(body).toMatchObject({ statusCode: status, errorCode });
      expectProblem(body);
    }
    expect(desk.asked).toEqual([]);
  });

  it.each([['Ticket abc'], ['Ticket id=abc'], ['Ticket id="a b"'], ['Ticket id=""'], ['Bearer abc']])(
    '%s as authorization of an enrolment',
    async (authorization) => {
      const sent = { method: 'POST', headers: { authorization }, body: presented };
      expect((await send('/api/enroll', sent)).body).toMatchObject({ errorCode: 'invalid_bearer_format' });
    },
  );

  it('S-13 S-89 what is malformed, in this contract’s shape', async () => {
    const cases: [string, unknown, number, RegExp?][] = [
      ['no JSON', '{', 400, /no valid JSON/],
      ['a key twice', '{"name":"a","name":"b"}', 400, /twice/],
      ['a prototype', '{"__proto__":{}}', 400, /not allowed/],
      ['an array', '[]', 400],
      ['nothing', undefined, 400],
      ['no key', { ...presented, public_key: undefined }, 400, /public_key/],
      ['a number as name', { ...presented, name: 5 }, 400, /name/],
      ['a long name', { ...presented, name: 'x'.repeat(1001) }, 400, /name/],
      ['credentials as text', { ...presented, push_credentials: 'x' }, 400],
      ['too much', { ...presented, more: 'x'.repeat(65_536) }, 413],
      ['a null character', { ...presented, name: 'a\0' }, 400, /Null/],
    ];
    for (const [what, body, status, message] of cases) {
      const answer = await send('/guardian/api/enroll', { method: 'POST', headers: ticket, body });
      expect([what, answer.status, answer.body.errorCode]).toEqual([what, status, 'invalid_body']);
      expectProblem(answer.body);
      if (message) expect(answer.body.message).toMatch(message);
    }
    const wrongType = await send('/guardian/api/enroll', {
      method: 'POST',
      headers: { ...ticket, 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(wrongType.body).toMatchObject({ statusCode: 415, errorCode: 'invalid_body' });
    for (const query of ['wait=26', 'wait=-1', 'wait=1.5', 'wait=1&wait=2', `known=${'x'.repeat(200)}`]) {
      const { body } = await send(`${device}/request?${query}`, { headers: bearer });
      expectProblem(body);
      expect(body.statusCode).toBe(400);
    }
    expect(desk.asked).toEqual([]);
  });
});

function expectProblem(body: Record<string, unknown>): void {
  const { statusCode, ...texts } = body;
  expect(typeof statusCode).toBe('number');
  expect(Object.keys(texts).sort()).toEqual(['description', 'error', 'errorCode', 'message']);
  for (const text of Object.values(texts)) expect(typeof text).toBe('string');
}

describe('a device that waits', () => {
  const path = (query: string) => `${device}/request?${query}`;

  it('is answered at once when there is a request that it does not know', async () => {
    desk.request = requestOf();
    expect((await send(path('wait=25'), { headers: bearer })).body).toEqual(shown);
    expect((await send(path('wait=25&known=cns_0'), { headers: bearer })).body).toEqual(shown);
    desk.request = undefined;
    expect((await send(path('wait=25&known=cns_1'), { headers: bearer })).body).toEqual({ request: null });
  });

  it('is answered within 300 ms of a change', async () => {
    for (const [known, before, after, answer] of [
      ['', undefined, requestOf(), shown],
      ['&known=cns_1', requestOf(), undefined, { request: null }],
    ] as const) {
      desk.request = before;
      const waiting = send(path(`wait=25${known}`), { headers: bearer });
      await until(() => desk.waiting === 1);
      const changedAt = performance.now();
      desk.change({ request: after });
      expect((await waiting).body).toEqual(answer);
      expect(performance.now() - changedAt).toBeLessThan(300);
    }
    await until(() => waiters.count === 0 && desk.waiting === 0);
  });

  it('hears that there is none when the time is over', async () => {
    const began = performance.now();
    expect((await send(path('wait=1'), { headers: bearer })).body).toEqual({ request: null });
    expect(performance.now() - began).toBeGreaterThan(900);
    expect([waiters.count, desk.waiting]).toEqual([0, 0]);
  });

  it('waits in two calls at the most; the oldest gives way', async () => {
    const calls = [];
    for (const count of [1, 2, 2]) {
      calls.push(send(path('wait=25'), { headers: bearer }));
      await until(() => desk.waiting === count && waiters.count === count);
    }
    expect((await calls[0])?.body).toEqual({ request: null });
    desk.change({ request: requestOf() });
    expect((await Promise.all(calls)).map(({ body }) => body)).toEqual([{ request: null }, shown, shown]);
  });

  it('is asked to come back when too many wait', async () => {
    const full = ['a', 'b', 'c'].map((owner) => waiters.enter(owner));
    for (const url of [path('wait=25'), `${device}/events`]) {
      const answer = await send(url, { headers: bearer });
      expect(answer.body).toMatchObject({ statusCode: 429, errorCode: 'too_many_requests' });
      expect(answer.response.headers['retry-after']).toBe('5');
    }
    for (const seat of full) seat?.leave();
  });

  it('S-55 is told off when it is removed meanwhile', async () => {
    const waiting = send(path('wait=25'), { headers: bearer });
    await until(() => desk.waiting === 1);
    desk.change({ isRemoved: true });
    expect((await waiting).body).toMatchObject({ statusCode: 404, errorCode: 'enrollment_not_found' });
  });

  it('is answered when the server closes, and leaves nothing when it hangs up', async () => {
    const gone = begin(path('wait=25'), { headers: bearer });
    gone.on('error', () => {});
    await until(() => desk.waiting === 1);
    gone.destroy();
    await until(() => desk.waiting === 0 && waiters.count === 0);
    const waiting = send(path('wait=25'), { headers: bearer });
    await until(() => desk.waiting === 1);
    await close();
    expect((await waiting).body).toEqual({ request: null });
  });
});

describe('a device that listens', () => {
  async function listen() {
    const [response] = (await once(begin(`${device}/events`, { headers: bearer }), 'response')) as [
      IncomingMessage,
    ];
    const heard: string[] = [];
    response.setEncoding('utf8').on('data', (text: string) => void heard.push(text));
    return { response, heard, ended: once(response, 'end') };
  }

  it('hears of each change, and that it was removed by the end of the stream (S-55)', async () => {
    const { response, heard, ended } = await listen();
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    await until(() => heard.length === 1 && desk.waiting === 1);
    desk.change({ request: requestOf() });
    await until(() => heard.length === 2 && desk.waiting === 1);
    desk.change({});
    await until(() => desk.waiting === 1);
    desk.change({ request: undefined });
    await until(() => heard.at(-1) === heard[0]);
    expect(heard.filter((text) => text !== ':\n\n')).toEqual([
      'event: request\ndata: {"request":null}\n\n',
      `event: request\ndata: ${JSON.stringify(shown)}\n\n`,
      'event: request\ndata: {"request":null}\n\n',
    ]);
    await until(() => desk.waiting === 1);
    desk.change({ isRemoved: true });
    await ended;
    await until(() => waiters.count === 0 && desk.waiting === 0);
  });

  it('hears that a request is too old', async () => {
    desk.request = requestOf({ expiresAt: now + 50 });
    const { heard, response } = await listen();
    await until(() => heard.length === 1);
    desk.request = undefined;
    await until(() => heard.length === 2);
    expect(heard[1]).toBe('event: request\ndata: {"request":null}\n\n');
    response.destroy();
    await until(() => waiters.count === 0);
  });

  it('is refused by an answer, not by a stream', async () => {
    desk.isRemoved = true;
    expect((await send(`${device}/events`, { headers: bearer })).body).toMatchObject({ statusCode: 404 });
    expect(waiters.count).toBe(0);
  });

  it('ends with the server, with a third listener and when it hangs up', async () => {
    const first = await listen();
    const second = await listen();
    await until(() => desk.waiting === 2);
    const third = await listen();
    await first.ended;
    second.response.destroy();
    await until(() => waiters.count === 1 && desk.waiting === 1);
    await close();
    await third.ended;
    expect(waiters.count).toBe(0);
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It did not come true within two seconds.');
}
