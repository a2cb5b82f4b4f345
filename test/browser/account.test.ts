import { generate } from 'otplib';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { accessibilityFaultsOf, overflowOf, smallTargetsOf } from '../support/accessibility.ts';
import { openAuthenticator } from '../support/authenticatorScene.ts';
import { launchChromium } from '../support/chromium.ts';
import { serverStarter, type TestServer } from '../support/server.ts';
import { addAuthenticator, type VirtualAuthenticator } from '../support/virtualAuthenticator.ts';

const email = 'mila@example.com';
const password = 'four brown foxes ran';
const newPassword = 'seven late trains home';
const number = '+4915112345678';
const otherAddress = 'mila.private@example.com';

/** A person's way through their account page. Each step goes on where the one before it ended. */
describe('the account page', () => {
  const start = serverStarter();
  const complaints: string[] = [];
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let key: VirtualAuthenticator;
  /** Of the authenticator app, and the last step whose code was used. */
  let secret = '';
  let usedStep = 0;
  /** Another browser of the same person's. */
  let other: BrowserContext;

  beforeAll(async () => {
    [server, browser] = await Promise.all([start(), launchChromium()]);
    await server.cli('user', 'create', '--email', email, '--password', password, '--email-verified');
    context = await browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page = await context.newPage();
    // A step that fails takes the ones after it along: let that not take minutes.
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    key = await addAuthenticator(page, 'usb key with PIN');
  });

  afterAll(() => browser?.close());

  afterEach(() => {
    expect(complaints).toEqual([]);
  });

  const openAccount = () => page.goto(`${server.baseUrl}/account`);
  const press = (name: string | RegExp) =>
    page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).click();
  const sheet = () => page.locator('dialog[open]');
  const titled = (title: string) => page.getByRole('heading', { name: title, exact: true }).waitFor();
  const told = (words: string) => page.locator('#news', { hasText: words }).waitFor();
  const part = (name: string) => page.locator(`[data-part="${name}"]`);
  const group = (title: string): Locator =>
    part('methods').locator('.group', { has: page.getByRole('heading', { name: title }) });

  /** At the narrowest and in both colour schemes. */
  async function expectSound(): Promise<void> {
    const size = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFaultsOf(page), colorScheme).toEqual([]);
    }
    expect(await smallTargetsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    if (size) await page.setViewportSize(size);
  }

  async function givePassword(on = page, secretWord = password): Promise<void> {
    await on.fill('[name="username"]', email);
    await on.fill('[name="password"]', secretWord);
    await on.click('#step button[value="default"]');
  }

  /** Answers the hosted page that asks for the key, and waits until the account is back. */
  async function proveKey(): Promise<void> {
    await page.waitForURL('**/u/mfa-webauthn-roaming-challenge*');
    // It begins by itself where the window has the focus.
    await page.click('.ceremony .primary:not([disabled])', { timeout: 1000 }).catch(() => {});
    await page.waitForURL('**/account');
  }

  /** Chooses what to add. */
  async function add(kind: RegExp): Promise<void> {
    await press('Add a second factor');
    await sheet().getByRole('button', { name: kind }).click();
  }

  /** A code of the authenticator app that was not used yet: at need the next one, which counts already. */
  async function freshCode(): Promise<string> {
    usedStep = Math.max(Math.floor(Date.now() / 1000 / 30), usedStep + 1);
    return generate({ secret, epoch: usedStep * 30 });
  }

  /** As if the proofs of all sessions had been given so many minutes earlier. */
  async function ageProofs(minutes: number): Promise<void> {
    const database = await openDatabase(server.database);
    const sessions = await database.db.selectFrom('sessions').select(['uid', 'proofs']).execute();
    for (const { uid, proofs } of sessions) {
      const aged = (JSON.parse(proofs) as { at: number }[]).map((proof) => ({
        ...proof,
        at: proof.at - minutes * 60_000,
      }));
      await database.db
        .updateTable('sessions')
        .set({ proofs: JSON.stringify(aged) })
        .where('uid', '=', uid)
        .execute();
    }
    await database.close();
  }

  /** The newest message's code. */
  async function codeFor(address: string): Promise<string> {
    const answer = await fetch(`${server.baseUrl}/dev/outbox.json?to=${encodeURIComponent(address)}`);
    const [message] = (await answer.json()) as { text: string }[];
    return /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
  }

  async function nameIt(name: string): Promise<void> {
    await titled('It works');
    await sheet().locator('[name="name"]').fill(name);
    await press('Done');
    await told(`“${name}” was added.`);
    await part('methods').getByText(name, { exact: true }).waitFor();
  }

  it('waits for a press before it asks anybody to sign in', async () => {
    await openAccount();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await expectSound();
  });

  it('shows who signed in with their password that this is all that protects them', async () => {
    await press('Sign in');
    await givePassword();
    await titled('How you prove it’s you');
    await page.getByText('Your password is all that protects your account.').waitFor();
    await part('sessions').getByText('This browser').waitFor();
    await expectSound();
  });

  it('adds a security key as the first factor, with the recovery code that comes beside it', async () => {
    await add(/^Security key/);
    await expectSound();
    await press('Continue');
    await titled('Your recovery code');
    await expectSound();
    await press('Done');
    await sheet().getByText('Keep it first, then tick the box.').waitFor();
    await press('Copy');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^[0-9A-Z]{24}$/);
    await sheet().locator('[name="kept"]').check();
    await press('Done');
    await titled('It works');
    await press('Done');
    await group('Security key').getByText('Last used just now, Chrome on Linux').waitFor();
    await part('codes').getByText('You have a recovery code.').waitFor();
    expect(await key.credentialIds()).toHaveLength(1);
  });

  it('asks for the key before anything is added beside it, and then goes on there', async () => {
    await add(/^Authenticator app/);
    await proveKey();
    expect(new URL(page.url()).search).toBe('');
    await titled('Set up an authenticator app');
    await sheet().locator('summary').click();
    await expectSound();
    const shown = await sheet().locator('.code-text').textContent();
    secret = (shown ?? '').replaceAll(' ', '');
    const code = await freshCode();
    await sheet().locator('[name="code"]').fill('12 34');
    await press('Continue');
    await sheet().getByText('The code has six digits.').waitFor();
    await sheet()
      .locator('[name="code"]')
      .fill(code === '000000' ? '111111' : '000000');
    await press('Continue');
    await sheet().getByText('That code isn’t right, or too old.').waitFor();
    await sheet()
      .locator('[name="code"]')
      .fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await press('Continue');
    await nameIt('Work phone’s app');
    await group('Security key')
      .getByText(/Last used .*, Chrome on Linux, 127\.0\.0\.1/)
      .waitFor();
  });

  it('adds a phone, whose number is typed as people of its country do', async () => {
    await add(/^Code to your phone/);
    await sheet().locator('[name="number"]').fill('0151 1234567890123');
    await sheet().locator('[name="country"]').selectOption('DE');
    await press('Send a code');
    await sheet().getByText('No codes can be sent to this number.').waitFor();
    await expectSound();
    await sheet().locator('[name="number"]').fill('0151 12345678');
    await press('Send a code');
    await titled('Enter the code');
    await expectSound();
    await sheet()
      .locator('[name="code"]')
      .fill(await codeFor(number));
    await press('Continue');
    await nameIt('Private');
    await group('Code to your phone').getByText(number).waitFor();
  });

  it('adds an address beside the one to sign in with', async () => {
    await add(/^Code by e-mail/);
    await sheet().locator('[name="email"]').fill('nowhere');
    await press('Send a code');
    await sheet().getByText('Enter an e-mail address that codes can be sent to.').waitFor();
    await sheet().locator('[name="email"]').fill(otherAddress);
    await press('Send a code');
    await titled('Enter the code');
    await sheet()
      .locator('[name="code"]')
      .fill(await codeFor(otherAddress));
    await press('Continue');
    await nameIt('Private mail');
    await group('Code by e-mail').getByText(otherAddress).waitFor();
  });

  it('adds a phone that confirms, and waits for its app', async () => {
    const app = await openAuthenticator(browser, server);
    await add(/^Confirmation on your phone/);
    await sheet().locator('summary').click();
    await expectSound();
    await app.add(await sheet().getByLabel('Link to paste in the app').inputValue());
    await nameIt('Blue phone');
    await group('Confirmation on your phone').getByText('Blue phone').waitFor();
    await app.close();
  });

  it('renames a method, and changes how a phone’s codes come', async () => {
    await part('methods').getByRole('button', { name: 'Change: Private', exact: true }).click();
    await titled('Change “Private”');
    await sheet().locator('[name="name"]').fill('');
    await press('Save');
    await sheet().getByText('Give it a name.').waitFor();
    await sheet().locator('[name="name"]').fill('Old Nokia');
    await sheet().getByLabel('By phone call').check();
    await expectSound();
    await press('Save');
    await told('Saved.');
    await group('Code to your phone').getByText('Old Nokia').waitFor();
  });

  it('remembers which factor is to be asked for first', async () => {
    await press('Ask for this first: Authenticator app');
    await told('From now on you are asked for this first: Authenticator app.');
    await group('Authenticator app').getByText('Asked for first').waitFor();
    await press('No preference: Authenticator app');
    await told('The strongest factor is asked for first.');
    expect(await part('methods').getByText('Asked for first').count()).toBe(0);
  });

  it('S-40 asks for the key again after some minutes, and then does what was begun', async () => {
    await ageProofs(6);
    await page.reload();
    await part('methods').getByRole('button', { name: 'Remove: Private mail' }).click();
    await sheet().getByRole('button', { name: 'Remove', exact: true }).click();
    await proveKey();
    await told('“Private mail” was removed.');
    expect(await part('methods').getByText(otherAddress).count()).toBe(0);
  });

  it('waits for a press after a quarter of an hour, and asks for the key alone', async () => {
    await ageProofs(16);
    await page.reload();
    await press('Sign in');
    await proveKey();
    await titled('How you prove it’s you');
  });

  it('removes a method after it said what that means, and stays at the list', async () => {
    await part('methods').getByRole('button', { name: 'Remove: Old Nokia' }).click();
    await titled('Remove “Old Nokia”?');
    await sheet().getByText('You can then no longer sign in this way.').waitFor();
    await expectSound();
    await press('Cancel');
    await part('methods').getByRole('button', { name: 'Remove: Old Nokia' }).click();
    await sheet().getByRole('button', { name: 'Remove', exact: true }).click();
    await told('“Old Nokia” was removed.');
    expect(await group('Code to your phone').count()).toBe(0);
    const focused = await page.evaluate('document.activeElement.textContent');
    expect(focused).toBe('How you prove it’s you');
  });

  it('makes a new recovery code, which counts once it was kept', async () => {
    const made = async () => {
      await press('Make a new code');
      await titled('Your recovery code');
      return (await sheet().locator('.code-list').textContent())?.replaceAll(' ', '') ?? '';
    };
    const dropped = await made();
    await press('Cancel');
    const kept = await made();
    expect(kept).not.toBe(dropped);
    await sheet().getByText('What you had before stops working').waitFor();
    await sheet().locator('[name="kept"]').check();
    await press('Done');
    await told('Your new recovery codes count from now on.');
  });

  it('lists a browser that remembers its person, and makes it forget them', async () => {
    await server.cli('policy', 'set', 'always');
    other = await browser.newContext({ locale: 'en-GB' });
    const demo = await other.newPage();
    await demo.goto(`${server.baseUrl}/demo`);
    await demo.click('#sign-in');
    await givePassword(demo);
    await demo.click('button[value="pick-authenticator"]');
    await demo.getByRole('button', { name: /Authenticator app/ }).click();
    await demo.check('[name="rememberBrowser"]');
    await demo.fill('[name="code"]', await freshCode());
    await demo.click('#step button[value="default"]');
    await demo.locator('#bank .movement').first().waitFor();
    await server.cli('policy', 'set', 'never');

    await page.reload();
    await part('browsers').getByText('For Harbour Bank (demo)').waitFor();
    await expectSound();
    await press('Forget: Chrome on Linux');
    await told('Chrome on Linux asks for your second factor again.');
    await part('browsers').getByText('None.').waitFor();
  });

  it('signs out the other browser, and stays itself', async () => {
    expect(await part('sessions').locator('.row').count()).toBe(2);
    await press('Sign out: Chrome on Linux');
    await told('Chrome on Linux was signed out.');
    expect(await part('sessions').locator('.row').count()).toBe(1);
    const demo = await other.newPage();
    await demo.goto(`${server.baseUrl}/demo`);
    await demo.getByRole('heading', { name: 'The bank that asks twice when it matters' }).waitFor();
    await other.close();
  });

  it('changes the password, and says what is wrong with one that is too easy', async () => {
    await press('Change password');
    await sheet().locator('[name="password"]').fill('short');
    await press('Save');
    await sheet().getByText('It needs at least 8 characters.').waitFor();
    await sheet().locator('[name="password"]').fill('password1');
    await press('Save');
    await sheet().getByText('That password is too easy to guess.').waitFor();
    await expectSound();
    await sheet().locator('[name="password"]').fill(newPassword);
    await press('Save');
    await proveKey();
    await told('Your password was changed.');
  });

  it('says when there is no connection, and when the server doesn’t answer', async () => {
    await context.setOffline(true);
    await press('Ask for this first: Authenticator app');
    await told('You are offline.');
    await context.setOffline(false);
    await page.route('**/me/v1/preferences', (route) => route.fulfill({ status: 503, body: 'down' }));
    await press('Ask for this first: Authenticator app');
    await told('The server can’t be reached just now.');
    await page.reload();
    await titled('Your account can’t be shown');
    await expectSound();
    await page.unroute('**/me/v1/preferences');
    await press('Try again');
    await titled('How you prove it’s you');
  });

  it('asks once only for what the server goes on to refuse', async () => {
    let asked = 0;
    const challenge = 'Bearer error="insufficient_user_authentication", max_age="0"';
    await page.route('**/me/v1/preferences', (route) => {
      if (route.request().method() === 'GET') return route.continue();
      asked += 1;
      const json = { type: 'urn:countersign:problem:insufficient-user-authentication' };
      return route.fulfill({ status: 403, headers: { 'www-authenticate': challenge }, json });
    });
    await press('Ask for this first: Authenticator app');
    await givePassword(page, newPassword);
    await proveKey();
    await told('This takes a second factor as strong as what you change.');
    expect(asked).toBe(2);
    await page.unroute('**/me/v1/preferences');
  });

  it('signs out everywhere, here too', async () => {
    await press('Sign out everywhere');
    await sheet().getByRole('button', { name: 'Sign out everywhere' }).click();
    await told('You are signed out everywhere.');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.reload();
    await press('Sign in');
    await page.locator('[name="password"]').waitFor();
  });
});
