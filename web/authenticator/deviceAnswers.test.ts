import type { webcrypto } from 'node:crypto';
import { decodeJwt, importJWK, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { answerClaims, bearerClaims } from './client/claims.js';
import { makeDeviceKey } from './client/deviceKey.js';
import { signJwt } from './client/jwt.js';

const now = Date.UTC(2026, 0, 15, 12) + 700;
const baseUrl = 'https://login.example.com/appliance-mfa';
const device = { baseUrl, identifier: 'A1', deviceId: 'dev_1', userId: 'auth0|1' };
const bound = {
  iss: 'A1',
  sub: 'challenge',
  aud: `${baseUrl}/api/resolve-transaction`,
  iat: 1_768_478_400,
  exp: 1_768_478_430,
  auth0_guardian_method: 'push',
};

describe('what a device signs', () => {
  it('S-51 an answer names device, challenge, server and decision', () => {
    expect(answerClaims(device, 'challenge', { isAccepted: true, number: '42' }, now)).toEqual({
      ...bound,
      auth0_guardian_accepted: true,
      countersign_number: '42',
    });
    expect(answerClaims(device, 'challenge', { isAccepted: true }, now)).toEqual({
      ...bound,
      auth0_guardian_accepted: true,
    });
  });

  it.each([
    [false, 'hack'],
    [true, 'mistake'],
  ])('a denial tells whether it was the person: %s', (wasMe, reason) => {
    expect(answerClaims(device, 'challenge', { isAccepted: false, wasMe }, now)).toEqual({
      ...bound,
      auth0_guardian_accepted: false,
      auth0_guardian_reason: reason,
    });
  });

  it('a bearer is for the calls of the device itself, and short-lived', () => {
    expect(bearerClaims(device, now)).toEqual({
      iss: 'dev_1',
      sub: 'auth0|1',
      aud: `${baseUrl}/api/device-accounts`,
      iat: 1_768_478_400,
      exp: 1_768_478_400 + 600,
    });
  });

  it('S-51 is verified by the public half, with ES256 and nothing else', async () => {
    const { signingKey, publicJwk } = await makeDeviceKey();
    const jwt = await signJwt(signingKey, { name: 'Zoë', sub: 'x' });
    const key = await importJWK(publicJwk);
    const { payload, protectedHeader } = await jwtVerify(jwt, key, { algorithms: ['ES256'] });
    expect(payload).toEqual({ name: 'Zoë', sub: 'x' });
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'JWT' });
    expect(decodeJwt(jwt)).toEqual(payload);
    expect(publicJwk).toEqual({
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      use: 'sig',
      x: expect.stringMatching(/^[\w-]{43}$/),
      y: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it('is signed by a key that nothing can read', async () => {
    const { signingKey } = await makeDeviceKey();
    const key = signingKey as unknown as webcrypto.CryptoKey;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', key)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  });
});
