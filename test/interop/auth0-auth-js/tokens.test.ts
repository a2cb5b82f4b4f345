import { type AuthClient, isMfaRequiredError } from '@auth0/auth0-auth-js';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { type Application, afterLogout, callback, Deployment, type Person } from '../deployment.ts';
import { passPages } from '../hostedPages.ts';
import { WebBrowser } from '../webBrowser.ts';
import { authClient, mfaRequired, ownPagesGrants } from './authJs.ts';

const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const api = 'https://api.example.com/shop';
const wrong = { error: 'invalid_grant', error_description: 'Wrong email or password.' };

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let application: Application;
  let client: AuthClient;
  let kim: Person;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    await deployment.api(
      api,
      '--scopes',
      'read:cart,pay',
      '--step-up-scopes',
      'pay',
      '--allow-offline-access',
    );
    application = await deployment.application('--grant-types', `${ownPagesGrants},client_credentials`);
    client = authClient(deployment, application);
    kim = await deployment.person();
  });

  describe('password', () => {
    it('gives tokens, with and without a realm', async () => {
      for (const more of [{}, { realm: 'Username-Password-Authentication' }]) {
        const tokens = await client.getTokenByPassword({
          username: kim.email,
          password: kim.password,
          scope: 'openid email offline_access',
          auth0ForwardedFor: '203.0.113.42',
          ...more,
        });
        expect(tokens).toMatchObject({ tokenType: 'bearer', refreshToken: expect.any(String) });
        expect(tokens.expiresAt).toBeGreaterThan(Date.now() / 1000 + 80_000);
        expect(tokens.claims).toMatchObject({ sub: kim.userId, email: kim.email });
      }
    });

    it('gives all scopes of an API when none is named', async () => {
      const plain = 'https://api.example.com/plain';
      await deployment.api(plain, '--scopes', 'a,b');
      const tokens = await client.getTokenByPassword({
        username: kim.email,
        password: kim.password,
        audience: plain,
      });
      expect(tokens.scope).toBe('a b');
      expect(decodeJwt(tokens.accessToken)).toMatchObject({ aud: plain, sub: kim.userId });
    });

    it.each([
      ['a wrong password', { password: 'seven green pears' }],
      ['an unknown address', { username: 'nobody@example.com' }],
      ['an unknown realm', { realm: 'No-Such-Connection' }],
    ])('refuses %s in the same words', async (_name, change) => {
      const attempt = client.getTokenByPassword({
        username: kim.email,
        password: kim.password,
        ...change,
      });
      await expect(attempt).rejects.toMatchObject({
        name: 'TokenByPasswordError',
        statusCode: 403,
        cause: wrong,
      });
    });
  });

  it('signs in at the hosted pages, pushed or not, and out again', async () => {
    for (const pushedAuthorizationRequests of [false, true]) {
      const browser = new WebBrowser(deployment.issuer);
      const { authorizationUrl, codeVerifier } = await client.buildAuthorizationUrl({
        pushedAuthorizationRequests,
        authorizationParams: { redirect_uri: callback, scope: 'openid profile' },
      });
      await browser.open(authorizationUrl);
      await passPages(browser, kim);
      const tokens = await client.getTokenByCode(browser.url, { codeVerifier });
      expect(tokens.claims?.sub).toBe(kim.userId);
      const profile = await client.getUserInfo({ accessToken: tokens.accessToken });
      expect(profile).toMatchObject({ sub: kim.userId, name: 'Kim Person' });

      const logout = await client.buildLogoutUrl({ returnTo: afterLogout });
      await browser.open(logout, { referer: 'https://app.example.com/' });
      expect(browser.url.href).toBe(afterLogout);
    }
  });

  it('gives client credentials an access token', async () => {
    const tokens = await client.getTokenByClientCredentials({ audience: api });
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ aud: api, gty: 'client-credentials' });
  });

  describe('refresh token', () => {
    it('refreshes, for no other API than it was given for, and is revoked', async () => {
      const { refreshToken = '' } = await client.getTokenByPassword({
        username: kim.email,
        password: kim.password,
        scope: 'openid offline_access',
      });
      const refreshed = await client.getTokenByRefreshToken({ refreshToken });
      expect(refreshed.claims?.sub).toBe(kim.userId);
      await expect(client.getTokenByRefreshToken({ refreshToken, audience: api })).rejects.toMatchObject({
        statusCode: 403,
        cause: { error: 'access_denied', error_description: `Service not found: ${api}` },
      });
      await client.revokeToken({ token: refreshToken });
      await expect(client.getTokenByRefreshToken({ refreshToken })).rejects.toMatchObject({
        cause: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' },
      });
    });

    it('asks for a second factor where policy came to demand one, and goes on where it was', async () => {
      const person = await deployment.enrolledPerson();
      const changing = await deployment.application(
        ...['--grant-types', ownPagesGrants, '--refresh-token-rotation', 'rotating'],
      );
      const party = authClient(deployment, changing);
      const { refreshToken = '' } = await party.getTokenByPassword({
        username: person.email,
        password: person.password,
        audience: api,
        scope: 'openid read:cart offline_access',
      });
      await deployment.server.cli('client', 'update', changing.clientId, '--mfa-policy', 'always');

      const error = await mfaRequired(party.getTokenByRefreshToken({ refreshToken }));
      expect(error.cause.mfa_requirements).toEqual({
        challenge: [{ type: 'otp' }, { type: 'recovery-code' }],
      });
      const otp = await person.app.nextCode();
      const tokens = await party.mfa.verify({ mfaToken: error.cause.mfa_token, factorType: 'otp', otp });
      expect(tokens.scope).toBe('openid read:cart offline_access');
      expect([decodeJwt(tokens.accessToken).aud].flat()).toContain(api);
      expect(tokens.claims).toMatchObject({ sub: person.userId, acr: multiFactor });
      expect(tokens.refreshToken).toEqual(expect.any(String));
      expect(tokens.refreshToken).not.toBe(refreshToken);

      // The family remembers: it isn't asked again, and the token that was interrupted is spent.
      const next = await party.getTokenByRefreshToken({ refreshToken: tokens.refreshToken ?? '' });
      expect(next.claims).toMatchObject({ acr: multiFactor });
      await expect(party.getTokenByRefreshToken({ refreshToken })).rejects.toMatchObject({
        cause: { error: 'invalid_grant' },
      });
    });
  });

  it('asks for a second factor for a scope that its API protects', async () => {
    const person = await deployment.enrolledPerson();
    const login = { username: person.email, password: person.password, audience: api };
    const plain = await client.getTokenByPassword({ ...login, scope: 'openid read:cart' });
    expect(plain.scope).toBe('openid read:cart');
    const error = await mfaRequired(client.getTokenByPassword({ ...login, scope: 'openid pay' }));
    const otp = await person.app.nextCode();
    const tokens = await client.mfa.verify({ mfaToken: error.cause.mfa_token, factorType: 'otp', otp });
    expect(tokens.scope).toBe('openid pay');
    expect(tokens.claims?.acr).toBe(multiFactor);
  });

  it('tells mfa_required by status, code, text, token and requirements', async () => {
    const strict = authClient(
      deployment,
      await deployment.application('--grant-types', ownPagesGrants, '--mfa-policy', 'always'),
    );
    const error = await strict
      .getTokenByPassword({ username: kim.email, password: kim.password })
      .catch((reason: unknown) => reason);
    expect(isMfaRequiredError(error)).toBe(true);
    expect(error).toMatchObject({
      statusCode: 403,
      cause: {
        error: 'mfa_required',
        error_description: 'Multifactor authentication required',
        mfa_token: expect.any(String),
      },
    });
    const { cause } = await mfaRequired(Promise.reject(error));
    expect(cause.mfa_requirements).toEqual({ enroll: [{ type: 'otp' }] });
  });
});
