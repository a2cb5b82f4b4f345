import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { callback, createTestOidc, issuer } from '../../test/support/oidc.ts';

forEachDatabase((_engine, open) => {
  describe('authorization code', () => {
    it('signs a user in and exchanges the code', async () => {
      const house = await createTestOidc(await open());
      const { client } = await house.addClient({ appType: 'spa' });
      const userId = await house.addUser();
      const browser = house.browser();
      const { code, verifier, response } = await browser.signIn(client.clientId, userId, { nonce: 'n-1' });
      expect(response.searchParams.get('state')).toBe('the-state');
      expect(response.searchParams.get('iss')).toBe(issuer);

      const { status, body, headers } = await house.token({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        redirect_uri: callback,
        code,
        code_verifier: verifier,
      });
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 86_400, scope: 'openid profile email' });
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      const claims = decodeJwt(body.id_token);
      expect(claims).toMatchObject({
        iss: issuer,
        sub: userId,
        aud: client.clientId,
        nonce: 'n-1',
        email: 'kim@example.com',
        sid: expect.any(String),
        auth_time: expect.any(Number),
      });
      expect(claims).not.toHaveProperty('acr');
      expect(claims).not.toHaveProperty('amr');
      expect(decodeProtectedHeader(body.id_token)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
      expect(await house.events()).toEqual(expect.arrayContaining(['s', 'seacft']));
    });
  });
});
