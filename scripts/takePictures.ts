import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';
import { chooseApp, fillAndSubmit } from '../test/support/pageTour.ts';
import { startServer } from '../test/support/server.ts';

// Takes the pictures of README.md and the guides from a server of its own: node scripts/takePictures.ts
// They are small enough to keep after `pngquant --quality 75-98 --strip` and `optipng -o5`.

const folder = join(import.meta.dirname, '..', 'docs', 'images');
const person = { email: 'mila@example.com', password: 'seven green apples' };
const credentials = { username: person.email, password: person.password };
const slip = { width: 627, height: 880 };
const desk = { width: 1080, height: 880 };

const server = await startServer();
const browser = await launchChromium();
try {
  await mkdir(folder, { recursive: true });
  const page = await openBrowser();
  await signUp(page);
  const secret = await sendMoney(page);
  await page.setViewportSize(desk);
  await page.evaluate('scrollTo(0, 0)');
  await takePicture(page, 'demo');
  await page.goto(`${server.baseUrl}/account`);
  await page.waitForSelector('[data-part="methods"]');
  await takePicture(page, 'account-page');

  await server.cli('policy', 'set', 'always');
  const other = await openBrowser();
  await signIn(other);
  await other.waitForSelector('#rememberBrowser');
  await other.fill('[name="code"]', new TOTP({ secret }).generate());
  await takePicture(other, 'otp-challenge');

  const console = await openConsole();
  await console.setViewportSize({ width: 1240, height: 800 });
  await takePicture(console, 'operator-console');
} finally {
  await browser.close();
  await server.stop();
}

async function openBrowser(): Promise<Page> {
  const look = { colorScheme: 'light', deviceScaleFactor: 2, viewport: slip } as const;
  return (await browser.newContext({ locale: 'en-GB', ...look })).newPage();
}

/** Opens an account as a person does: the form, then the link in the message. */
async function signUp(page: Page): Promise<void> {
  await page.goto(`${server.baseUrl}/demo/sign-up`);
  await page.waitForSelector('[name="email"]');
  await fillAndSubmit(page, person);
  await page.waitForSelector('h1:text("inbox")');
  const outbox = await fetch(`${server.baseUrl}/dev/outbox.json?to=${person.email}`);
  const [message] = (await outbox.json()) as { links: string[] }[];
  await page.goto(message?.links[0] ?? '');
  await fillAndSubmit(page);
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${server.baseUrl}/demo`);
  await page.click('#sign-in');
  await page.waitForSelector('[name="username"]');
  await fillAndSubmit(page, credentials);
}

/**
 * Does what takes a second factor, and so enrols an authenticator app.
 *
 * @returns the key of the app, base32.
 */
async function sendMoney(page: Page): Promise<string> {
  await signIn(page);
  await page.waitForSelector('#balance:not(:text("–"))');
  await page.click('#send');
  await chooseApp(page);
  await takePicture(page, 'otp-enrolment');
  const secret = await enrolApp(page, () => takePicture(page, 'recovery-code'));
  await page.waitForSelector('#receipt:not(:empty)');
  return secret;
}

/** Sets up an authenticator app by its key as text, and keeps the recovery code. */
async function enrolApp(page: Page, atRecoveryCode?: () => Promise<void>): Promise<string> {
  await page.click('button[value="toggle-view"]');
  const secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
  await fillAndSubmit(page, { code: new TOTP({ secret }).generate() });
  await page.waitForSelector('#saved');
  await atRecoveryCode?.();
  await page.check('#saved');
  await fillAndSubmit(page);
  return secret;
}

/** Signs in as the first operator, whose link the server printed. */
async function openConsole(): Promise<Page> {
  const page = await openBrowser();
  const invitation = /http\S+\/operator\/welcome\?ticket=\S+/.exec(server.output())?.[0] ?? '';
  await page.goto(invitation);
  for (const name of ['password', 'repeated']) await page.fill(`[name="${name}"]`, person.password);
  await page.click('button[type="submit"]');
  await page.goto(`${server.baseUrl}/operator`);
  await fillAndSubmit(page, { username: 'operator@example.com', password: person.password });
  await chooseApp(page);
  await enrolApp(page);
  await page.waitForSelector('h1:text("Overview")');
  return page;
}

async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
