import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { callback, Deployment, type Person } from '../deployment.ts';
import { passPages } from '../hostedPages.ts';
import { hiddenFields, WebBrowser } from '../webBrowser.ts';
import { get, postJson } from '../wireCalls.ts';

const { origin } = new URL(callback);
const webOrigin = 'https://spa.example.com';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let clientId: string;
  let kim: Person;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    const spa = await deployment.application('--app-type', 'spa', '--web-origins', `${webOrigin},${origin}`);
    clientId = spa.clientId;
    kim = await deployment.person();
  });

  const authorize = (parameters: Record<string, string>) =>
    `${deployment.issuer}authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: callback,
      scope: 'openid',
      state: 'the-state',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      // What SDKs add, and what a later one might.
      auth0Client: 'eyJuYW1lIjoidGVzdCJ9',
      some_future_parameter: 'x',
      ...parameters,
    })}`;

  describe('/authorize', () => {
    async function signedIn(): Promise<WebBrowser> {
      const browser = new WebBrowser(deployment.issuer);
      await browser.open(authorize({}));
      await passPages(browser, kim);
      return browser;
    }

    it('names the issuer in every response, whatever its mode', async () => {
      const browser = await signedIn();
      expect(browser.url.searchParams.get('iss')).toBe(deployment.issuer);
      await browser.open(authorize({ response_mode: 'fragment' }));
      expect(new URLSearchParams(browser.url.hash.slice(1)).get('iss')).toBe(deployment.issuer);
      await browser.open(authorize({ response_mode: 'form_post' }));
      expect(hiddenFields(browser.body).iss).toBe(deployment.issuer);

      const stranger = new WebBrowser(deployment.issuer);
      await stranger.open(authorize({ prompt: 'none' }));
      expect(Object.fromEntries(stranger.url.searchParams)).toEqual({
        error: 'login_required',
        error_description: 'Login required',
        state: 'the-state',
        iss: deployment.issuer,
      });
    });

    it('posts web messages to the redirect URI’s origin, in a page that only web origins may frame', async () => {
      const browser = await signedIn();
      const cookie = '';
      await browser.open(
        authorize({ response_mode: 'web_message', prompt: 'none' }),
        cookie ? { cookie } : {},
      );
      expect(browser.status).toBe(200);
      const answer = messageOf(browser.body);
      expect(answer.targetOrigin).toBe(origin);
      expect(answer.response).toMatchObject({ code: expect.any(String), state: 'the-state' });

      const { headers, body } = await get(authorize({ response_mode: 'web_message', prompt: 'none' }));
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`frame-ancestors ${webOrigin} ${origin}`);
      expect(policy).not.toContain('unsafe-inline');
      expect(headers.get('x-frame-options')).toBeNull();
      expect(messageOf(body).response).toMatchObject({
        error: 'login_required',
        error_description: 'Login required',
        state: 'the-state',
      });
    });

    it('shows its pages at Auth0’s paths, in nobody’s frame', async () => {
      const { status, headers } = await get(authorize({}));
      expect([302, 303]).toContain(status);
      expect(headers.get('location')).toMatch(/^(?:https:\/\/[^/]+)?\/u\/login\?state=/);
      const signUp = await get(authorize({ screen_hint: 'signup' }));
      expect(signUp.headers.get('location')).toMatch(/\/u\/signup\?state=/);
      const browser = new WebBrowser(deployment.issuer);
      await browser.open(authorize({ login_hint: kim.email, ui_locales: 'de' }));
      expect(browser.body).toContain(`value="${kim.email}"`);
      expect(browser.body).toContain('<html lang="de"');
    });

    function messageOf(page: string): { response: Record<string, string>; targetOrigin: string } {
      const json = /<script[^>]*id="answer"[^>]*>([^<]*)<\/script>/.exec(page)?.[1];
      if (!json) throw new Error(`The page posts no message: ${page.slice(0, 300)}`);
      return JSON.parse(json);
    }
  });

  describe('/dbconnections', () => {
    const connection = 'Username-Password-Authentication';
    const signUp = (fields: object) =>
      postJson(`${deployment.issuer}dbconnections/signup`, { client_id: clientId, connection, ...fields });

    it('signs up as the wire shows it, and the person can sign in', async () => {
      const password = 'eleven yellow plums';
      const { status, body } = await signUp({ email: 'new@example.com', password });
      expect(status).toBe(200);
      expect(body).toEqual({
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        email: 'new@example.com',
        email_verified: false,
      });
      const browser = new WebBrowser(deployment.issuer);
      await browser.open(authorize({}));
      await browser.submit({ username: 'new@example.com', password });
      expect(browser.url.searchParams.has('code')).toBe(true);
    });

    it('names a weak password as SDKs expect it', async () => {
      const { status, body } = await signUp({ email: 'weak@example.com', password: 'short' });
      expect(status).toBe(400);
      expect(body).toMatchObject({ name: 'PasswordStrengthError', code: 'invalid_password' });
    });

    it('answers a wish for a new password in plain text, the same for everybody', async () => {
      const answers = await Promise.all(
        [kim.email, 'nobody@example.com'].map((email) =>
          postJson(`${deployment.issuer}dbconnections/change_password`, {
            ...{ client_id: clientId, connection, email },
          }),
        ),
      );
      for (const { status, headers, body } of answers) {
        expect(status).toBe(200);
        expect(headers.get('content-type')).toMatch(/^text\/(?:plain|html)/);
        expect(body).toBe("We've just sent you an email to reset your password.");
      }
    });
  });
});
