import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { midday } from '../../../../test/support/delivery.ts';
import { providerTools } from '../../../../test/support/providerTools.ts';
import { pushTo } from '../../../../test/support/pushes.ts';
import { type ApnsSimulator, startApns } from '../../../../test/support/simulators/apns.ts';
import fixture from '../../../../test/support/simulators/apnsCertificate.json' with { type: 'json' };
import { readOnIos } from '../../../../test/support/simulators/guardianDevices.ts';
import { connectionKeeper } from '../../../outbound/keptConnection.ts';
import type { PushMessage } from '../../push/pushMessage.ts';
import type { Provider } from '../provider.ts';
import { apns as definition } from './apns.ts';

const minute = 60_000;
const signal = new AbortController().signal;
const bundleId = 'com.example.app';
const keyId = 'ABCDE12345';
const teamId = 'TEAM567890';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

type Apns = Provider<PushMessage<string>>;
type Config = Parameters<typeof definition.create>[0];

let now: number;
const clock = () => now;
let apple: ApnsSimulator;
let provider: Apns;

function create(
  settings: Partial<Config['settings']> = {},
  credentials: Config['credentials'] = { privateKey: p8 },
  tools: Partial<Parameters<typeof definition.create>[1]> = {},
): Apns {
  const ways = 'p12' in credentials ? {} : { keyId, teamId };
  const given = { ...providerTools({ clock, allow: [apple.origin], timeoutMs: 5000 }), ...tools };
  return definition.create(
    { settings: { bundleId, baseUrl: apple.origin, ...ways, ...settings }, credentials },
    given,
  );
}

const send = (message = pushTo(apple.register()), by = provider) => by.send(message, signal);
const tokens = () => apple.requests.map(({ authorization }) => authorization);

beforeEach(async () => {
  now = midday;
  apple = await startApns({ clock, topic: bundleId, access: { keyId, teamId, publicKey } });
  provider = create();
});
afterEach(async () => {
  provider.close?.();
  await apple.close();
});

describe('Apple’s push service', () => {
  it('takes a notification that Guardian’s library reads', async () => {
    const token = apple.register();
    const { providerMessageId } = await send(pushTo(token, { expiresAt: midday + 90_500 }));
    expect(providerMessageId).toMatch(/^[0-9a-f-]{36}$/);
    const [notification] = apple.received;
    expect(notification?.token).toBe(token);
    expect(notification?.headers).toMatchObject({
      'apns-topic': bundleId,
      'apns-push-type': 'alert',
      'apns-priority': '10',
      'apns-expiration': String(Math.floor((midday + 90_500) / 1000)),
      'apns-collapse-id': 'dev_0123456789abcdef',
    });
    expect(readOnIos(notification?.payload ?? {})).toMatchObject({
      transactionToken: 'request-token-canary',
    });
  });

  it('S-52 is told nothing of the person and the application, and only bearers that need the device’s key', async () => {
    await send();
    const { aps = {}, mfa = {} } = (apple.received[0]?.payload ?? {}) as { aps?: object; mfa?: object };
    expect(Object.keys(aps).sort()).toEqual(['alert', 'category', 'sound']);
    expect(Object.keys(mfa).sort()).toEqual(['c', 'd', 'dai', 'l', 's', 'sh', 'txlnkid', 'txtkn']);
  });

  it('keeps one connection, for requests at the same time too', async () => {
    await Promise.all(Array.from({ length: 10 }, () => send()));
    await send();
    expect(apple.received).toHaveLength(11);
    expect(apple.connections.opened).toBe(1);
    provider.close?.();
    await expect.poll(() => apple.connections.open).toBe(0);
  });

  it('is connected to anew after it closed the connection, announced or not', async () => {
    await send();
    apple.misbehave('goaway');
    await send();
    await expect.poll(() => apple.connections.open).toBe(0);
    await send();
    apple.dropConnections();
    await expect.poll(() => send().catch(() => undefined)).toBeDefined();
    expect(apple.connections.opened).toBe(3);
  });

  describe('by token', () => {
    it('uses one for forty minutes, then a new one', async () => {
      await send();
      now += 39 * minute;
      await send();
      now += 2 * minute;
      await send();
      now += 39 * minute;
      await send();
      const used = tokens();
      expect(used[0]).toBe(used[1]);
      expect(used[2]).not.toBe(used[1]);
      expect(used[3]).toBe(used[2]);
      expect(apple.received).toHaveLength(4);
    });

    it('takes a new one when the service calls it too old, but not within twenty minutes', async () => {
      await send();
      apple.misbehave({ status: 403, reason: 'ExpiredProviderToken' });
      await expect(send()).rejects.toMatchObject({ kind: 'configuration', code: 'ExpiredProviderToken' });
      await send();
      now += 21 * minute;
      apple.misbehave({ status: 403, reason: 'ExpiredProviderToken' });
      await expect(send()).rejects.toMatchObject({ code: 'ExpiredProviderToken' });
      await send();
      const used = tokens();
      expect(used[2]).toBe(used[0]);
      expect(used[4]).not.toBe(used[0]);
    });

    it.each([
      ['another key', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, {}],
      ['another key’s id', privateKey, { keyId: 'ZZZZZ99999' }],
      ['another team', privateKey, { teamId: 'ZZZZZ99999' }],
    ])('of %s is a fault of the configuration', async (_name, key, settings) => {
      const credentials = { privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
      const other = create(settings, credentials);
      await expect(send(undefined, other)).rejects.toMatchObject({
        kind: 'configuration',
        code: 'InvalidProviderToken',
      });
      await expect(other.check?.(signal)).rejects.toMatchObject({ code: 'InvalidProviderToken' });
      other.close?.();
    });
  });

  describe('by certificate', () => {
    const certified = { p12: fixture.p12, p12Password: fixture.password };
    let mutual: ApnsSimulator;

    beforeEach(async () => {
      mutual = await startApns({ clock, topic: bundleId, access: { certificate: fixture.certificate } });
    });
    afterEach(() => mutual.close());

    it('is let in', async () => {
      const tools = { keepConnection: connectionKeeper({ allow: [mutual.origin] }) };
      for (const credentials of [certified, { p12: fixture.openP12 }]) {
        const by = create({ baseUrl: mutual.origin }, credentials, tools);
        await by.check?.(signal);
        await send(pushTo(mutual.register()), by);
        by.close?.();
      }
      expect(mutual.received).toHaveLength(2);
      expect(mutual.received[0]?.headers).not.toHaveProperty('authorization');
    });

    it('without it nothing gets in', async () => {
      const tools = { keepConnection: connectionKeeper({ allow: [mutual.origin] }) };
      const by = create({ baseUrl: mutual.origin }, { privateKey: p8 }, tools);
      await expect(send(pushTo(mutual.register()), by)).rejects.toMatchObject({ kind: 'configuration' });
      expect(mutual.received).toEqual([]);
      by.close?.();
    });

    it.each([
      ['a wrong password', { p12: fixture.p12, p12Password: 'wrong' }, 'p12_password'],
      ['no password', { p12: fixture.p12 }, 'p12_password'],
      [
        'encryption of old',
        { p12: fixture.legacyP12, p12Password: fixture.password },
        'p12_encryption_too_old',
      ],
      ['something else', { p12: 'bm90aGluZw==' }, 'p12'],
    ])('with %s is refused before it is stored', (_name, credentials, code) => {
      expect(() => create({}, credentials)).toThrow(code);
    });
  });

  it.each([
    [{}, {}, 'private_key_or_p12_missing'],
    [{}, { privateKey: p8, p12: fixture.openP12 }, 'private_key_and_p12'],
    [{ keyId: undefined }, { privateKey: p8 }, 'key_id_or_team_id_missing'],
    [{}, { privateKey: 'x'.repeat(200) }, 'private_key'],
    [{ baseUrl: 'https://' }, { privateKey: p8 }, 'base_url'],
  ])('can’t be set with %j and such credentials', (settings, credentials, code) => {
    const given = settings as Partial<Config['settings']>;
    const make = () => create({ keyId, teamId, ...given }, credentials as Config['credentials']);
    expect(make).toThrow(`not delivered (configuration): ${code}`);
  });

  it('S-105 says nothing of a key that it can’t read', () => {
    expect(() => create({}, { privateKey: `canary ${'x'.repeat(200)}` })).toThrow(
      /^not delivered \(configuration\): private_key$/,
    );
  });

  it('a device that has the application no more, or never had, is gone', async () => {
    const token = apple.register();
    apple.unregister(token);
    await expect(send(pushTo(token))).rejects.toMatchObject({ kind: 'gone', code: 'Unregistered' });
    await expect(send(pushTo('ab'.repeat(32)))).rejects.toMatchObject({
      kind: 'gone',
      code: 'BadDeviceToken',
    });
  });

  it('another application’s id is a fault of the configuration', async () => {
    const other = create({ bundleId: 'com.example.other' });
    await expect(send(undefined, other)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'TopicDisallowed',
    });
    await expect(other.check?.(signal)).rejects.toMatchObject({ code: 'TopicDisallowed' });
    other.close?.();
  });

  it('can be asked whether it lets us in', async () => {
    await provider.check?.(signal);
    expect(apple.received).toEqual([]);
  });

  it.each([
    [400, 'DeviceTokenNotForTopic', 'final'],
    [400, 'BadCollapseId', 'final'],
    [400, 'BadTopic', 'configuration'],
    [403, 'BadCertificateEnvironment', 'configuration'],
    [403, 'Forbidden', 'configuration'],
    [410, 'ExpiredToken', 'gone'],
    [413, 'PayloadTooLarge', 'final'],
    [429, 'TooManyRequests', 'retry'],
    [429, 'TooManyProviderTokenUpdates', 'retry'],
    [500, 'InternalServerError', 'retry'],
    [503, 'Shutdown', 'retry'],
  ])('%i %s is %s', async (status, reason, kind) => {
    apple.misbehave({ status, reason });
    await expect(send()).rejects.toMatchObject({ kind, code: reason });
  });

  it('a page of somebody in between is judged by its status, and Retry-After is kept', async () => {
    apple.misbehave({ status: 503, headers: { 'retry-after': '17' } });
    await expect(send()).rejects.toMatchObject({ kind: 'retry', code: 'http_503', retryAfterSeconds: 17 });
    apple.misbehave({ status: 410 });
    await expect(send()).rejects.toMatchObject({ kind: 'configuration', code: 'http_410' });
  });

  it('a connection that breaks, an endless answer, a late one leave open what happened', async () => {
    for (const how of ['reset', 'endless'] as const) {
      apple.misbehave(how);
      await expect(send(), how).rejects.toMatchObject({ kind: 'unknown' });
    }
    const hasty = create({}, undefined, {
      keepConnection: connectionKeeper({ allow: [apple.origin], timeoutMs: 300 }),
    });
    apple.misbehave({ late: 1000 });
    await expect(send(undefined, hasty)).rejects.toMatchObject({ kind: 'unknown', code: 'timeout' });
    hasty.close?.();
  });

  it('a server that can’t be reached has taken nothing', async () => {
    const keepConnection = connectionKeeper({ allow: ['https://localhost:1'] });
    const nowhere = create({ baseUrl: 'https://localhost:1' }, undefined, { keepConnection });
    await expect(send(undefined, nowhere)).rejects.toMatchObject({ kind: 'retry', code: 'ECONNREFUSED' });
  });

  it('S-92 goes out through the guard', async () => {
    const other = create({}, undefined, { keepConnection: connectionKeeper() });
    await expect(send(undefined, other)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'private_address',
    });
  });

  it('takes nothing that is too large', async () => {
    const message = pushTo(apple.register(), { requestToken: 'x'.repeat(4000) });
    await expect(send(message)).rejects.toMatchObject({ kind: 'final', code: 'too_large' });
    expect(apple.requests).toEqual([]);
    const most = pushTo(apple.register(), { requestToken: 'x'.repeat(3500) });
    await send(most);
  });

  it('has a place for development builds', () => {
    const origins: string[] = [];
    const keepConnection = (origin: string) => {
      origins.push(origin);
      return { request: () => Promise.reject(new Error('not asked')), close: () => {} };
    };
    create({ baseUrl: undefined } as never, undefined, { keepConnection });
    create({ baseUrl: undefined, sandbox: true } as never, undefined, { keepConnection });
    expect(origins).toEqual(['https://api.push.apple.com', 'https://api.sandbox.push.apple.com']);
  });
});
