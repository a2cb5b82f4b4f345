import { decodeJwt, SignJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { databaseOpener } from '../../../test/support/databases.ts';
import { type Browser, callback, createTestOidc, issuer } from '../../../test/support/oidc.ts';

const open = databaseOpener('sqlite');
const bye = 'https://app.example.com/bye';
const fromApplication = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-dest': 'document',
  referer: 'https://app.example.com/',
};
const fromElsewhere = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-dest': 'document',
  referer: 'https://evil.example/',
};

afterEach(() => {
  vi.useRealTimers();
});

async function setUp() {
  const house = await createTestOidc(await open());
  const { client } = await house.addClient({ appType: 'spa' });
  const userId = await house.addUser();
  const signIn = async () => {
    const browser = house.browser();
    const { code, verifier } = await browser.signIn(client.clientId, userId);
    const { body } = await house.token({
      grant_type: 'authorization_code',
      client_id: client.clientId,
      redirect_uri: callback,
      code,
      code_verifier: verifier,
    });
    return { browser, idToken: body.id_token as string, accessToken: body.access_token as string };
  };
  const isSignedIn = async (browser: Browser) => {
    const { location } = await browser.authorize(client.clientId, { prompt: 'none' });
    return location?.searchParams.get('error') === null;
  };
  const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();
  return { house, client, userId, signIn, isSignedIn, query };
}

/** The form of the page that asks. */
function questionOf(body: string): { action: string; hidden: Record<string, string>; goesTo?: string } {
  expect(body).toMatch(/^confirm: /);
  return JSON.parse(body.slice('confirm: '.length));
}

describe('/v2/logout', () => {
  it('signs out at the application’s wish and goes back to it', async () => {
    const { house, client, signIn, isSignedIn, query } = await setUp();
    const { browser, accessToken } = await signIn();
    const url = `/v2/logout?${query({ client_id: client.clientId, returnTo: bye })}`;
    const { status, location } = await browser.get(url, fromApplication);
    expect(status).toBe(302);
    expect(location?.href).toBe(bye);
    expect(await isSignedIn(browser)).toBe(false);
    const headers = { host: 'login.example.com', authorization: `Bearer ${accessToken}` };
    expect((await house.app.inject({ url: '/userinfo', headers })).statusCode).toBe(401);
    expect(await house.events()).toContain('slo');
    const event = await house.database.db
      .selectFrom('logs')
      .selectAll()
      .where('type', '=', 'slo')
      .executeTakeFirst();
    expect(event).toMatchObject({ client_id: client.clientId, client_name: client.name });
  });

  it('uses the first allowed URL when none is named', async () => {
    const { house, client, query } = await setUp();
    const { location } = await house.browser().get(`/v2/logout?${query({ client_id: client.clientId })}`);
    expect(location?.href).toBe(bye);
    expect((await house.browser().get('/v2/logout')).body).toBe('signed out');
  });

  it('S-75 a page elsewhere, an image or a frame signs nobody out: the person is asked', async () => {
    const { client, signIn, isSignedIn, query } = await setUp();
    const { browser } = await signIn();
    const url = `/v2/logout?${query({ client_id: client.clientId, returnTo: bye })}`;
    for (const headers of [
      fromElsewhere,
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
      { ...fromApplication, 'sec-fetch-dest': 'image' },
      { ...fromApplication, 'sec-fetch-dest': 'iframe' },
      { ...fromApplication, referer: 'https://app.example.com.evil.example/' },
      {},
    ]) {
      const { status, body } = await browser.get(url, headers as Record<string, string>);
      expect(status).toBe(200);
      expect(questionOf(body).goesTo).toBe(bye);
      expect(await isSignedIn(browser)).toBe(true);
    }
  });

  it('S-75 the click signs out, in this session only, and only as it was asked', async () => {
    const { signIn, isSignedIn, query, client } = await setUp();
    const [mine, other] = [await signIn(), await signIn()];
    const url = `/v2/logout?${query({ client_id: client.clientId, returnTo: bye })}`;
    const { action, hidden } = questionOf((await mine.browser.get(url, fromElsewhere)).body);
    const yes = { ...hidden, logout: 'yes' };
    expect((await other.browser.request('POST', action, { form: yes })).status).toBe(400);
    const forgeries: Record<string, string>[] = [
      { url: 'https://evil.example/' },
      { token: 'x' },
      { client_id: 'x' },
    ];
    for (const forged of forgeries) {
      expect((await mine.browser.request('POST', action, { form: { ...yes, ...forged } })).status).toBe(400);
    }
    const declined = await mine.browser.request('POST', action, { form: hidden });
    expect(declined.location?.href).toBe(bye);
    expect(await isSignedIn(mine.browser)).toBe(true);
    const done = await mine.browser.request('POST', action, { form: yes });
    expect(done.location?.href).toBe(bye);
    expect(await isSignedIn(mine.browser)).toBe(false);
    expect(await isSignedIn(other.browser)).toBe(true);
  });

  const openRedirects = [
    'https://evil.example/',
    'https://app.example.com/bye/',
    'https://app.example.com/bye?x',
    'https://app.example.com/bye#x',
    'https://app.example.com',
    'https://app.example.com/bye%2f..',
    'https://app.example.com/bye/../evil',
    'https://app.example.com@evil.example/bye',
    'https://app.example.com.evil.example/bye',
    'https://evil.example/https://app.example.com/bye',
    'https://evil.example?https://app.example.com/bye',
    'https:/app.example.com/bye',
    'https:app.example.com/bye',
    'http://app.example.com/bye',
    'HTTPS://app.example.com/bye',
    'https://APP.example.com/bye',
    'https://app.example.com:443/bye',
    '//evil.example/bye',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/bye',
    'bye',
    ' https://app.example.com/bye',
    'https://app.example.com/bye ',
    'https://app.example.com/bye\t',
    'https://app.example.com/bye\n',
    'https://app.example.com/bye\r\nlocation: https://evil.example',
    'https://app.example.com\\bye',
    'javascript:alert(1)',
    'javascript://app.example.com/bye%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://app.example.com/bye',
    callback,
    'https://login.example.com/',
    'https://app。example.com/bye',
    'https://xn--app-exmple-x2a.com/bye',
    'https://127.0.0.1/bye',
    'https://[::1]/bye',
    'https://0x7f000001/bye',
    'https://app.example.com/%62ye',
    'https://app.example.com//bye',
    'https://app.example.com/./bye',
    'https://user@app.example.com/bye',
    'https://app.example.com/bye;x',
    'https://app.example.com/bye,https://evil.example',
    'https://app.example.com/bye https://evil.example',
    'https://*.example.com/bye',
    '*',
    'null',
    'about:blank',
    'blob:https://app.example.com/bye',
    'intent://evil.example/#Intent;scheme=https;end',
    'mailto:kim@example.com',
    'tel:+1',
    'ws://app.example.com/bye',
    'https://app.example.com/BYE',
    'https://app.example.com./bye',
  ];

  it(`S-74 leads to none of ${openRedirects.length} URLs that are not on the list, by any endpoint`, async () => {
    const { house, client, signIn, query } = await setUp();
    const { browser, idToken } = await signIn();
    const { client: other } = await house.addClient({
      appType: 'spa',
      allowedLogoutUrls: ['https://other.example.com/'],
    });
    for (const url of openRedirects) {
      for (const path of [
        `/v2/logout?${query({ client_id: client.clientId, returnTo: url })}`,
        `/v2/logout?${query({ returnTo: url })}`,
        `/v2/logout?${query({ client_id: other.clientId, returnTo: bye })}`,
        `/oidc/logout?${query({ client_id: client.clientId, post_logout_redirect_uri: url })}`,
        `/oidc/logout?${query({ post_logout_redirect_uri: url })}`,
        `/oidc/logout?${query({ id_token_hint: idToken, post_logout_redirect_uri: url })}`,
      ]) {
        const { status, location } = await browser.get(path, fromApplication);
        expect(status, path).toBe(400);
        expect(location, path).toBeUndefined();
      }
    }
  });
});

describe('/oidc/logout', () => {
  it('signs out on a hint of ours, expired or not, and hands the state back', async () => {
    const { signIn, isSignedIn, query } = await setUp();
    const { browser, idToken } = await signIn();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 3600 * 1000 });
    const parameters = { id_token_hint: idToken, post_logout_redirect_uri: bye, state: 's 1' };
    const { status, location } = await browser.get(`/oidc/logout?${query(parameters)}`, fromElsewhere);
    expect(status).toBe(302);
    expect(location?.href).toBe(`${bye}?state=s+1`);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('takes the sid as a hint, by GET and POST', async () => {
    const { client, signIn, isSignedIn, query } = await setUp();
    const one = await signIn();
    const sid = String(decodeJwt(one.idToken).sid);
    const wrong = { client_id: client.clientId, logout_hint: 'x'.repeat(43) };
    questionOf((await one.browser.get(`/oidc/logout?${query(wrong)}`, fromElsewhere)).body);
    const done = await one.browser.request('POST', '/oidc/logout', {
      form: { client_id: client.clientId, logout_hint: sid },
      headers: fromElsewhere,
    });
    expect(done.body).toBe('signed out');
    expect(await isSignedIn(one.browser)).toBe(false);
  });

  it('S-75 asks when the hint is another session’s or user’s', async () => {
    const { signIn, isSignedIn, query } = await setUp();
    const [mine, other] = [await signIn(), await signIn()];
    const { body } = await mine.browser.get(
      `/oidc/logout?${query({ id_token_hint: other.idToken })}`,
      fromElsewhere,
    );
    questionOf(body);
    expect(await isSignedIn(mine.browser)).toBe(true);
  });

  it('S-72 refuses a hint that is not an ID token of ours', async () => {
    const { house, client, userId, signIn, query } = await setUp();
    const { browser, idToken } = await signIn();
    const forged = await new SignJWT({ sid: decodeJwt(idToken).sid })
      .setProtectedHeader({ alg: 'HS256', kid: 'x' })
      .setIssuer(issuer)
      .setSubject(userId)
      .setAudience(client.clientId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(new Uint8Array(32));
    const [header, payload] = idToken.split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const hint of ['nonsense', forged, none, `${header}.${payload}.AAAA`]) {
      expect(
        (await browser.get(`/oidc/logout?${query({ id_token_hint: hint })}`, fromElsewhere)).status,
      ).toBe(400);
    }
    const { client: other } = await house.addClient();
    const mismatch = query({ id_token_hint: idToken, client_id: other.clientId });
    expect((await browser.get(`/oidc/logout?${mismatch}`)).status).toBe(400);
  });
});
