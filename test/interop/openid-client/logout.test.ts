import * as openid from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { type Application, afterLogout, Deployment, type Person } from '../deployment.ts';
import { RelyingParty } from '../relyingParty.ts';
import type { WebBrowser } from '../webBrowser.ts';

const second = 'https://app.example.com/other';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let application: Application;
  let party: RelyingParty;
  let kim: Person;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    application = await deployment.application('--allowed-logout-urls', `${afterLogout},${second}`);
    party = await RelyingParty.discover(deployment, application);
    kim = await deployment.person();
  });

  async function isSignedIn(browser: WebBrowser): Promise<boolean> {
    const { response } = await party.ask(browser, { prompt: 'none' });
    return response.searchParams.has('code');
  }

  describe('/oidc/logout', () => {
    it('ends the session and returns with the state', async () => {
      const { tokens, browser } = await party.signIn(kim);
      const url = openid.buildEndSessionUrl(party.config, {
        id_token_hint: tokens.id_token ?? '',
        post_logout_redirect_uri: second,
        state: 'kept',
      });
      await browser.open(url);
      expect(browser.url.href).toBe(`${second}?state=kept`);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('takes the sid as the hint, as Auth0 does', async () => {
      const { tokens, browser } = await party.signIn(kim);
      const url = openid.buildEndSessionUrl(party.config, {
        logout_hint: String(tokens.claims()?.sid),
        post_logout_redirect_uri: afterLogout,
      });
      await browser.open(url);
      expect(browser.url.href).toBe(afterLogout);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('leads nowhere that was not registered, and ends nothing then', async () => {
      const { tokens, browser } = await party.signIn(kim);
      const url = openid.buildEndSessionUrl(party.config, {
        id_token_hint: tokens.id_token ?? '',
        post_logout_redirect_uri: `${afterLogout}/more`,
      });
      await browser.open(url);
      expect(browser.status).toBe(400);
      expect(browser.url.origin).toBe(new URL(deployment.issuer).origin);
      expect(await isSignedIn(browser)).toBe(true);
    });

    it('asks the person when nothing proves that the application wants it', async () => {
      const { browser } = await party.signIn(kim);
      await browser.open(openid.buildEndSessionUrl(party.config, { post_logout_redirect_uri: afterLogout }), {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-dest': 'document',
      });
      expect(browser.status).toBe(200);
      expect(browser.url.pathname).toBe('/oidc/logout');
      expect(await isSignedIn(browser)).toBe(true);
    });
  });

  describe('/v2/logout', () => {
    const logout = (parameters: Record<string, string>) =>
      `${deployment.issuer}v2/logout?${new URLSearchParams(parameters)}`;
    /** What a browser says of a click on the application's own page. */
    const clicked = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-dest': 'document',
      referer: 'https://app.example.com/',
    };

    it('ends the session and returns to a registered URL', async () => {
      const { browser } = await party.signIn(kim);
      await browser.open(
        logout({ client_id: application.clientId, returnTo: second, federated: '' }),
        clicked,
      );
      expect(browser.url.href).toBe(second);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('returns to the first registered URL when none is named', async () => {
      const { browser } = await party.signIn(kim);
      await browser.open(logout({ client_id: application.clientId }), clicked);
      expect(browser.url.href).toBe(afterLogout);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it.each(['https://evil.example.com/', `${afterLogout}?x=1`, 'javascript:alert(1)'])(
      'S-74 refuses to return to %s',
      async (returnTo) => {
        const { browser } = await party.signIn(kim);
        await browser.open(logout({ client_id: application.clientId, returnTo }), clicked);
        expect(browser.status).toBe(400);
        expect(browser.url.origin).toBe(new URL(deployment.issuer).origin);
        expect(await isSignedIn(browser)).toBe(true);
      },
    );
  });

  it('leaves refresh tokens alive at a logout, since they are for when nobody is there', async () => {
    const { tokens, browser } = await party.signIn(kim, { scope: 'openid offline_access' });
    await browser.open(openid.buildEndSessionUrl(party.config, { id_token_hint: tokens.id_token ?? '' }));
    expect(await isSignedIn(browser)).toBe(false);
    const refreshed = await openid.refreshTokenGrant(party.config, tokens.refresh_token ?? '');
    expect(refreshed.claims()?.sub).toBe(kim.userId);
    await expect(openid.fetchUserInfo(party.config, tokens.access_token, kim.userId)).rejects.toMatchObject({
      status: 401,
    });
  });
});
