import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { callback, Deployment } from '../deployment.ts';
import { call, get, postJson } from '../wireCalls.ts';

const { origin } = new URL(callback);
const webOrigin = 'https://spa.example.com';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.start(start);
    await deployment.application('--app-type', 'spa', '--web-origins', `${webOrigin},${origin}`);
  });

  describe('discovery', () => {
    it('has the members of Auth0’s document that this server serves', async () => {
      const { status, body } = await get(`${deployment.issuer}.well-known/openid-configuration`);
      expect(status).toBe(200);
      const { issuer } = deployment;
      expect(body).toMatchObject({
        issuer,
        authorization_endpoint: `${issuer}authorize`,
        token_endpoint: `${issuer}oauth/token`,
        userinfo_endpoint: `${issuer}userinfo`,
        mfa_challenge_endpoint: `${issuer}mfa/challenge`,
        jwks_uri: `${issuer}.well-known/jwks.json`,
        revocation_endpoint: `${issuer}oauth/revoke`,
        end_session_endpoint: `${issuer}oidc/logout`,
        pushed_authorization_request_endpoint: `${issuer}oauth/par`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        subject_types_supported: ['public'],
        request_uri_parameter_supported: false,
        request_parameter_supported: false,
        authorization_response_iss_parameter_supported: true,
      });
      for (const [member, values] of Object.entries({
        acr_values_supported: ['http://schemas.openid.net/pape/policies/2007/06/multi-factor'],
        scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
        response_modes_supported: ['query', 'fragment', 'form_post', 'web_message'],
        id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        token_endpoint_auth_methods_supported: [
          ...['none', 'client_secret_post', 'client_secret_basic', 'private_key_jwt'],
        ],
        token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
        claims_supported: ['sub', 'iss', 'auth_time', 'name', 'email', 'email_verified', 'acr', 'amr', 'sid'],
      })) {
        expect(body[member], member).toEqual(expect.arrayContaining(values));
      }
    });

    it('announces nothing that isn’t there', async () => {
      const { body } = await get(`${deployment.issuer}.well-known/openid-configuration`);
      for (const [member, url] of Object.entries(body)) {
        if (!member.endsWith('_endpoint')) continue;
        expect((await get(String(url))).status, member).not.toBe(404);
      }
    });

    it('is found under OAuth’s name too', async () => {
      const [one, other] = await Promise.all(
        ['openid-configuration', 'oauth-authorization-server'].map((name) =>
          get(`${deployment.issuer}.well-known/${name}`),
        ),
      );
      expect(other?.body).toEqual(one?.body);
    });

    it('shows an RSA key as Auth0 does', async () => {
      const { body } = await get(`${deployment.issuer}.well-known/jwks.json`);
      expect(body.keys).toContainEqual(
        expect.objectContaining({ kty: 'RSA', use: 'sig', alg: 'RS256', kid: expect.any(String) }),
      );
    });
  });

  describe('CORS', () => {
    const preflight = (path: string, from: string, method = 'POST') =>
      call(`${deployment.issuer}${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: from,
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization,content-type,auth0-client,dpop,x-request-language',
        },
      });
    const listOf = (header: string | null) =>
      (header ?? '').split(',').map((value) => value.trim().toLowerCase());

    it.each([
      ['oauth/token', 'POST'],
      ['oauth/revoke', 'POST'],
      ['userinfo', 'GET'],
      ['mfa/associate', 'POST'],
      ['mfa/challenge', 'POST'],
      ['mfa/authenticators', 'GET'],
      ['mfa/authenticators/totp%7Cdev_0123456789abcdef', 'DELETE'],
      ['dbconnections/signup', 'POST'],
      ['dbconnections/change_password', 'POST'],
    ])('lets pages of registered origins call /%s', async (path, method) => {
      for (const from of [webOrigin, origin]) {
        const { status, headers } = await preflight(path, from, method);
        expect(status).toBe(204);
        expect(headers.get('access-control-allow-origin')).toBe(from);
        expect(listOf(headers.get('access-control-allow-methods'))).toContain(method.toLowerCase());
        expect(listOf(headers.get('access-control-allow-headers'))).toEqual(
          expect.arrayContaining([
            ...['authorization', 'content-type', 'auth0-client', 'dpop', 'x-request-language'],
          ]),
        );
        expect(listOf(headers.get('vary'))).toContain('origin');
      }
      const strange = await preflight(path, 'https://evil.example.com', method);
      expect(strange.headers.get('access-control-allow-origin')).toBeNull();
    });

    it('shows pages the headers that SDKs read, on refusals too, and never shares cookies', async () => {
      const { headers } = await postJson(`${deployment.issuer}oauth/token`, {}, { origin: webOrigin });
      expect(headers.get('access-control-allow-origin')).toBe(webOrigin);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(listOf(headers.get('access-control-expose-headers'))).toEqual(
        expect.arrayContaining([
          ...['location', 'dpop-nonce', 'www-authenticate', 'retry-after'],
          ...['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
        ]),
      );
      const strange = await postJson(
        `${deployment.issuer}oauth/token`,
        {},
        { origin: 'https://evil.example.com' },
      );
      expect(strange.headers.get('access-control-allow-origin')).toBeNull();
    });

    it('lets everybody read the public documents', async () => {
      for (const name of ['openid-configuration', 'jwks.json']) {
        const { headers } = await get(`${deployment.issuer}.well-known/${name}`, {
          origin: 'https://anybody.example.com',
        });
        expect(headers.get('access-control-allow-origin')).toBe('*');
      }
    });
  });
});
