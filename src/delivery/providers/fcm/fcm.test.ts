import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { midday } from '../../../../test/support/delivery.ts';
import { providerTools } from '../../../../test/support/providerTools.ts';
import { pushTo } from '../../../../test/support/pushes.ts';
import { type FcmSimulator, startFcm } from '../../../../test/support/simulators/fcm.ts';
import { readOnAndroid } from '../../../../test/support/simulators/guardianDevices.ts';
import { createOutboundClient } from '../../../outbound/createOutboundClient.ts';
import type { PushMessage } from '../../push/pushMessage.ts';
import type { Provider } from '../provider.ts';
import { fcm as definition } from './fcm.ts';

const minute = 60_000;
const signal = new AbortController().signal;

let now: number;
let google: FcmSimulator;
let provider: Provider<PushMessage<string>>;

const create = (account: object = {}, settings: object = {}, tools: object = {}) =>
  definition.create(
    {
      settings: { baseUrl: google.origin, ...settings },
      credentials: { serviceAccount: JSON.stringify({ ...google.serviceAccount, ...account }) },
    },
    { ...providerTools({ clock: () => now, allow: [google.origin] }), ...tools },
  );
const send = (message = pushTo(google.register()), by = provider) => by.send(message, signal);

beforeEach(async () => {
  now = midday;
  google = await startFcm({ clock: () => now });
  provider = create();
});
afterEach(() => google.close());

describe('Firebase Cloud Messaging', () => {
  it('takes data that Guardian’s library reads, and shows nothing by itself', async () => {
    const token = google.register();
    const { providerMessageId } = await send(pushTo(token, { expiresAt: midday + 90_500 }));
    expect(providerMessageId).toBe('0:1%31bd1c9631bd1c96');
    const [message] = google.messages;
    expect(message).toMatchObject({
      token,
      android: { priority: 'HIGH', ttl: '91s', collapse_key: 'dev_0123456789abcdef' },
    });
    expect(Object.keys(message ?? {}).sort()).toEqual(['android', 'data', 'token']);
    expect(readOnAndroid(message?.data ?? {})).toMatchObject({ transactionToken: 'request-token-canary' });
  });

  it('S-52 is told nothing of the person and the application, and only bearers that need the device’s key', async () => {
    await send();
    const names = Object.keys(google.messages[0]?.data ?? {});
    expect(names.sort()).toEqual(['c', 'd', 'dai', 'l', 's', 'sh', 'txlnkid', 'txtkn']);
    expect(JSON.stringify(google.messages)).not.toMatch(/Acme|logging in/);
  });

  it('keeps an access token until shortly before it expires', async () => {
    await Promise.all([send(), send(), send()]);
    now += 54 * minute;
    await send();
    expect(google.issued).toHaveLength(1);
    now += 2 * minute;
    await send();
    expect(google.issued).toHaveLength(2);
    expect(google.messages).toHaveLength(5);
  });

  it('fetches another one when the service takes it no more', async () => {
    await send();
    google.revoke();
    await expect(send()).rejects.toMatchObject({ kind: 'configuration', code: 'UNAUTHENTICATED' });
    await send();
    expect(google.issued).toHaveLength(2);
  });

  it.each([
    [
      { status: 400, body: '{"error":"invalid_grant","error_description":"canary"}' },
      'configuration',
      'invalid_grant',
    ],
    [{ status: 401, body: '{"error":"deleted_client"}' }, 'configuration', 'deleted_client'],
    [{ status: 503, body: '<html>canary' }, 'retry', 'http_503'],
    [{ status: 200, body: '<html>canary' }, 'retry', 'unreadable_token'],
    [{ status: 200, body: '{"access_token":"a\\r\\nb","expires_in":60}' }, 'retry', 'unreadable_token'],
  ] as const)('a token endpoint that answers %j has taken nothing: %s', async (answer, kind, code) => {
    google.refuseTokens(answer);
    await expect(send()).rejects.toMatchObject({ kind, code });
    google.refuseTokens(undefined);
    await send();
  });

  it('so does one that doesn’t answer', async () => {
    google.misbehave('takeThenReset');
    await expect(send()).rejects.toMatchObject({ kind: 'retry', code: 'ECONNRESET' });
  });

  it('a device that has the application no more is gone', async () => {
    const token = google.register();
    google.unregister(token);
    await expect(send(pushTo(token))).rejects.toMatchObject({ kind: 'gone', code: 'UNREGISTERED' });
  });

  it('a token that is none gives up this message and no device: it may be our request that is wrong', async () => {
    await expect(send(pushTo('nonsense-token'))).rejects.toMatchObject({
      kind: 'final',
      code: 'INVALID_ARGUMENT',
    });
  });

  it.each([
    ['SENDER_ID_MISMATCH', 403, 'final'],
    ['QUOTA_EXCEEDED', 429, 'retry'],
    ['UNAVAILABLE', 503, 'retry'],
    ['INTERNAL', 500, 'retry'],
    ['THIRD_PARTY_AUTH_ERROR', 401, 'configuration'],
    ['INVALID_ARGUMENT', 400, 'final'],
    ['UNREGISTERED', 404, 'gone'],
  ])('%s (%i) is %s', async (code, status, kind) => {
    google.refuse(code, status);
    await expect(send()).rejects.toMatchObject({ kind, code });
  });

  it('another project’s name is a fault of the configuration', async () => {
    await expect(send(undefined, create({ project_id: 'other' }))).rejects.toMatchObject({
      kind: 'configuration',
      code: 'NOT_FOUND',
    });
  });

  it('can be asked whether it lets us in', async () => {
    await provider.check?.(signal);
    expect(google.messages).toEqual([]);
    const other = create({ project_id: 'other' });
    await expect(other.check?.(signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    google.refuseTokens({ status: 400, body: '{"error":"invalid_grant"}' });
    await expect(create().check?.(signal)).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  it.each([
    ['no JSON', 'x'.repeat(200)],
    ['another kind of file', JSON.stringify({ type: 'authorized_user', client_email: 'a@b.example' })],
  ])('%s is no service account', (_name, text) => {
    const make = () =>
      definition.create(
        { settings: {}, credentials: { serviceAccount: text } },
        providerTools({ clock: () => now }),
      );
    expect(make).toThrow(/^not delivered \(configuration\): service_account$/);
  });

  it.each([
    ['nonsense', 'canary'],
    [
      'a key of another kind',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    ],
  ])('S-105 %s in place of its key is refused, and not repeated', (_name, key) => {
    expect(() => create({ private_key: key })).toThrow(
      /^not delivered \(configuration\): service_account_key$/,
    );
  });

  it('takes nothing that is too large', async () => {
    const message = pushTo(google.register(), { requestToken: 'x'.repeat(4000) });
    await expect(send(message)).rejects.toMatchObject({ kind: 'final', code: 'too_large' });
    expect(google.messages).toEqual([]);
    await send(pushTo(google.register(), { requestToken: 'x'.repeat(3500) }));
  });

  it('S-92 goes out through the guard, the address in the account’s file too', async () => {
    const guarded = { http: createOutboundClient() };
    for (const tokenUri of [
      google.serviceAccount.token_uri,
      'http://8.8.8.8/token',
      'https://10.0.0.1/token',
    ]) {
      const other = create({ token_uri: tokenUri }, {}, guarded);
      await expect(send(undefined, other)).rejects.toMatchObject({ kind: 'configuration' });
    }
    expect(google.issued).toEqual([]);
  });
});
