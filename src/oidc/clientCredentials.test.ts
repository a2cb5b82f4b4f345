import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { databaseOpener } from '../../test/support/databases.ts';
import { createTestOidc, issuer } from '../../test/support/oidc.ts';

const open = databaseOpener('sqlite');

async function setUp() {
  const house = await createTestOidc(await open());
  const scopes = ['read', 'pay'].map((value) => ({ value, description: '' }));
  await house.addApi({ identifier: 'api', scopes });
  return { house };
}

describe('client credentials', () => {
  const credentialsOf = (client: { clientId: string }, clientSecret: string) => ({
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: clientSecret,
  });

  it('give all scopes when none is named, else those asked for', async () => {
    const { house } = await setUp();
    const { client, clientSecret } = await house.addClient({ appType: 'non_interactive' });
    const { status, body } = await house.token({ ...credentialsOf(client, clientSecret), audience: 'api' });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 86_400,
      scope: 'read pay',
    });
    expect(decodeJwt(body.access_token)).toMatchObject({
      iss: issuer,
      sub: `${client.clientId}@clients`,
      aud: 'api',
      azp: client.clientId,
      gty: 'client-credentials',
      scope: 'read pay',
    });
    const less = await house.token({
      ...credentialsOf(client, clientSecret),
      audience: 'api',
      scope: 'read other',
    });
    expect(less.body.scope).toBe('read');
    expect(await house.events()).toContain('seccft');
  });

  it('are refused without API, at an unknown API, and at the MFA API', async () => {
    const { house } = await setUp();
    const { client, clientSecret } = await house.addClient({ appType: 'non_interactive' });
    const ask = (changes: Record<string, string>) =>
      house.token({ ...credentialsOf(client, clientSecret), ...changes });
    expect((await ask({})).body.error_description).toBe('Missing required parameter: audience');
    expect((await ask({ audience: 'nowhere' })).body.error_description).toBe('Service not found: nowhere');
    const mfa = await ask({ audience: `${issuer}mfa/` });
    expect(mfa.status).toBe(403);
    expect(mfa.body.error_description).toMatch(/^Client is not authorized to access/);
  });

  it('open no userinfo, and carry no identity scopes', async () => {
    const { house } = await setUp();
    const { client, clientSecret } = await house.addClient({ appType: 'non_interactive' });
    const { body } = await house.token({
      ...credentialsOf(client, clientSecret),
      audience: 'api',
      scope: 'openid email read',
    });
    expect(body.scope).toBe('read');
    const headers = { host: 'login.example.com', authorization: `Bearer ${body.access_token}` };
    expect((await house.app.inject({ url: '/userinfo', headers })).statusCode).toBe(401);
  });
});
