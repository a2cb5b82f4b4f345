import { describe, expect, it } from 'vitest';
import { makePushDevice, webPushCredentials } from '../../../test/support/pushDevice.ts';
import { readChange, readDevice } from './readDevice.ts';

const app = makePushDevice();
const ios = makePushDevice({ kind: 'ios' });
const android = makePushDevice({ kind: 'android' });

it('reads what Auth0’s libraries and our own app hand over', () => {
  expect(readDevice(ios.presented())).toMatchObject({
    identifier: ios.identifier,
    name: 'Ann’s phone',
    key: { kty: 'RSA' },
    push: { service: 'APNS', target: expect.any(String) as string },
    matchesNumbers: false,
  });
  expect(readDevice(android.presented())).toMatchObject({ push: { service: 'GCM' }, matchesNumbers: false });
  expect(readDevice(app.presented())).toEqual({
    identifier: app.identifier,
    name: 'Ann’s phone',
    key: { kty: 'EC', crv: 'P-256', x: app.publicKey.x, y: app.publicKey.y },
    matchesNumbers: true,
  });
});

it('ignores what it doesn’t know, as libraries add members', () => {
  expect(readDevice(app.presented({ more: { nested: true } }))).toEqual(readDevice(app.presented()));
});

it.each<[string, Record<string, unknown>]>([
  ['no identifier', { identifier: undefined }],
  ['an empty identifier', { identifier: '' }],
  ['a long identifier', { identifier: 'x'.repeat(129) }],
  ['an identifier with a line break', { identifier: 'a\nb' }],
  ['a list of identifiers', { identifier: ['a'] }],
  ['no name', { name: undefined }],
  ['a name of which nothing is seen', { name: '\u202e\u200b ' }],
  ['an endless name', { name: 'x'.repeat(1001) }],
  ['no key', { public_key: undefined }],
  ['a private key', { public_key: { ...app.publicKey, d: app.publicKey.x } }],
  ['push credentials that are none', { push_credentials: null }],
  ['a word for number matching', { number_matching: 'true' }],
])('refuses %s', (_what, change) => {
  expect(readDevice(app.presented(change))).toBeUndefined();
});

it.each([undefined, null, 'device', 7, []])('refuses %j', (input) => {
  expect(readDevice(input)).toBeUndefined();
});

it('S-53 a name is one line of plain text, cut to fifty characters', () => {
  expect(readDevice(app.presented({ name: ' Ann’s\u202e\n phone\t' }))?.name).toBe('Ann’s phone');
  expect(readDevice(app.presented({ name: '😀'.repeat(80) }))?.name).toBe('😀'.repeat(50));
});

describe('push credentials', () => {
  const read = (push_credentials: unknown) => readDevice(app.presented({ push_credentials }))?.push;
  const web = webPushCredentials();
  const subscription = JSON.parse(web.token) as { endpoint: string; keys: Record<string, string> };
  const webWith = (change: object) => ({
    ...web,
    token: JSON.stringify({ ...subscription, ...change }),
  });

  it.each(['APNS', 'apns', 'Apns'])('are known in any letters: %s', (service) => {
    expect(read({ service, token: 'AB01'.repeat(16) })).toEqual({
      service: 'APNS',
      target: 'ab01'.repeat(16),
    });
  });

  it('of a browser keep what is needed to send', () => {
    const { endpoint, keys } = subscription;
    expect(read(web)).toEqual({ service: 'WEBPUSH', target: { endpoint, keys } });
  });

  it.each<[string, unknown]>([
    ['of a service that isn’t known', { service: 'WNS', token: 'ab01'.repeat(16) }],
    ['of a service that every object has', { service: 'constructor', token: 'ab01'.repeat(16) }],
    ['without a token', { service: 'APNS' }],
    ['with a list of tokens', { service: 'APNS', token: ['ab01'.repeat(16)] }],
    ['for Apple with something else than hex', { service: 'APNS', token: '../'.repeat(12) }],
    ['for Google with a line break', { service: 'GCM', token: `${'a'.repeat(100)}\r\n` }],
    ['of a browser that aren’t JSON', { service: 'WEBPUSH', token: 'https://push.example.com' }],
    ['of a browser in plain http', webWith({ endpoint: 'http://push.example.com/a' })],
    ['of a browser with a password in the address', webWith({ endpoint: 'https://a:b@push.example.com/' })],
    ['of a browser without keys', webWith({ keys: {} })],
    [
      'of a browser with a short secret',
      webWith({ keys: { ...subscription.keys, auth: Buffer.alloc(8).toString('base64url') } }),
    ],
    [
      'of a browser with a point off the curve',
      webWith({ keys: { ...subscription.keys, p256dh: Buffer.alloc(65, 4).toString('base64url') } }),
    ],
  ])('%s are refused', (_what, credentials) => {
    expect(read(credentials)).toBeUndefined();
    expect(readDevice(app.presented({ push_credentials: credentials }))).toBeUndefined();
  });
});

describe('a change', () => {
  it('has what it names, and nothing else', () => {
    expect(readChange({})).toEqual({});
    expect(readChange({ name: ' New ', public_key: app.publicKey, number_matching: false })).toEqual({
      name: 'New',
    });
    expect(readChange({ push_credentials: webPushCredentials() })).toMatchObject({
      push: { service: 'WEBPUSH' },
    });
  });

  it.each([{ name: '' }, { identifier: 7 }, { push_credentials: {} }, [], null])(
    'of the wrong form is refused: %j',
    (input) => {
      expect(readChange(input)).toBeUndefined();
    },
  );
});
