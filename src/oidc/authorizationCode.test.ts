import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { callback, createTestOidc, issuer, type TestOidc } from '../../test/support/oidc.ts';

interface Signed {
  clientId: string;
  code: string;
  verifier: string;
}

const exchange = (
  house: TestOidc,
  { clientId, code, verifier }: Signed,
  changes: Record<string, string> = {},
) => {
  const fields = {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: callback,
    code,
    code_verifier: verifier,
    ...changes,
  };
  return house.token(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')));
};

forEachDatabase((_engine, open) => {
  async function setUp() {
    const house = await createTestOidc(await open());
    const { client } = await house.addClient({ appType: 'spa' });
    const userId = await house.addUser();
    const signIn = async (parameters: Record<string, string> = {}): Promise<Signed & { response: URL }> => {
      const signed = await house.browser().signIn(client.clientId, userId, parameters);
      return { clientId: client.clientId, ...signed };
    };
    return { house, client, userId, signIn };
  }

  describe('authorization code', () => {
    it('signs a user in and exchanges the code', async () => {
      const { house, client, userId, signIn } = await setUp();
      const signed = await signIn({ nonce: 'n-1' });
      expect(signed.response.searchParams.get('state')).toBe('the-state');
      expect(signed.response.searchParams.get('iss')).toBe(issuer);

      const { status, body, headers } = await exchange(house, signed);
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 86_400, scope: 'openid profile email' });
      expect(headers['cache-control']).toBe('no-store');
      const claims = decodeJwt(body.id_token);
      expect(claims).toMatchObject({
        iss: issuer,
        sub: userId,
        aud: client.clientId,
        nonce: 'n-1',
        email: 'kim@example.com',
        email_verified: true,
        nickname: 'kim',
        sid: expect.any(String),
        auth_time: expect.any(Number),
      });
      expect(claims).not.toHaveProperty('acr');
      expect(claims).not.toHaveProperty('amr');
      expect(decodeProtectedHeader(body.id_token)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
      expect(await house.events()).toEqual(expect.arrayContaining(['s', 'seacft']));
    });

    it('gives an access token for the API that also opens userinfo', async () => {
      const { house, client, userId, signIn } = await setUp();
      await house.addApi({
        identifier: 'orders-api#1',
        scopes: [{ value: 'read:orders', description: '' }],
      });
      const signed = await signIn({
        audience: 'orders-api#1',
        scope: 'openid email read:orders unknown:scope',
      });
      const { body } = await exchange(house, signed);
      expect(body.scope).toBe('openid email read:orders');
      expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
      expect(decodeJwt(body.access_token)).toMatchObject({
        iss: issuer,
        sub: userId,
        aud: ['orders-api#1', `${issuer}userinfo`],
        azp: client.clientId,
        client_id: client.clientId,
        scope: 'openid email read:orders',
      });
      const headers = { host: 'login.example.com', authorization: `Bearer ${body.access_token}` };
      const userinfo = await house.app.inject({ url: '/userinfo', headers });
      expect(userinfo.json()).toEqual({ sub: userId, email: 'kim@example.com', email_verified: true });
    });

    it('refuses an audience that no API has', async () => {
      const { house, client } = await setUp();
      const { location } = await house.browser().authorize(client.clientId, { audience: 'nowhere' });
      expect(location?.searchParams.get('error')).toBe('access_denied');
      expect(location?.searchParams.get('error_description')).toBe('Service not found: nowhere');
    });

    it.each(['PS256', 'ES256', 'EdDSA'] as const)(
      'signs with %s where the application and the API say so',
      async (alg) => {
        const { house, userId } = await setUp();
        const { client } = await house.addClient({ appType: 'spa', signingAlg: alg });
        await house.addApi({ identifier: 'api', signingAlg: alg });
        const signed = await house.browser().signIn(client.clientId, userId, { audience: 'api' });
        const { body } = await exchange(house, { clientId: client.clientId, ...signed });
        expect(decodeProtectedHeader(body.id_token).alg).toBe(alg);
        expect(decodeProtectedHeader(body.access_token).alg).toBe(alg);
        const jwks = (
          await house.app.inject({ url: '/.well-known/jwks.json', headers: { host: 'login.example.com' } })
        ).json();
        const kid = decodeProtectedHeader(body.id_token).kid;
        expect(jwks.keys.find((key: { kid: string }) => key.kid === kid)).toMatchObject({ alg, use: 'sig' });
      },
    );

    it('S-70 of racing redemptions of one code one succeeds', async () => {
      const { house, signIn } = await setUp();
      for (let round = 0; round < 3; round += 1) {
        const signed = await signIn({ scope: 'openid' });
        const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(house, signed)));
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        for (const { status, body } of answers.filter((answer) => answer.status !== 200)) {
          expect(status).toBe(403);
          expect(body).toEqual({ error: 'invalid_grant', error_description: 'Invalid authorization code' });
        }
      }
    });

    it('S-70 a second use of a code ends the tokens of the first', async () => {
      const { house, signIn } = await setUp();
      const signed = await signIn({ scope: 'openid offline_access' });
      const { body } = await exchange(house, signed);
      expect((await exchange(house, signed)).status).toBe(403);
      const refreshed = await house.token({
        grant_type: 'refresh_token',
        client_id: signed.clientId,
        refresh_token: body.refresh_token,
      });
      expect(refreshed.body).toEqual({
        error: 'invalid_grant',
        error_description: 'Unknown or invalid refresh token.',
      });
      const headers = { host: 'login.example.com', authorization: `Bearer ${body.access_token}` };
      expect((await house.app.inject({ url: '/userinfo', headers })).statusCode).toBe(401);
    });

    it('S-70 stores neither codes nor tokens, only their hashes', async () => {
      const { house, signIn } = await setUp();
      const signed = await signIn({ scope: 'openid offline_access' });
      const { body } = await exchange(house, signed);
      const rows = JSON.stringify(await house.database.db.selectFrom('oidc_records').selectAll().execute());
      for (const secret of [signed.code, body.access_token, body.refresh_token])
        expect(rows).not.toContain(secret);
    });

    it('answers every bad code alike', async () => {
      const { house, signIn } = await setUp();
      const { client: other } = await house.addClient({ appType: 'spa' });
      const expected = { error: 'invalid_grant', error_description: 'Invalid authorization code' };
      const faults: Record<string, string>[] = [
        { code: 'nonsense' },
        { client_id: other.clientId },
        { redirect_uri: 'https://app.example.com/other' },
      ];
      for (const changes of faults) {
        const { status, body } = await exchange(house, await signIn(), changes);
        expect(status).toBe(403);
        expect(body).toEqual(expected);
      }
    });

    it('S-69 checks the verifier, and asks for it even where it was left out', async () => {
      const { house, signIn } = await setUp();
      for (const verifier of ['', 'x'.repeat(43)]) {
        const { status, body } = await exchange(house, await signIn(), { code_verifier: verifier });
        expect(status).toBe(403);
        expect(body.error).toBe('invalid_grant');
      }
    });

    it('S-69 takes no request of a public application without an S256 challenge', async () => {
      const { house, client } = await setUp();
      const plain = { code_challenge: 'x'.repeat(43) };
      for (const parameters of [
        { code_challenge: '', code_challenge_method: '' },
        { ...plain, code_challenge_method: 'plain' },
        { ...plain, code_challenge_method: '' },
        { code_challenge: '', code_challenge_method: 'S256' },
        { code_challenge: 'short', code_challenge_method: 'S256' },
      ]) {
        const { location } = await house.browser().authorize(client.clientId, parameters);
        expect(location?.searchParams.get('error'), JSON.stringify(parameters)).toBe('invalid_request');
      }
    });

    it('S-69 a verifier for a code without challenge is refused: the challenge was taken out on the way', async () => {
      const { house, userId } = await setUp();
      const { client, clientSecret } = await house.addClient({ appType: 'regular_web' });
      const signed = await house
        .browser()
        .signIn(client.clientId, userId, { code_challenge: '', code_challenge_method: '' });
      const { status } = await exchange(
        house,
        { clientId: client.clientId, ...signed },
        { client_secret: clientSecret },
      );
      expect(status).toBe(403);
    });

    it('gives a refresh token without consent page only where the application and the API allow it', async () => {
      const { house, userId } = await setUp();
      await house.addApi({ identifier: 'online' });
      await house.addApi({ identifier: 'offline', allowOfflineAccess: true });
      const { client: cannot } = await house.addClient({
        appType: 'spa',
        grantTypes: ['authorization_code'],
      });
      const { client: can } = await house.addClient({ appType: 'native', callbacks: [callback] });
      const refreshTokenOf = async (clientId: string, audience: string) => {
        const parameters = { scope: 'openid offline_access', audience };
        const signed = await house.browser().signIn(clientId, userId, parameters);
        return (await exchange(house, { clientId, ...signed })).body.refresh_token;
      };
      expect(await refreshTokenOf(can.clientId, 'offline')).toEqual(expect.any(String));
      expect(await refreshTokenOf(can.clientId, '')).toEqual(expect.any(String));
      expect(await refreshTokenOf(can.clientId, 'online')).toBeUndefined();
      expect(await refreshTokenOf(cannot.clientId, 'offline')).toBeUndefined();
    });

    it('takes pushed requests, and the request by POST', async () => {
      const { house, client, userId } = await setUp();
      const verifier = 'v'.repeat(43);
      const request = {
        client_id: client.clientId,
        response_type: 'code',
        redirect_uri: callback,
        scope: 'openid offline_access',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      };
      const pushed = await house.post('/oauth/par', request);
      expect(pushed.status).toBe(201);
      const browser = house.browser();
      const { location } = await browser.get(
        `/authorize?client_id=${client.clientId}&request_uri=${encodeURIComponent(pushed.body.request_uri)}`,
      );
      const resumed = await browser.finish(location, userId);
      const code = resumed.location?.searchParams.get('code') ?? '';
      const { body } = await exchange(house, { clientId: client.clientId, code, verifier });
      expect(body.refresh_token).toEqual(expect.any(String));

      const posted = await house.browser().request('POST', '/authorize', { form: request });
      expect(posted.location?.pathname).toBe('/u/login');
    });

    it('leads to the pages by what is wanted', async () => {
      const { house, client } = await setUp();
      const path = async (parameters: Record<string, string>) =>
        (await house.browser().authorize(client.clientId, parameters)).location?.pathname;
      expect(await path({})).toBe('/u/login');
      expect(await path({ screen_hint: 'signup' })).toBe('/u/signup');
      expect(
        await path({ prompt: 'select_account', auth0Client: 'e30', connection: 'x', unknown: 'y' }),
      ).toBe('/u/login');
    });
  });
});
