import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflowOf } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { serverStarter, type TestServer } from '../support/server.ts';
import { addAuthenticator } from '../support/virtualAuthenticator.ts';

const email = 'mila@example.com';
const password = 'four brown foxes ran';

describe('the account page of somebody who is signed in at an application', () => {
  const start = serverStarter();
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([start(), launchChromium()]);
    await server.cli('user', 'create', '--email', email, '--password', password, '--email-verified');
    await server.cli('tenant', 'update', '--passkey-sign-in', 'on');
    context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await addAuthenticator(page, 'usb key with PIN');
    await page.goto(`${server.baseUrl}/demo`);
    await page.click('#sign-in');
    await page.fill('[name="username"]', email);
    await page.fill('[name="password"]', password);
    await page.click('#step button[value="default"]');
    await page.locator('#bank .movement').first().waitFor();
  });

  afterAll(() => browser?.close());

  it('opens without asking, from there', async () => {
    await page.getByRole('link', { name: 'Go to the account page' }).click();
    await page.locator('[data-part="methods"]').waitFor();
    expect(new URL(page.url()).pathname).toBe('/account');
  });

  it.each([
    ['de', 'Ihr Konto'],
    ['es', 'Tu cuenta'],
    ['fr', 'Votre compte'],
    ['pt', 'Sua conta'],
    ['ja', 'アカウント'],
  ])('speaks the language of the browser, %s, and fits a narrow window', async (language, title) => {
    const translated = await context.newPage();
    await translated.addInitScript(
      `Object.defineProperty(navigator, 'languages', { get: () => ['${language}', 'en'] })`,
    );
    await translated.setViewportSize({ width: 320, height: 640 });
    await translated.goto(`${server.baseUrl}/account`);
    await translated.locator('[data-part="methods"]').waitFor();
    expect(await translated.locator('h1').textContent()).toBe(title);
    expect(await translated.getAttribute('html', 'lang')).toBe(language);
    expect(await overflowOf(translated)).toBe(0);
    await translated.close();
  });

  it('adds a passkey as the first factor, and shows the ten codes that come beside it', async () => {
    await server.cli('factor', 'settings', 'recovery-code', 'codes=10');
    await page.getByRole('button', { name: 'Add a second factor' }).click();
    await page
      .locator('dialog')
      .getByRole('button', { name: /^Passkey/ })
      .click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    expect(await page.locator('.code-list li').count()).toBe(10);
    await page.keyboard.press('Escape');
    await page.locator('dialog [name="kept"]').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'It works' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.locator('[data-part="methods"] .row', { hasText: 'Last used just now' }).waitFor();
    await page.locator('[data-part="codes"]').getByText('Codes left: 10').waitFor();
  });

  it('signs out, of the application’s session too', async () => {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto(`${server.baseUrl}/demo`);
    await page.getByRole('heading', { name: 'The bank that asks twice when it matters' }).waitFor();
  });
});
