import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { TestServer } from './server.ts';
import { addAuthenticator, type VirtualAuthenticator } from './virtualAuthenticator.ts';

const password = 'four brown foxes ran';
const phone = { width: 390, height: 844 };
let people = 0;

/** Somebody with two browsers: one to sign in to the demo with, one that holds their authenticator. */
export interface AuthenticatorScene {
  readonly email: string;
  readonly server: TestServer;
  /** The browser that signs in. */
  readonly login: Page;
  /** What browsers complained of: uncaught errors, breaches of the policy. */
  readonly complaints: readonly string[];
  /** Begins to sign in as if for the first time in this browser; the password is given, the second factor not. */
  signIn(): Promise<void>;
  /** Chooses the push notification at a first sign-in, and gives the link of its page. */
  linkToEnrol(): Promise<string>;
  /** Finishes the sign-in after an enrolment: keeps the recovery code, and waits for the demo. */
  keepRecoveryCode(): Promise<void>;
  /** The number that the sign-in page shows. */
  number(): Promise<string>;
  /** Waits until the demo shows the account. */
  signedIn(): Promise<void>;
  close(): Promise<void>;
}

/** A person of their own at the server, who has nothing set up yet. */
export async function authenticatorScene(browser: Browser, server: TestServer): Promise<AuthenticatorScene> {
  people += 1;
  const email = `mila${people}@example.com`;
  await server.cli('user', 'create', '--email', email, '--password', password, '--email-verified');
  const context = await browser.newContext({ locale: 'en-GB' });
  const complaints: string[] = [];
  const login = await context.newPage();
  login.setDefaultTimeout(40_000);
  noteComplaints(login, complaints);
  const bank = () => login.locator('#bank .movement').first().waitFor();
  return {
    email,
    server,
    login,
    complaints,
    async signIn() {
      await context.clearCookies();
      await login.goto(`${server.baseUrl}/demo`);
      await login.click('#sign-in');
      await login.fill('[name="username"]', email);
      await login.fill('[name="password"]', password);
      await login.click('#step button[value="default"]');
    },
    async linkToEnrol() {
      await login.click('button[value="push-notification"]');
      await login.click('button[value="toggle-view"]');
      const shown = login.locator('[data-code^="otpauth:"]');
      return (await shown.getAttribute('data-code')) ?? '';
    },
    async keepRecoveryCode() {
      await login.check('#saved');
      await login.click('#step button[value="default"]');
      await bank();
    },
    async number() {
      return ((await login.locator('.match-number').textContent()) ?? '').trim();
    },
    signedIn: bank,
    close: () => context.close(),
  };
}

/** The authenticator in a browser profile of its own, with a device that asks for its person. */
export interface AuthenticatorApp {
  readonly page: Page;
  readonly device: VirtualAuthenticator;
  readonly complaints: readonly string[];
  /** Secrets of codes, base32, as servers sent them to the app, the newest last. */
  readonly secrets: readonly string[];
  /** Opens a screen by its address, `#settings`. */
  open(address?: string): Promise<void>;
  /** Adds the account of a link by pasting it, and waits until it is added. */
  add(link: string): Promise<void>;
  /** Leaves the screen that tells how something ended. */
  done(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the app that a server has. */
export async function openAuthenticator(
  browser: Browser,
  server: Pick<TestServer, 'baseUrl'>,
  options: BrowserContextOptions = {},
): Promise<AuthenticatorApp> {
  const context = await browser.newContext({
    ...{ locale: 'en-GB', viewport: phone, reducedMotion: 'reduce' },
    ...options,
  });
  const complaints: string[] = [];
  const secrets: string[] = [];
  const page = await context.newPage();
  // A device that was removed is noticed at the next look, every 15 seconds.
  page.setDefaultTimeout(40_000);
  noteComplaints(page, complaints);
  page.on('response', async (response) => {
    if (!response.url().endsWith('/api/enroll') || response.request().method() !== 'POST') return;
    const answer = (await response.json().catch(() => ({}))) as { totp?: { secret: string } };
    if (answer.totp) secrets.push(answer.totp.secret);
  });
  const device = await addAuthenticator(page, 'device');
  const address = `${server.baseUrl}/authenticator/`;
  return {
    page,
    device,
    complaints,
    secrets,
    async open(hash = '') {
      await page.goto(address + hash);
      await page.waitForSelector('h1');
    },
    async add(link) {
      await page.goto(`${address}#link`);
      await page.fill('#link', link);
      await page.click('main form .primary');
      await page.waitForURL('**#confirm');
      await page.click('main form .primary');
      await page.waitForURL('**#done');
    },
    async done() {
      await page.locator('main').getByText('Done', { exact: true }).click();
    },
    close: () => context.close(),
  };
}

function noteComplaints(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
}
