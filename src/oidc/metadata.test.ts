import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { databaseOpener } from '../../test/support/databases.ts';
import { callback, createTestOidc, issuer } from '../../test/support/oidc.ts';
import { systemClock } from '../config/clock.ts';
import { rotateSigningKeys } from '../crypto/signingKeys.ts';

const open = databaseOpener('sqlite');

afterEach(() => {
  vi.useRealTimers();
});

async function setUp() {
  const house = await createTestOidc(await open());
  const get = async (url: string) =>
    (await house.app.inject({ url, headers: { host: 'login.example.com' } })).json();
  return { house, get };
}

describe('discovery', () => {
  it('tells what SDKs look for', async () => {
    const { get } = await setUp();
    const document = await get('/.well-known/openid-configuration');
    expect(document).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}authorize`,
      token_endpoint: `${issuer}oauth/token`,
      userinfo_endpoint: `${issuer}userinfo`,
      mfa_challenge_endpoint: `${issuer}mfa/challenge`,
      jwks_uri: `${issuer}.well-known/jwks.json`,
      revocation_endpoint: `${issuer}oauth/revoke`,
      pushed_authorization_request_endpoint: `${issuer}oauth/par`,
      end_session_endpoint: `${issuer}oidc/logout`,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment', 'form_post', 'web_message'],
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: expect.arrayContaining(['RS256', 'PS256', 'ES256', 'EdDSA']),
      token_endpoint_auth_methods_supported: [
        'none',
        'client_secret_post',
        'client_secret_basic',
        'private_key_jwt',
      ],
      authorization_response_iss_parameter_supported: true,
      request_parameter_supported: false,
    });
    expect(document.grant_types_supported).toContain('http://auth0.com/oauth/grant-type/mfa-otp');
    expect(document.scopes_supported).toEqual(
      expect.arrayContaining(['openid', 'offline_access', 'profile', 'email']),
    );
    expect(document.claims_supported).toEqual(
      expect.arrayContaining(['sub', 'acr', 'amr', 'auth_time', 'sid', 'email']),
    );
    expect(await get('/.well-known/oauth-authorization-server')).toEqual(document);
  });
});

describe('signing keys', () => {
  it('are published without their private halves, each for one algorithm', async () => {
    const { get } = await setUp();
    const { keys } = await get('/.well-known/jwks.json');
    expect(keys.map((key: { alg: string }) => key.alg).sort()).toEqual(['ES256', 'EdDSA', 'PS256', 'RS256']);
    for (const key of keys) {
      expect(key).toMatchObject({ use: 'sig', kid: expect.any(String) });
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(secret);
    }
  });

  it('rotate under a running server: old tokens stay valid, new ones use the new key', async () => {
    const { house, get } = await setUp();
    const { client } = await house.addClient({ appType: 'spa' });
    await house.addApi({ identifier: 'api' });
    const userId = await house.addUser();
    const accessToken = async () => {
      const { code, verifier } = await house.browser().signIn(client.clientId, userId, { audience: 'api' });
      const { body } = await house.token({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        redirect_uri: callback,
        code,
        code_verifier: verifier,
      });
      return body.access_token as string;
    };
    const kidOf = async (token: string) => {
      const keySet = createLocalJWKSet(await get('/.well-known/jwks.json'));
      return (await jwtVerify(token, keySet, { issuer, audience: 'api' })).protectedHeader.kid;
    };
    const before = await accessToken();
    const oldKid = await kidOf(before);
    await rotateSigningKeys(house.database, house.vault, systemClock);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6_000 });
    const after = await accessToken();
    expect(await kidOf(before)).toBe(oldKid);
    expect(await kidOf(after)).not.toBe(oldKid);
    for (const token of [before, after]) {
      const headers = { host: 'login.example.com', authorization: `Bearer ${token}` };
      expect((await house.app.inject({ url: '/userinfo', headers })).statusCode).toBe(200);
    }
  });
});
