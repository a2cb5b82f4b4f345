import { expect, it } from 'vitest';
import { makePushDevice } from '../../../test/support/pushDevice.ts';
import { hashToken, isOwnBearer } from './judgeBearer.ts';
import { readDevice } from './readDevice.ts';
import type { EnrolledState } from './state.ts';

const now = Date.UTC(2026, 0, 15, 12);
const clock = () => now;
const context = { clock, hash: (value: string) => `hashed:${value}` };
const audience = 'https://login.example.com/appliance-mfa/api/device-accounts';
const owner = { deviceId: 'dev_0123456789abcdef', userId: 'auth0|ann' };
const device = makePushDevice({ kind: 'ios', clock });
const read = readDevice(device.presented());
const state = { ...read, tokenHash: hashToken(context, 'opaque') } as EnrolledState;

const isOwn = (jws: string) => isOwnBearer(context, state, { jws, audiences: [audience] }, owner);
const bearer = (claims = {}) => device.bearer({ ...owner, audience, claims });

it('a device is known by the token that it got and by what its key signs', async () => {
  expect(await isOwn('opaque')).toBe(true);
  expect(await isOwn(bearer())).toBe(true);
});

it('S-55 another token is none of its', async () => {
  for (const token of ['opaque2', 'Opaque', '', 'hashed:device-token:opaque']) {
    expect(await isOwn(token), token).toBe(false);
  }
});

it.each<[string, Record<string, unknown>]>([
  ['for another device', { iss: 'dev_other' }],
  ['for what the device calls itself', { iss: device.identifier }],
  ['for another person', { sub: 'auth0|bob' }],
  ['for nobody', { sub: undefined }],
  ['at another address', { aud: audience.replace('device-accounts', 'resolve-transaction') }],
  ['that is over', { iat: now / 1000 - 7261, exp: now / 1000 - 61 }],
  ['from the future', { iat: now / 1000 + 61, exp: now / 1000 + 100 }],
  ['that is good for more than two hours', { exp: now / 1000 + 7201 }],
  ['without an end', { exp: undefined }],
  ['without a beginning', { iat: undefined }],
])('S-51 a bearer %s is refused', async (_what, claims) => {
  expect(await isOwn(bearer(claims))).toBe(false);
});

it('S-51 what another key signed, or this key for another purpose, is refused', async () => {
  const other = makePushDevice({ kind: 'ios', clock });
  expect(await isOwn(other.bearer({ ...owner, audience }))).toBe(false);
  const claims = { aud: audience, iss: owner.deviceId, sub: owner.userId, exp: now / 1000 + 60 };
  expect(await isOwn(device.possession({ requestToken: 't', url: audience, claims }))).toBe(false);
});
