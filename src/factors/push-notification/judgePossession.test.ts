import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makePushDevice, type PushDevice } from '../../../test/support/pushDevice.ts';
import { judgePossession } from './judgePossession.ts';
import { readDevice } from './readDevice.ts';
import type { EnrolledState } from './state.ts';

const now = Date.UTC(2026, 0, 15, 12, 0, 0, 700);
const clock = () => now;
const url = 'https://login.example.com/rich-consents/cns_1';
const requestToken = 'aValidTransactionToken';

const stateOf = (device: PushDevice) =>
  ({ ...readDevice(device.presented()), tokenHash: '' }) as EnrolledState;

function judge(device: PushDevice, jws: string) {
  const proof = { jws, method: 'GET', urls: [url, 'http://localhost/rich-consents/cns_1'], requestToken };
  return judgePossession(clock, stateOf(device), proof);
}

const ios = makePushDevice({ kind: 'ios', clock });
const app = makePushDevice({ clock });

it('the digest of the bearer is that of Auth0’s published vector', () => {
  const ath = createHash('sha256').update(requestToken).digest('base64url');
  expect(ath).toBe('CzMD9-OOC7tzMpYDBdgrSUtmhx8Jw9cZMSf4KXVRC5A');
});

describe.each([ios, app])('a proof of $kind', (device) => {
  const prove = (claims = {}) => device.possession({ requestToken, url, claims });

  it('is good for its request, and tells the id that may not come again', async () => {
    expect(await judge(device, prove({ jti: 'once' }))).toEqual({ id: 'once' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['for another address', { htu: 'https://login.example.com/rich-consents/cns_2' }],
    ['for another host', { htu: 'https://login.example.org/rich-consents/cns_1' }],
    ['for another method', { htm: 'POST' }],
    ['for another bearer', { ath: createHash('sha256').update('other').digest('base64url') }],
    ['for no bearer', { ath: undefined }],
    ['that is old', { iat: now / 1000 - 301 }],
    ['from the future', { iat: now / 1000 + 61 }],
    ['without a time', { iat: undefined }],
    ['without an id', { jti: undefined }],
    ['with an empty id', { jti: '' }],
    ['with an endless id', { jti: 'x'.repeat(129) }],
    ['with a number for an id', { jti: 7 }],
  ])('S-51 %s is refused', async (_what, claims) => {
    expect(await judge(device, prove(claims))).toBeUndefined();
  });

  it('S-51 by another key is refused, whichever key its header shows', async () => {
    const other = makePushDevice({ kind: device.kind, clock });
    expect(await judge(device, other.possession({ requestToken, url }))).toBeUndefined();
    const claims = {
      ...{ htu: url, htm: 'GET', jti: 'a', iat: now / 1000 },
      ath: createHash('sha256').update(requestToken).digest('base64url'),
    };
    const header = { typ: 'dpop+jwt', jwk: device.publicKey };
    expect(await judge(device, device.sign(claims, header))).toEqual({ id: 'a' });
    expect(await judge(device, other.sign(claims, header))).toBeUndefined();
    expect(await judge(device, device.sign(claims, { ...header, jwk: other.publicKey }))).toBeUndefined();
    expect(await judge(device, device.sign(claims, { typ: 'dpop+jwt' }))).toBeUndefined();
    expect(await judge(device, device.sign(claims, { ...header, typ: 'JWT' }))).toBeUndefined();
  });

  it('S-51 whose header brings a private key is refused', async () => {
    const jwk = device.privateKey.export({ format: 'jwk' });
    const header = { typ: 'dpop+jwt', jwk: { ...device.publicKey, d: jwk.d } };
    const claims = {
      ...{ htu: url, htm: 'GET', jti: 'a', iat: now / 1000 },
      ath: createHash('sha256').update(requestToken).digest('base64url'),
    };
    expect(await judge(device, device.sign(claims, header))).toBeUndefined();
  });
});
