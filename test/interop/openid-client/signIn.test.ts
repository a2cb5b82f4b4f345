import * as openid from 'openid-client';
import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { callback, Deployment, type Person } from '../deployment.ts';
import { RelyingParty } from '../relyingParty.ts';
import { hiddenFields } from '../webBrowser.ts';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let party: RelyingParty;
  let kim: Person;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    const application = await deployment.application();
    party = await RelyingParty.discover(deployment, application);
    kim = await deployment.person();
  });

  it('is discovered by its issuer', () => {
    const metadata = party.config.serverMetadata();
    expect(metadata.issuer).toBe(deployment.issuer);
    expect(metadata.supportsPKCE()).toBe(true);
    expect(metadata.authorization_response_iss_parameter_supported).toBe(true);
  });

  it('signs a person in by code with PKCE, state and nonce', async () => {
    const { tokens, screens } = await party.signIn(kim);
    expect(screens).toEqual(['login']);
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 86_400, scope: 'openid profile email' });
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      sub: kim.userId,
      sid: expect.any(String),
      auth_time: expect.any(Number),
      name: 'Kim Person',
      email: kim.email,
      email_verified: true,
    });
    expect(claims).not.toHaveProperty('amr');
    expect(claims).not.toHaveProperty('acr');
    expect(tokens.refresh_token).toBeUndefined();
  });

  it('signs in to a second application of the same browser without asking', async () => {
    const { browser, tokens } = await party.signIn(kim);
    const other = await RelyingParty.discover(deployment, await deployment.application());
    const second = await other.signIn(kim, {}, { browser });
    expect(second.screens).toEqual([]);
    expect(second.tokens.claims()?.auth_time).toBe(tokens.claims()?.auth_time);
  });

  it('asks again for max_age=0 and prompt=login, and not for a larger max_age', async () => {
    const { browser } = await party.signIn(kim);
    for (const [name, value] of [
      ['max_age', '0'],
      ['prompt', 'login'],
    ] as const) {
      const { screens } = await party.signIn(kim, { [name]: value }, { browser });
      expect(screens).toEqual(['login']);
    }
    const { begun, response } = await party.ask(browser, { max_age: '3600' });
    const tokens = await party.finish(response, begun, { maxAge: 3600 });
    expect(tokens.claims()?.sub).toBe(kim.userId);
  });

  it('answers prompt=none at once, with a code or login_required', async () => {
    const stranger = await party.ask(party.browser(), { prompt: 'none' });
    await expect(party.finish(stranger.response, stranger.begun)).rejects.toMatchObject({
      error: 'login_required',
      error_description: 'Login required',
    });
    const { browser } = await party.signIn(kim);
    const { begun, response } = await party.ask(browser, { prompt: 'none' });
    const tokens = await party.finish(response, begun);
    expect(tokens.claims()?.sub).toBe(kim.userId);
  });

  it('takes a pushed authorization request', async () => {
    const { url, checks } = await party.begin();
    const pushed = await openid.buildAuthorizationUrlWithPAR(party.config, url.searchParams);
    const browser = party.browser();
    await browser.open(pushed);
    await browser.submit({ username: kim.email, password: kim.password });
    const tokens = await party.finish(browser.url, { url, checks });
    expect(tokens.claims()?.sub).toBe(kim.userId);
  });

  it('posts the response for response_mode=form_post', async () => {
    const { browser } = await party.signIn(kim);
    const { begun } = await party.ask(browser, { response_mode: 'form_post' });
    expect(browser.body).toContain(`action="${callback}"`);
    const body = new URLSearchParams(hiddenFields(browser.body));
    const tokens = await party.finish(new Request(callback, { method: 'POST', body }), begun);
    expect(tokens.claims()?.sub).toBe(kim.userId);
  });

  it('refuses a code that was used, and kills what it yielded', async () => {
    const { browser } = await party.signIn(kim);
    const { begun, response } = await party.ask(browser, { scope: 'openid offline_access' });
    const tokens = await party.finish(response, begun);
    await expect(party.finish(response, begun)).rejects.toMatchObject({
      status: 403,
      error: 'invalid_grant',
      error_description: 'Invalid authorization code',
    });
    await expect(openid.fetchUserInfo(party.config, tokens.access_token, kim.userId)).rejects.toMatchObject({
      status: 401,
    });
    await expect(openid.refreshTokenGrant(party.config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('refuses a code with another PKCE verifier', async () => {
    const { browser } = await party.signIn(kim);
    const { begun, response } = await party.ask(browser, {});
    const other = { pkceCodeVerifier: openid.randomPKCECodeVerifier() };
    await expect(party.finish(response, begun, other)).rejects.toMatchObject({
      status: 403,
      error: 'invalid_grant',
      error_description: 'Failed to verify code verifier',
    });
  });

  it('sends nobody to an unregistered callback', async () => {
    const browser = party.browser();
    await browser.open((await party.begin({ redirect_uri: 'https://evil.example.com/callback' })).url);
    expect(browser.status).toBe(400);
    expect(browser.url.origin).toBe(new URL(deployment.issuer).origin);
  });

  it('asks for consent to an application of somebody else, once', async () => {
    const foreign = await RelyingParty.discover(deployment, await deployment.application('--no-first-party'));
    const begun = await foreign.begin();
    const browser = foreign.browser();
    await browser.open(begun.url);
    await browser.submit({ username: kim.email, password: kim.password });
    expect(browser.screen).toBe('consent');
    await browser.submit({ action: 'deny' });
    await expect(foreign.finish(browser.url, begun)).rejects.toMatchObject({ error: 'access_denied' });

    const again = await foreign.ask(browser, {});
    expect(browser.screen).toBe('consent');
    await browser.submit({ action: 'accept' });
    await foreign.finish(browser.url, again.begun);
    const third = await foreign.ask(browser, {});
    await foreign.finish(third.response, third.begun);
  });
});
