import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { codeOf } from '../support/engine.ts';
import { person } from '../support/pageFlows.ts';
import { createTestPages, type TestPages } from '../support/pages.ts';
import { fillAndSubmit, open, openInteraction } from '../support/pageTour.ts';

let browser: Browser;
let pages: TestPages;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

beforeEach(async () => {
  pages = await createTestPages({ isServed: true });
  await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always' });
});

afterEach(async () => {
  await context.close();
  await pages.close();
});

async function openBrowser(options: BrowserContextOptions = {}): Promise<void> {
  context = await browser.newContext({ locale: 'en', ...options });
  page = await context.newPage();
}

const credentials = { username: person.email, password: person.password };
const now = () => pages.house.clock.now;

async function signInToEnrolment(): Promise<string> {
  const state = await openInteraction(pages, page);
  await open(pages, page, `/u/login?state=${state}`);
  await fillAndSubmit(page, credentials);
  return state;
}

it('works without scripts, from the password to the application', async () => {
  await openBrowser({ javaScriptEnabled: false });
  await signInToEnrolment();
  await page.click('button[value="toggle-view"]');
  const secret = (await page.locator('#shown-code').getAttribute('data-code')) ?? '';
  await fillAndSubmit(page, { code: await codeOf(secret, now()) });
  expect(await page.locator('h1').textContent()).toBe('Keep this recovery code');
  expect(await page.locator('[data-copy]').isVisible()).toBe(false);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download]')]);
  expect(download.suggestedFilename()).toBe('recovery-code.txt');
  await page.check('#saved');
  await fillAndSubmit(page);
  await page.waitForURL('**/application?code=made-up');
});

it('works by keyboard alone, and Enter sends the code rather than switching the view', async () => {
  await openBrowser();
  const state = await openInteraction(pages, page);
  await open(pages, page, `/u/login?state=${state}`);
  await page.keyboard.type(person.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/u/mfa-otp-enrollment-qr*');

  await page.focus('button[value="toggle-view"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/u/mfa-otp-enrollment-code*');
  const secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
  await page.focus('#code');
  await page.keyboard.type(await codeOf(secret, now()));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/u/mfa-recovery-code-enrollment*');
  await page.focus('#saved');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/application*');
});

it('moves the cursor to what is wrong, and from there to the field', async () => {
  await openBrowser();
  const state = await openInteraction(pages, page);
  await open(pages, page, `/u/login?state=${state}`);
  await fillAndSubmit(page);
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type(person.email);
  expect(await page.inputValue('#username')).toBe(person.email);
});

it('tells password managers and phones what each field is for', async () => {
  await openBrowser();
  const state = await signInToEnrolment();
  const code = page.locator('#code');
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
  expect(await code.getAttribute('inputmode')).toBe('numeric');
  const expected = [
    ['login', 'username', 'username'],
    ['login', 'password', 'current-password'],
    ['signup', 'email', 'email'],
    ['signup', 'password', 'new-password'],
  ] as const;
  for (const [name, field, autocomplete] of expected) {
    await open(pages, page, `/u/${name}?state=${state}`);
    expect(await page.locator(`#${field}`).getAttribute('autocomplete'), field).toBe(autocomplete);
  }
});

describe('with scripts', () => {
  beforeEach(() => openBrowser({ permissions: ['clipboard-read', 'clipboard-write'] }));

  it('a password can be read and hidden again', async () => {
    const state = await openInteraction(pages, page);
    await open(pages, page, `/u/login?state=${state}`);
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await page.locator('#password').getAttribute('type')).toBe('text');
    await page.getByRole('button', { name: 'Hide password' }).click();
    expect(await page.locator('#password').getAttribute('type')).toBe('password');
  });

  it('a code is copied without its gaps, and the page says so', async () => {
    await signInToEnrolment();
    await page.click('button[value="toggle-view"]');
    await page.getByRole('button', { name: 'Copy key' }).click();
    await page.waitForFunction('document.querySelector("#copy-status").textContent === "Copied"');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      await page.getAttribute('#shown-code', 'data-code'),
    );
  });

  it('a double click sends a form once', async () => {
    const state = await openInteraction(pages, page);
    await open(pages, page, `/u/login?state=${state}`);
    let posts = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') posts += 1;
    });
    await page.fill('#username', person.email);
    await page.fill('#password', person.password);
    await page.dblclick('#step button[value="default"]');
    await page.waitForURL('**/u/mfa-otp-enrollment-qr*');
    expect(posts).toBe(1);
  });
});

describe('S-36 back button and second tab', () => {
  it('the code page that is gone back to leads on to the recovery code', async () => {
    await openBrowser();
    const state = await signInToEnrolment();
    await open(pages, page, `/u/mfa-otp-enrollment-code?state=${state}`);
    const secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
    await fillAndSubmit(page, { code: await codeOf(secret, now()) });
    await page.waitForURL('**/u/mfa-recovery-code-enrollment*');
    await page.goBack();
    await page.waitForURL('**/u/mfa-recovery-code-enrollment*');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('two applications sign in side by side in one browser', async () => {
    await openBrowser();
    const first = await openInteraction(pages, page);
    await open(pages, page, `/u/login?state=${first}`);
    const second = await openInteraction(pages, page);
    const tab = await context.newPage();
    await open(pages, tab, `/u/login?state=${second}`);
    await fillAndSubmit(tab, credentials);
    await fillAndSubmit(page, credentials);
    expect(new URL(page.url()).searchParams.get('state')).toBe(first);
    expect(new URL(tab.url()).searchParams.get('state')).toBe(second);
  });
});

it('goes back to an application that redirects elsewhere, although forms may only be sent here', async () => {
  const application = createServer((request, response) => {
    const isCallback = request.url?.startsWith('/callback');
    if (isCallback) response.writeHead(302, { location: `http://127.0.0.1:${port}/welcome` }).end();
    else response.end('welcome');
  }).listen(0);
  const { port } = application.address() as AddressInfo;
  await openBrowser();
  await pages.house.setTenant({ policy: 'never' });
  const state = await openInteraction(pages, page, {
    params: { redirect_uri: `http://localhost:${port}/callback` },
  });
  await open(pages, page, `/u/login?state=${state}`);
  await fillAndSubmit(page, credentials);
  await page.waitForURL(`http://127.0.0.1:${port}/welcome`);
  application.close();
});
