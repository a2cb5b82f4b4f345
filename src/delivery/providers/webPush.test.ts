import { createECDH } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeVapidIdentity, providerTools } from '../../../test/support/providerTools.ts';
import { openWebPush } from '../../../test/support/simulators/openWebPush.ts';
import { startWebPush, type WebPushSimulator } from '../../../test/support/simulators/webPush.ts';
import { createOutboundClient } from '../../outbound/createOutboundClient.ts';
import type { PushMessage } from '../push/pushMessage.ts';
import type { WebPushSubscription } from '../push/pushTarget.ts';
import type { VapidIdentity, WebPushTools } from './provider.ts';
import vector from './vectors/rfc8291.json' with { type: 'json' };
import { webPush } from './webPush.ts';

const now = Date.UTC(2026, 0, 15, 12);
const signal = new AbortController().signal;
const identity = makeVapidIdentity();

let service: WebPushSimulator;
beforeAll(async () => {
  service = await startWebPush({ clock: () => now });
});
afterAll(() => service.close());

function tools(changes: Partial<WebPushTools> = {}): WebPushTools {
  const given = providerTools({ clock: () => now, allow: [service.origin] });
  return { ...given, identify: async () => identity, ...changes };
}

function message(
  target: WebPushSubscription = service.subscribe(identity.publicKey),
  changes: Partial<PushMessage<WebPushSubscription>> = {},
): PushMessage<WebPushSubscription> {
  return {
    id: 'msg_1',
    createdAt: now,
    target,
    deviceId: 'dev_0123456789abcdef',
    requestToken: 'canary-token',
    challenge: 'canary-challenge',
    consentId: 'cns_canary',
    source: { browser: 'Canary', system: 'Canary' },
    place: 'Canary Islands',
    startedAt: now,
    expiresAt: now + 119_500,
    serverUrl: 'https://canary.example',
    title: 'Canary',
    body: 'Canary',
    ...changes,
  };
}

function send(
  push = message(),
  settings: { subject?: string; hosts?: string } = {},
  given: WebPushTools = tools(),
) {
  return webPush.create({ settings, credentials: {} }, given).send(push, signal);
}

describe('web push', () => {
  it('the simulator opens what RFC 8291 gives as its example', () => {
    const { receiver, body, plaintext } = vector;
    const keys = createECDH('prime256v1');
    keys.setPrivateKey(receiver.privateKey, 'base64url');
    expect(keys.getPublicKey('base64url')).toBe(receiver.publicKey);
    const auth = Buffer.from(receiver.auth, 'base64url');
    expect(openWebPush(Buffer.from(body, 'base64url'), { keys, auth })).toBe(plaintext);
  });

  it('S-52 wakes a device, encrypted and signed, and tells it nothing but which account to ask about', async () => {
    expect(await send()).toEqual({});
    const push = service.received.at(-1);
    expect(JSON.parse(push?.text ?? '')).toEqual({
      dai: 'dev_0123456789abcdef',
      exp: Math.floor((now + 119_500) / 1000),
    });
    expect(push).toMatchObject({
      ttlSeconds: 120,
      urgency: 'high',
      vapid: { aud: service.origin, sub: identity.subject },
    });
    const onTheWire = JSON.stringify(service.requests.at(-1));
    expect(onTheWire).not.toMatch(/canary-|cns_canary|Canary|dev_0123456789abcdef/);
  });

  it('a later push takes the place of one that waits for the same account on the device', async () => {
    const target = service.subscribe(identity.publicKey);
    await send(message(target));
    await send(message(target, { expiresAt: now + 60_000 }));
    await send(message(target, { deviceId: 'dev_other' }));
    const waiting = service.waiting(target).map(({ text }) => JSON.parse(text));
    expect(waiting).toMatchObject([
      { dai: 'dev_0123456789abcdef', exp: (now + 60_000) / 1000 },
      { dai: 'dev_other' },
    ]);
  });

  it('names the subject that is set', async () => {
    await send(message(), { subject: 'mailto:push@acme.example' });
    expect(service.received.at(-1)?.vapid.sub).toBe('mailto:push@acme.example');
  });

  it('a subscription that ended, or is unknown, is gone', async () => {
    const ended = service.subscribe(identity.publicKey);
    service.unsubscribe(ended);
    await expect(send(message(ended))).rejects.toMatchObject({ kind: 'gone', code: 'http_410' });
    const unknown = { ...ended, endpoint: `${service.origin}/send/nobody` };
    await expect(send(message(unknown))).rejects.toMatchObject({ kind: 'gone', code: 'http_404' });
  });

  it('a subscription for another server’s keys is refused', async () => {
    const target = service.subscribe(makeVapidIdentity().publicKey);
    await expect(send(message(target))).rejects.toMatchObject({ kind: 'configuration', code: 'http_403' });
  });

  it('so is a clock that is off by more than a day', async () => {
    const late = tools({ clock: () => now + 25 * 60 * 60 * 1000 });
    await expect(send(message(), {}, late)).rejects.toMatchObject({ code: 'http_403' });
  });

  it.each([
    [429, 'retry'],
    [503, 'retry'],
    [504, 'unknown'],
    [401, 'configuration'],
    [400, 'final'],
    [405, 'final'],
    [413, 'final'],
    [307, 'final'],
  ])('an answer of %i is %s', async (status, kind) => {
    service.misbehave({
      answer: { status, headers: { location: 'https://evil.example/', 'retry-after': '17' }, body: 'canary' },
    });
    const wait = kind === 'retry' ? { retryAfterSeconds: 17 } : {};
    await expect(send()).rejects.toMatchObject({ kind, code: `http_${status}`, ...wait });
  });

  it('a service that is slow, breaks off or pours out leaves open what happened', async () => {
    const patient = createOutboundClient({ allow: [service.origin], timeoutMs: 300 });
    service.misbehave({ late: 1500 });
    await expect(send(message(), {}, tools({ deviceHttp: patient }))).rejects.toMatchObject({
      kind: 'unknown',
      code: 'timeout',
    });
    for (const how of ['reset', 'endless'] as const) {
      service.misbehave(how);
      await expect(send()).rejects.toMatchObject({ kind: 'unknown' });
    }
  });

  it('keys that are none are found before anything leaves', async () => {
    const target = service.subscribe(identity.publicKey);
    const p256dh = `B${'A'.repeat(86)}`;
    const before = service.requests.length;
    const broken = message({ ...target, keys: { ...target.keys, p256dh } });
    await expect(send(broken)).rejects.toMatchObject({ kind: 'final', code: 'subscription' });
    expect(service.requests).toHaveLength(before);
  });

  it('what is too large for a push service does not leave', async () => {
    const push = message(undefined, { deviceId: 'x'.repeat(4000) });
    await expect(send(push)).rejects.toMatchObject({ kind: 'final', code: 'too_large' });
  });

  it.each([
    'https://127.0.0.1/push',
    'https://[::1]/push',
    'https://10.0.0.1/push',
    'https://169.254.169.254/latest/meta-data',
    'https://metadata.internal.localhost/push',
  ])('S-92 nothing is sent to %s, which a device named', async (endpoint) => {
    const deviceHttp = createOutboundClient({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    const push = message({ ...service.subscribe(identity.publicKey), endpoint });
    await expect(send(push, {}, tools({ deviceHttp }))).rejects.toMatchObject({
      kind: 'final',
      code: 'private_address',
    });
  });

  it('S-92 what operators allowed for addresses of their own is not open to devices', async () => {
    const deviceHttp = createOutboundClient();
    const given = tools({ deviceHttp });
    await expect(send(message(), {}, given)).rejects.toMatchObject({ code: 'private_address' });
    expect((await given.http.request({ method: 'GET', url: service.origin })).status).toBe(405);
  });

  it('S-92 only the hosts that are set may be named, where they are', async () => {
    const { hostname } = new URL(service.origin);
    for (const hosts of [
      hostname,
      `push.example,${hostname}`,
      `.example,.${hostname.slice(1)},${hostname}`,
    ]) {
      expect(await send(message(), { hosts })).toEqual({});
    }
    for (const hosts of ['push.example', '.example', `x${hostname}`, `.${hostname}`]) {
      await expect(send(message(), { hosts })).rejects.toMatchObject({
        kind: 'final',
        code: 'host_not_allowed',
      });
    }
  });

  it('can be asked whether our keys are there', async () => {
    const { check } = webPush.create({ settings: {}, credentials: {} }, tools());
    await check?.(signal);
    const broken = tools({ identify: (): Promise<VapidIdentity> => Promise.reject(new Error('sealed')) });
    const other = webPush.create({ settings: {}, credentials: {} }, broken);
    await expect(other.check?.(signal)).rejects.toThrow('sealed');
  });

  it('one service’s failure opens no breaker: each device has its own', () => {
    expect(webPush.create({ settings: {}, credentials: {} }, tools()).isOneService).toBe(false);
  });
});
