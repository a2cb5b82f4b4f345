import { decodeJwt } from 'jose';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { forEachServer } from '../../support/server.ts';
import type { ApplicationSite } from '../applicationSite.ts';
import { chromiumVisitor } from '../chromiumVisitor.ts';
import { Deployment } from '../deployment.ts';
import { passPages } from '../hostedPages.ts';
import { registerSpa, Spa, serveSpa } from './spa.ts';

const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const api = 'https://api.example.com/timesheet';
const mfaNeeded = { error: 'login_required', error_description: 'Multifactor authentication required' };

let chromium: Browser;

beforeAll(async () => {
  chromium = await launchChromium();
});

afterAll(() => chromium.close());

forEachServer((_engine, start) => {
  let deployment: Deployment;
  /** The application's site, beside the server and over TLS as well. */
  let site: ApplicationSite;
  let context: BrowserContext;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    site = await serveSpa({ dataDir: deployment.server.dataDir });
    await deployment.api(api, '--scopes', 'read:hours');
  });

  afterAll(() => site.close());

  beforeEach(async () => {
    context = await chromium.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
  });

  afterEach(() => context.close());

  it('signs in by redirect through the hosted pages with a one-time password', async () => {
    const clientId = await registerSpa(deployment, site, '--mfa-policy', 'always');
    const kim = await deployment.person();
    const spa = await Spa.open(context, deployment, site, clientId);
    expect(await spa.signIn(kim)).toEqual([
      'login',
      'mfa-otp-enrollment-qr',
      'mfa-otp-enrollment-code',
      'mfa-recovery-code-enrollment',
    ]);
    expect(await spa.user()).toMatchObject({ sub: kim.userId, email: kim.email, name: 'Kim Person' });
    expect(await spa.idTokenClaims()).toMatchObject({
      acr: multiFactor,
      amr: expect.arrayContaining(['mfa', 'otp']),
    });

    const elsewhere = await chromium.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
    const other = await Spa.open(elsewhere, deployment, site, clientId);
    expect(await other.signIn(kim)).toEqual(['login', 'mfa-otp-challenge']);
    await elsewhere.close();
  });

  describe('silent authentication', () => {
    it('gives tokens in a frame, without a page', async () => {
      const clientId = await registerSpa(deployment, site);
      const kim = await deployment.person();
      const spa = await Spa.open(context, deployment, site, clientId);
      await spa.signIn(kim);
      const outcome = await spa.getTokenSilently({
        authorizationParams: { audience: api, scope: 'read:hours' },
      });
      expect(outcome.error).toBeUndefined();
      expect(decodeJwt(outcome.access_token ?? '')).toMatchObject({ sub: kim.userId });

      // A new tab knows nothing but the session.
      const tab = await Spa.open(context, deployment, site, clientId);
      expect((await tab.getTokenSilently()).access_token).toEqual(expect.any(String));
      expect(await tab.user()).toMatchObject({ sub: kim.userId });
    });

    it('fails with login_required where nobody is signed in', async () => {
      const spa = await Spa.open(context, deployment, site, await registerSpa(deployment, site));
      expect(await spa.getTokenSilently()).toMatchObject({
        error: 'login_required',
        error_description: 'Login required',
      });
    });

    it('fails with the words that the SDK knows where a second factor is needed', async () => {
      const clientId = await registerSpa(deployment, site);
      const kim = await deployment.enrolledPerson();
      const spa = await Spa.open(context, deployment, site, clientId);
      expect(await spa.signIn(kim)).toEqual(['login']);
      const outcome = await spa.getTokenSilently({ authorizationParams: { acr_values: multiFactor } });
      expect(outcome).toMatchObject(mfaNeeded);
    });

    it('lets the SDK step up in a pop-up window, where only the challenge shows', async () => {
      const clientId = await registerSpa(deployment, site);
      const kim = await deployment.enrolledPerson();
      const spa = await Spa.open(context, deployment, site, clientId, { interactiveErrorHandler: 'popup' });
      await spa.signIn(kim);
      const popup = context.waitForEvent('page');
      const stepUp = spa.getTokenSilently({ authorizationParams: { acr_values: multiFactor } });
      const window = await popup;
      await window.waitForURL('**/u/mfa-otp-challenge*');
      await window.fill('#code', await kim.app.nextCode());
      await window.click('#step button[value="default"]');
      const outcome = await stepUp;
      expect(outcome.error).toBeUndefined();
      expect(decodeJwt(outcome.id_token ?? '')).toMatchObject({ acr: multiFactor });
    });

    it('S-73 tells nothing to a site that is not the application’s', async () => {
      // Another port is another origin, yet cookies don't tell ports apart: the session goes along.
      const foreign = await serveSpa({ dataDir: deployment.server.dataDir });
      const clientId = await registerSpa(deployment, site);
      const spa = await Spa.open(context, deployment, site, clientId);
      await spa.signIn(await deployment.person());
      const thief = await Spa.open(context, deployment, foreign, clientId, {
        authorizeTimeoutInSeconds: 3,
        authorizationParams: { redirect_uri: `${site.origin}/callback` },
      });
      const outcome = await thief.getTokenSilently();
      expect(outcome.access_token).toBeUndefined();
      expect(outcome.error).toBe('timeout');
      await foreign.close();
    });
  });

  it('signs out at the server and comes back, unasked', async () => {
    const clientId = await registerSpa(deployment, site);
    const kim = await deployment.person();
    const spa = await Spa.open(context, deployment, site, clientId);
    await spa.signIn(kim);
    await spa.logout();
    expect(await spa.user()).toBeUndefined();
    expect(await spa.getTokenSilently()).toMatchObject({ error: 'login_required' });
    await spa.page.evaluate(() => void window.client.loginWithRedirect());
    await spa.page.waitForURL('**/u/login*');
    const screens = await passPages(chromiumVisitor(spa.page, deployment.issuer), kim);
    expect(screens).toEqual(['login']);
  });
});
