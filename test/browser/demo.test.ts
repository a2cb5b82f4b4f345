import { generate } from 'otplib';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaultsOf, overflowOf, smallTargetsOf } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { chooseApp } from '../support/pageTour.ts';
import { serverStarter, type TestServer } from '../support/server.ts';

const email = 'mila@example.com';
const password = 'four brown foxes ran';

/** A newcomer's way through the demo. Each step goes on where the one before it ended. */
describe('the demo application', () => {
  const start = serverStarter();
  const complaints: string[] = [];
  const tokenRequests: string[] = [];
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let secret = '';
  let usedStep = 0;
  let recoveryCode = '';

  beforeAll(async () => {
    [server, browser] = await Promise.all([start(), launchChromium()]);
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    // A step that fails takes the ones after it along: let that not take minutes.
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    context.on('request', (request: Request) => {
      if (request.url().endsWith('/oauth/token')) tokenRequests.push(request.postData() ?? '');
    });
  });

  afterAll(() => browser?.close());

  const openDemo = () => page.goto(`${server.baseUrl}/demo`);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const bank = () => page.locator('#bank .movement').first().waitFor();
  const claim = (list: string, name: string) =>
    page.locator(`#${list} .claim`, { has: page.locator(`dt:text-is("${name}")`) }).locator('.claim-value');
  const submit = () => page.locator('#step button[value="default"]').click();

  async function signIn(): Promise<void> {
    await press('Sign in');
    await page.fill('[name="username"]', email);
    await page.fill('[name="password"]', password);
    await submit();
    await bank();
  }

  const welcome = () =>
    page.getByRole('heading', { name: 'The bank that asks twice when it matters' }).waitFor();

  async function signOut(): Promise<void> {
    await press('Sign out');
    await page.waitForURL(`${server.baseUrl}/demo`);
    await welcome();
  }

  /** A code of the authenticator app that was not used yet: at need the next one, which counts already. */
  async function freshCode(): Promise<string> {
    usedStep = Math.max(Math.floor(Date.now() / 1000 / 30), usedStep + 1);
    return generate({ secret, epoch: usedStep * 30 });
  }

  async function expectSound(): Promise<void> {
    expect(await accessibilityFaultsOf(page)).toEqual([]);
    expect(await smallTargetsOf(page)).toEqual([]);
  }

  it('welcomes who is not signed in', async () => {
    await openDemo();
    await welcome();
    await expectSound();
  });

  it('signs up on the hosted pages, with the link from the outbox', async () => {
    await press('Open an account');
    await page.fill('[name="email"]', email);
    await page.fill('[name="password"]', password);
    await submit();
    await page.getByText(email).waitFor();
    const answer = await fetch(`${server.baseUrl}/dev/outbox.json?to=${encodeURIComponent(email)}`);
    const [message] = (await answer.json()) as { text: string }[];
    const link = /https?:\/\/\S+\/u\/\S+/.exec(message?.text ?? '')?.[0];
    await page.goto(String(link));
    await submit();
  });

  it('signs in with the password and explains the tokens, without a second factor in them', async () => {
    await openDemo();
    await signIn();
    await page.getByText('You proved who you are with a password').waitFor();
    expect(await claim('id-claims', 'amr').textContent()).toBe('not there');
    expect(await claim('id-claims', 'email').textContent()).toBe(email);
    expect(await claim('access-claims', 'scope').textContent()).not.toContain('transfer:money');
    await expectSound();
  });

  it('keeps the session over a reload, by silent authentication', async () => {
    tokenRequests.length = 0;
    await page.reload();
    await bank();
    expect(tokenRequests.some((body) => body.includes('grant_type=authorization_code'))).toBe(true);
  });

  it('trades the refresh token for new tokens', async () => {
    tokenRequests.length = 0;
    const before = await claim('access-claims', 'jti').textContent();
    await press('Refresh the tokens');
    await page.getByText('New tokens at').waitFor();
    expect(tokenRequests).toEqual([expect.stringContaining('grant_type=refresh_token')]);
    expect(await claim('access-claims', 'jti').textContent()).not.toBe(before);
  });

  it('enrols an authenticator app when money is to be sent, then sends it', async () => {
    await page.fill('#amount', '40.50');
    await press('Send money');
    await chooseApp(page);
    const showKey = page.locator('button[value="toggle-view"]');
    await showKey.click();
    secret = (await page.locator('#shown-code').getAttribute('data-code')) ?? '';
    await page.fill('[name="code"]', await freshCode());
    await submit();
    recoveryCode = (await page.locator('#shown-code').getAttribute('data-code')) ?? '';
    await page.check('[name="saved"]');
    await submit();
    await page.getByText('€40.50 went to Marina dues.').waitFor();
    await page.getByText('You proved who you are with a password and a one-time password').waitFor();
    expect(await claim('id-claims', 'amr').textContent()).toBe('["mfa", "pwd", "otp"]');
    expect(await claim('access-claims', 'scope').textContent()).toContain('transfer:money');
    await expectSound();
  });

  it('keeps the second factor and the scope over a refresh', async () => {
    await press('Refresh the tokens');
    await page.getByText('New tokens at').waitFor();
    expect(await claim('id-claims', 'amr').textContent()).toContain('mfa');
    expect(await claim('access-claims', 'scope').textContent()).toContain('transfer:money');
    await press('Send money');
    await page.getByText('went to Marina dues.').waitFor();
  });

  it('signs out, of the session too', async () => {
    await signOut();
    await page.reload();
    await welcome();
    await press('Sign in');
    await page.locator('[name="username"]').waitFor();
  });

  it('offers the second factor when a refresh needs one by now, and takes a recovery code', async () => {
    await openDemo();
    await signIn();
    await server.cli('policy', 'set', 'always');
    await press('Refresh the tokens');
    await page.getByText('Countersign wants a second factor').waitFor();
    await expectSound();
    await server.cli('policy', 'set', 'never');
    await press('Go on');
    await page.locator('button[value="pick-authenticator"]').click();
    await press('Recovery code');
    await page.fill('[name="code"]', recoveryCode);
    await submit();
    await page.check('[name="saved"]');
    await submit();
    await press('Not now');
    await page.getByText('You proved who you are with a password and a second factor').waitFor();
    await signOut();
  });

  it('asks for the second factor by acr_values, and shows the card number for it', async () => {
    await openDemo();
    await signIn();
    await press('Show card number');
    await page.fill('[name="code"]', await freshCode());
    await submit();
    await page.getByText('Shown, because you proved a second factor.').waitFor();
    expect(await page.locator('#card-number').textContent()).toMatch(/^[\d ]{19}$/);
  });

  it('lists and removes authenticators with a token for the MFA API', async () => {
    await press('Show them');
    await page.getByRole('button', { name: 'Remove Authenticator app' }).waitFor();
    await press('Remove Recovery code');
    await page.getByText('Recovery code was removed.').waitFor();
    await press('Remove Authenticator app');
    await page.getByText('None yet.').waitFor();
    await page.getByRole('button', { name: 'Set up a second factor' }).waitFor();
    await expectSound();
  });

  it.each(['light', 'dark'] as const)('fits a window of 320 px, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 700 });
    await page.reload();
    await bank();
    expect(await overflowOf(page)).toBe(0);
    await expectSound();
  });

  it('keeps the session when an answer arrives that nobody asked for, and says so', async () => {
    await page.goto(`${server.baseUrl}/demo?error=access_denied&error_description=No&state=made-up`);
    await page.getByText('Please start again.').waitFor();
    await bank();
    expect(page.url()).toBe(`${server.baseUrl}/demo`);
    await expectSound();
  });

  it('goes straight on to sign-up at its own address', async () => {
    await page.goto(`${server.baseUrl}/demo/sign-up`);
    await page.waitForURL(/\/u\/signup/);
  });

  it('broke no content security policy and threw nothing', () => {
    expect(complaints).toEqual([]);
  });
});
