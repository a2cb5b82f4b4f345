import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { generate } from 'otplib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { chooseApp, fillAndSubmit } from '../support/pageTour.ts';
import { serverStarter, type TestServer } from '../support/server.ts';

const person = { email: 'ann@example.com', password: 'seven green apples' };
const credentials = { username: person.email, password: person.password };
const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

/** A person's way through a whole server, on each database. Each step goes on where the one before ended. */
describe('from sign-up to sign-out', () => {
  const start = serverStarter();
  let server: TestServer;
  let application: Server;
  let callback: string;
  let clientId: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let secret: string;
  let recoveryCode: string;
  let lastCode = '';
  let lastStep = 0;

  beforeAll(async () => {
    application = createServer((_request, response) => {
      const returnTo = encodeURIComponent(callback);
      const url = `${server.baseUrl}/oidc/logout?client_id=${clientId}&post_logout_redirect_uri=${returnTo}`;
      response.setHeader('content-type', 'text/html').end(`<a href="${url}">Sign out</a>`);
    }).listen(0);
    callback = `http://localhost:${(application.address() as AddressInfo).port}/callback`;
    [server, browser] = await Promise.all([start(), launchChromium()]);
    const created = await server.cli<{ client_id: string }>(
      ...['client', 'create', '--name', 'Acme Bank', '--app-type', 'spa', '--callbacks', callback],
      ...['--grant-types', 'authorization_code', '--token-endpoint-auth-method', 'none'],
      ...['--allowed-logout-urls', callback],
    );
    clientId = created.client_id;
    await server.cli('policy', 'set', 'always');
    context = await browser.newContext({ locale: 'en' });
    page = await context.newPage();
  });

  afterAll(async () => {
    await browser.close();
    application.close();
  });

  const heading = () => page.locator('h1').first().textContent();

  /** Sends the browser to the authorization endpoint; gives what the token request needs. */
  async function authorize(parameters: Record<string, string> = {}): Promise<string> {
    const verifier = randomBytes(32).toString('base64url');
    const url = new URL(`${server.baseUrl}/authorize`);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: callback,
      scope: 'openid email',
      state: 'from-the-application',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    }).toString();
    await page.goto(url.href);
    return verifier;
  }

  /** Waits for the application and trades the code for the claims of the ID token. */
  async function claimsAfter(verifier: string) {
    await page.waitForURL(`${callback}?*`);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('state')).toBe('from-the-application');
    const response = await fetch(`${server.baseUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        redirect_uri: callback,
        code: searchParams.get('code') ?? '',
        code_verifier: verifier,
      }),
    });
    const { id_token: idToken } = (await response.json()) as { id_token: string };
    return decodeJwt(idToken);
  }

  /**
   * A code that was not used yet. The server takes the step before and after the present one too, so
   * three logins in a row need no waiting.
   */
  async function freshCode(): Promise<string> {
    const period = 30;
    const earliest = () => Math.floor(Date.now() / 1000 / period) - 1;
    while (lastStep + 1 > earliest() + 2) await page.waitForTimeout(500);
    lastStep = Math.max(lastStep + 1, earliest());
    lastCode = await generate({ secret, epoch: lastStep * period });
    return lastCode;
  }

  it('creates an account, whose address a link proves', async () => {
    await authorize({ screen_hint: 'signup' });
    expect(await heading()).toBe('Create your account');
    await fillAndSubmit(page, person);
    expect(await heading()).toBe('Check your inbox');

    const outbox = await fetch(`${server.baseUrl}/dev/outbox.json?to=${person.email}`);
    const link = /https?:\/\/[^\s"\\]+ticket=[\w-]+/.exec(await outbox.text())?.[0] ?? '';
    const mail = await context.newPage();
    await mail.goto(link);
    await fillAndSubmit(mail);
    expect(await mail.locator('h1').textContent()).toBe('Address confirmed');
    await mail.close();
  });

  it('enrols an authenticator app at the first sign-in, shows the recovery code and goes back', async () => {
    const verifier = await authorize();
    await fillAndSubmit(page, credentials);
    await chooseApp(page);
    expect(await heading()).toBe('Protect your account');
    await page.click('button[value="toggle-view"]');
    secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
    await fillAndSubmit(page, { code: await freshCode() });
    expect(await heading()).toBe('Keep this recovery code');
    recoveryCode = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
    await page.check('#saved');
    await fillAndSubmit(page);
    expect(await claimsAfter(verifier)).toMatchObject({
      email: person.email,
      amr: ['mfa', 'pwd', 'otp'],
      acr: multiFactor,
    });
  });

  it('signs in silently while the session lasts', async () => {
    const verifier = await authorize();
    expect((await claimsAfter(verifier)).amr).toContain('mfa');
  });

  it('S-06 asks for a code at the next login and refuses the one used before', async () => {
    const verifier = await authorize({ prompt: 'login' });
    await fillAndSubmit(page, credentials);
    expect(await heading()).toBe('Confirm it’s you');
    await fillAndSubmit(page, { code: lastCode });
    expect(await page.locator('.field-error').textContent()).toContain('That code isn’t right.');
    await fillAndSubmit(page, { code: await freshCode() });
    expect((await claimsAfter(verifier)).amr).toContain('otp');
  });

  it('S-66 lets the recovery code take the app’s place, once, replaces it, and leads to a new app', async () => {
    const verifier = await authorize({ prompt: 'login' });
    await fillAndSubmit(page, credentials);
    await page.click('button[value="pick-authenticator"]');
    await page.getByRole('button', { name: 'Recovery code' }).click();
    await fillAndSubmit(page, { code: recoveryCode });
    expect(await heading()).toBe('Here’s your new recovery code');
    expect(await page.getAttribute('#shown-code', 'data-code')).not.toBe(recoveryCode);
    await page.check('#saved');
    await fillAndSubmit(page);
    expect(await heading()).toBe('Lost your usual method?');
    await page.check('#removeLost');
    await page.getByRole('button', { name: 'Authenticator app' }).click();
    expect(await heading()).toBe('Protect your account');
    await page.click('button[value="toggle-view"]');
    secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
    lastStep = 0;
    await fillAndSubmit(page, { code: await freshCode() });
    expect(await claimsAfter(verifier)).toMatchObject({ amr: ['mfa', 'pwd', 'otp'], acr: multiFactor });
  });

  it('remembers the browser and then asks for the password only, unless the application insists', async () => {
    await authorize({ prompt: 'login' });
    await fillAndSubmit(page, credentials);
    await page.check('#rememberBrowser');
    await fillAndSubmit(page, { code: await freshCode() });
    await page.waitForURL(`${callback}?*`);
    // Logins are told apart by auth_time, which counts seconds.
    await page.waitForTimeout(1100);

    const verifier = await authorize({ prompt: 'login' });
    await fillAndSubmit(page, credentials);
    expect((await claimsAfter(verifier)).amr).toBeUndefined();

    await authorize({ acr_values: multiFactor });
    expect(await heading()).toBe('Confirm it’s you');
    expect(await page.locator('#rememberBrowser').count()).toBe(0);
  });

  it('S-37 a copied address of the pages is worth nothing in another browser', async () => {
    const stranger = await browser.newContext({ locale: 'en' });
    const theirs = await stranger.newPage();
    await theirs.goto(page.url());
    expect(await theirs.locator('h1').textContent()).toBe('This page has expired');
    await stranger.close();
  });

  it('S-75 asks before it signs out for a page elsewhere, and then the session is gone', async () => {
    const { port } = application.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/elsewhere`);
    await page.click('a');
    expect(await heading()).toBe('Sign out?');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${callback}*`);
    await authorize();
    expect(await heading()).toBe('Sign in');
  });
});
