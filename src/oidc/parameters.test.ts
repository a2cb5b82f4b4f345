import { describe, expect, it } from 'vitest';
import { databaseOpener } from '../../test/support/databases.ts';
import { callback, createTestOidc } from '../../test/support/oidc.ts';

const open = databaseOpener('sqlite');

async function setUp() {
  const house = await createTestOidc(await open());
  const { client } = await house.addClient({ appType: 'spa' });
  const authorize = (query: string) => house.browser().get(`/authorize?${query}`);
  const base = new URLSearchParams({
    client_id: client.clientId,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  }).toString();
  const send = (body: string, contentType = 'application/x-www-form-urlencoded', url = '/oauth/token') =>
    house.app.inject({
      method: 'POST',
      url,
      headers: { host: 'login.example.com', 'content-type': contentType },
      payload: body,
    });
  return { house, client, authorize, base, send };
}

describe('parameters', () => {
  it('S-81 given twice are refused, at every endpoint', async () => {
    const { authorize, base, send, client } = await setUp();
    for (const name of [
      'scope',
      'state',
      'acr_values',
      'redirect_uri',
      'client_id',
      'nonce',
      'audience',
      'resource',
    ]) {
      const { status, location } = await authorize(`${base}&${name}=a&${name}=b`);
      expect(status, name).toBe(400);
      expect(location, name).toBeUndefined();
    }
    for (const url of ['/oauth/token', '/oauth/revoke', '/oauth/par', '/authorize', '/oidc/logout']) {
      const { statusCode } = await send(`client_id=${client.clientId}&client_id=x&state=a`, undefined, url);
      expect(statusCode, url).toBe(400);
    }
    expect((await send('{"grant_type":"password","grant_type":"x"}', 'application/json')).statusCode).toBe(
      400,
    );
  });

  it('S-81 of a megabyte, or merely too long, are refused', async () => {
    const { authorize, base, send, client } = await setUp();
    const long = 'x'.repeat(9000);
    for (const name of ['state', 'nonce', 'acr_values', 'login_hint', 'ui_locales', 'audience']) {
      expect((await authorize(`${base}&${name}=${long}`)).status, name).toBe(400);
    }
    for (const url of [
      '/oauth/token',
      '/oauth/revoke',
      '/oauth/par',
      '/authorize',
      '/userinfo',
      '/oidc/logout',
    ]) {
      const huge = await send(
        `client_id=${client.clientId}&scope=${'x'.repeat(1024 * 1024)}`,
        undefined,
        url,
      );
      expect(huge.statusCode, url).toBe(413);
      const tooLong = await send(
        `client_id=${client.clientId}&grant_type=password&scope=${long}`,
        undefined,
        url,
      );
      expect(tooLong.statusCode, url).toBe(400);
    }
  });

  it('S-81 that are too long together are refused before they are kept', async () => {
    const { house, base, send } = await setUp();
    const values = ['state', 'nonce', 'login_hint'].map((name) => `${name}=${'x'.repeat(6000)}`).join('&');
    for (const url of ['/authorize', '/oauth/par']) {
      expect((await send(`${base}&${values}`, undefined, url)).statusCode, url).toBe(400);
    }
    expect(await house.database.db.selectFrom('oidc_records').select('model').execute()).toEqual([]);
  });

  it.each([
    ['', 'application/x-www-form-urlencoded', 400],
    ['grant_type=', 'application/x-www-form-urlencoded', 400],
    ['[]', 'application/json', 400],
    ['"text"', 'application/json', 400],
    ['null', 'application/json', 400],
    ['{"grant_type":{"a":1}}', 'application/json', 400],
    ['{"grant_type":["password"]}', 'application/json', 400],
    ['{"__proto__":{"grant_type":"password"}}', 'application/json', 400],
    ['{', 'application/json', 400],
    ['<xml/>', 'text/xml', 415],
    ['grant_type=sorcery', 'application/x-www-form-urlencoded', 400],
    ['grant_type=password%00', 'application/x-www-form-urlencoded', 400],
    ['grant_type=authorization_code&code=x', 'application/x-www-form-urlencoded', 400],
    ['grant_type=password&username=a&password=b', 'application/x-www-form-urlencoded', 400],
  ])('S-89 answers %j as %s with %i in OAuth’s shape', async (body, contentType, status) => {
    const { send } = await setUp();
    const response = await send(body, contentType);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({ error: expect.any(String), error_description: expect.any(String) });
  });

  it('S-85 every URL is the configured one, whatever the request says', async () => {
    const { house, base } = await setUp();
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    };
    const discovery = await house.app.inject({ url: '/.well-known/openid-configuration', headers });
    expect(discovery.body).not.toContain('evil.example');
    const redirect = await house.app.inject({ url: `/authorize?${base}`, headers });
    expect(redirect.headers.location).toMatch(/^\/u\/login\?state=/);
    const records = await house.database.db.selectFrom('oidc_records').selectAll().execute();
    expect(JSON.stringify(records)).not.toContain('evil.example');
    const absolute = await house.app.inject({ url: `http://evil.example/authorize?${base}`, headers });
    expect(absolute.headers.location ?? '').not.toContain('evil.example');
  });

  it('S-80 the pages that a stranger can reach name no secret', async () => {
    const { house, base } = await setUp();
    const { clientSecret } = await house.addClient();
    const { body } = await house.browser().get(`/authorize?${base}&redirect_uri_=x`);
    const unknown = await house.browser().get('/authorize?client_id=unknown&response_type=code');
    expect(unknown.status).toBe(400);
    expect(body + unknown.body).not.toContain(clientSecret);
  });

  it('answers pages of registered origins, and never all', async () => {
    const { house, client } = await setUp();
    const fields = { grant_type: 'refresh_token', client_id: client.clientId, refresh_token: 'x' };
    const origin = async (value: string | undefined) =>
      (await house.token(fields, value === undefined ? {} : { origin: value })).headers[
        'access-control-allow-origin'
      ];
    expect(await origin('https://app.example.com')).toBe('https://app.example.com');
    expect(await origin('https://evil.example')).toBeUndefined();
    expect(await origin(undefined)).toBeUndefined();
    const discovery = await house.app.inject({
      url: '/.well-known/openid-configuration',
      headers: { host: 'login.example.com', origin: 'https://evil.example' },
    });
    expect(discovery.headers['access-control-allow-origin']).toBe('*');
  });
});
