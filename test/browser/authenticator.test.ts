import { generate } from 'otplib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityFaultsOf, overflowOf, smallTargetsOf } from '../support/accessibility.ts';
import {
  type AuthenticatorApp,
  type AuthenticatorScene,
  authenticatorScene,
  openAuthenticator,
} from '../support/authenticatorScene.ts';
import { launchChromium } from '../support/chromium.ts';
import { serverStarter, type TestServer } from '../support/server.ts';

const start = serverStarter();
let browser: Browser;
let server: TestServer;
let scene: AuthenticatorScene;
let app: AuthenticatorApp;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), start()]);
  await server.cli('policy', 'set', 'always');
});

afterAll(() => browser?.close());

beforeEach(async () => {
  scene = await authenticatorScene(browser, server);
  app = await openAuthenticator(browser, server, { permissions: ['clipboard-read', 'clipboard-write'] });
});

afterEach(async () => {
  expect([...scene.complaints, ...app.complaints]).toEqual([]);
  await Promise.all([scene.close(), app.close()]);
});

const title = async () => (await app.page.textContent('h1')) ?? '';
const titled = (text: string) => app.page.getByRole('heading', { level: 1, name: text }).waitFor();
const seen = (text: string) => app.page.locator('#slip').getByText(text).waitFor();
const press = (name: string) => app.page.getByRole('button', { name, exact: true }).click();
const choices = () => app.page.locator('.number:enabled');

/** Sets the app up as the second factor of a first sign-in, and signs in. */
async function enrol(): Promise<void> {
  await scene.signIn();
  await app.add(await scene.linkToEnrol());
  await scene.keepRecoveryCode();
  await seen('All set.');
  await app.done();
  await seen('Waiting for requests');
}

/** Signs in again, up to the request in the app. */
async function ask(): Promise<string> {
  await scene.signIn();
  const number = await scene.number();
  await titled('Are you signing in?');
  await choices().or(app.page.locator('#number:enabled')).first().waitFor();
  return number;
}

/** The code on the screen, and those that another implementation has for about now. */
async function shownCode(page: Page, secret: string): Promise<{ shown: string; right: string[] }> {
  const shown = ((await page.locator('.code-digits').first().textContent()) ?? '').replace(' ', '');
  const epoch = Math.floor(Date.now() / 1000);
  const right = await Promise.all([0, 1].map((back) => generate({ secret, epoch: epoch - back })));
  return { shown, right };
}

/** At the narrowest and in both colour schemes. */
async function expectSound(): Promise<void> {
  const { page } = app;
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityFaultsOf(page), `${await title()}, ${colorScheme}`).toEqual([]);
  }
  expect(await smallTargetsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  if (size) await page.setViewportSize(size);
}

describe('an account', () => {
  it('is set up by a pasted link while another browser signs in, and makes the codes of its server', async () => {
    await app.open();
    await titled('Nobody signs in without you');
    await expectSound();
    await scene.signIn();
    const link = await scene.linkToEnrol();
    await app.open('#link');
    await expectSound();
    await press('Continue');
    await app.page.getByRole('alert').getByText('This is no link for an authenticator.').waitFor();
    await app.page.evaluate((text) => navigator.clipboard.writeText(text), link);
    await press('Paste');
    await press('Continue');
    await titled('Add this account?');
    expect(await app.page.textContent('.facts')).toContain(scene.email);
    expect(await app.page.textContent('.facts')).toContain(`localhost:${server.port}`);
    await expectSound();
    await app.page.fill('#device-name', '');
    await press('Add account');
    await app.page.getByRole('alert').getByText('Give it a name.').waitFor();
    await app.page.fill('#device-name', 'Blue phone');
    await press('Add account');
    await titled('This device is ready');
    await expectSound();
    await scene.keepRecoveryCode();
    await seen('All set.');
    await app.done();

    await seen('Waiting for requests');
    const [secret = ''] = app.secrets;
    const { shown, right } = await shownCode(app.page, secret);
    expect(right).toContain(shown);
    await app.page.locator('.code-button').click();
    expect(right).toContain(await app.page.evaluate(() => navigator.clipboard.readText()));
    await app.page.locator('.code-copied', { hasText: 'Copied' }).waitFor();
    await expectSound();

    await scene.signIn();
    await scene.login.getByText('Blue phone').first().waitFor();
  });

  it('is not added without the person’s word, by a link that was opened here, and its ticket leaves the address', async () => {
    await scene.signIn();
    const link = await scene.linkToEnrol();
    await app.open(`#add=${encodeURIComponent(link)}`);
    await titled('Add this account?');
    expect(new URL(app.page.url()).hash).toBe('#confirm');
    await press('Cancel');
    await titled('Nobody signs in without you');
    expect(app.secrets).toEqual([]);
    await app.open(`#add=${encodeURIComponent(link)}`);
    await press('Add account');
    await titled('This device is ready');
    await scene.keepRecoveryCode();
  });

  it('isn’t added by a link that was used before', async () => {
    await scene.signIn();
    const link = await scene.linkToEnrol();
    await app.add(link);
    const other = await openAuthenticator(browser, server);
    await other.open(`#add=${encodeURIComponent(link)}`);
    await other.page.getByRole('button', { name: 'Add account' }).click();
    await other.page.getByRole('alert').getByText('was used before, or is too old').waitFor();
    await other.close();
  });

  it('shows its codes without a network, after a start without one too', async () => {
    await enrol();
    await app.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await app.page.context().setOffline(true);
    await app.page.reload();
    await app.page.locator('.status.is-lost').waitFor();
    const { shown, right } = await shownCode(app.page, app.secrets[0] ?? '');
    expect(right).toContain(shown);
    await app.page.context().setOffline(false);
    await seen('Waiting for requests');
  });
});

describe('a request', () => {
  it('is approved with the number of the sign-in page, which goes on within a second', async () => {
    await enrol();
    const number = await ask();
    const facts = (await app.page.textContent('.facts')) ?? '';
    for (const fact of ['Harbour Bank', scene.email, '127.0.0.1', 'Chrome on Linux'])
      expect(facts).toContain(fact);
    expect(await app.page.locator('.countdown').textContent()).toMatch(/^[12]:\d\d/);
    expect(await choices().count()).toBe(3);
    await expectSound();
    expect(await app.device.credentialIds()).toEqual([]);
    const went = scene.login.waitForURL('**/demo*');
    await app.page.getByRole('button', { name: `Approve with the number ${number}` }).click();
    await titled('Approved');
    const answeredAt = performance.now();
    await went;
    expect(performance.now() - answeredAt).toBeLessThan(2000);
    await scene.signedIn();
    await expectSound();
    await app.done();
    await seen('Waiting for requests');
    expect(await app.device.credentialIds()).toHaveLength(1);
  });

  it('is approved by nobody whom the device doesn’t recognise, at the first time or later', async () => {
    await enrol();
    await app.device.setUserVerified(false);
    const first = await ask();
    await choices().getByText(first, { exact: true }).click();
    await seen('This device didn’t recognise you');
    expect(await scene.number()).toBe(first);
    await app.device.setUserVerified(true);
    await choices().getByText(first, { exact: true }).click();
    await titled('Approved');
    await scene.signedIn();
    await app.done();

    const second = await ask();
    await app.device.setUserVerified(false);
    await choices().getByText(second, { exact: true }).click();
    await seen('This device didn’t recognise you');
    expect(await scene.number()).toBe(second);
  });

  it('S-49 ends with a wrong number, and nobody is signed in', async () => {
    await enrol();
    const number = await ask();
    const wrong = (await choices().allTextContents()).find((choice) => choice !== number) ?? '';
    await choices().getByText(wrong, { exact: true }).click();
    await titled('That was another number');
    await expectSound();
    await scene.login.locator('.notice, .errors').first().waitFor();
    expect(scene.login.url()).toContain('/u/mfa-push-challenge-push');
  });

  it('is typed where the operator has it so', async () => {
    await server.cli('factor', 'settings', 'push-notification', 'number_matching=type');
    try {
      await enrol();
      const number = await ask();
      await app.page.fill('#number', '1');
      await press('Approve');
      await seen('The number has 2 digits.');
      await expectSound();
      await app.page.fill('#number', number);
      await press('Approve');
      await titled('Approved');
      await scene.signedIn();
    } finally {
      await server.cli('factor', 'settings', 'push-notification', 'number_matching=choose');
    }
  });

  it('is denied by a person who changed their mind', async () => {
    await enrol();
    await ask();
    await press('No, deny it');
    await titled('Was this you?');
    await expectSound();
    await press('Back');
    await titled('Are you signing in?');
    await press('No, deny it');
    await app.page.getByRole('button', { name: 'Yes, it was me' }).click();
    await titled('Denied');
    await scene.login.locator('.notice, .errors').first().waitFor();
    expect(await events()).toContain('gd_auth_rejected');
    expect(await notices()).toBe(0);
  });

  it('is denied and reported by a person who did not sign in', async () => {
    await enrol();
    await ask();
    await press('No, deny it');
    await app.page.getByRole('button', { name: 'No, it wasn’t me' }).click();
    await titled('Denied and reported');
    expect(await app.page.textContent('.lead')).toContain('change it as soon as you can');
    await expectSound();
    await scene.login.locator('.notice, .errors').first().waitFor();
    await expect.poll(notices, { timeout: 10_000 }).toBe(1);
  });

  it('gives way to a newer one, and says so', async () => {
    await enrol();
    const first = await ask();
    await scene.signIn();
    await app.page.locator('.notice').getByText('A newer sign-in took the place').waitFor();
    const second = await scene.number();
    await choices().first().waitFor();
    expect(await choices().allTextContents()).toContain(second);
    await choices().getByText(second, { exact: true }).click();
    await titled('Approved');
    await scene.signedIn();
    expect(first).toMatch(/^\d\d$/);
  });

  it('goes when it was answered elsewhere', async () => {
    await enrol();
    await ask();
    await scene.login.getByText('Enter a code from its app').click();
    const { right } = await shownCodeOfSecret();
    await scene.login.fill('[name="code"]', right);
    await scene.login.click('#step button[value="default"]');
    await scene.signedIn();
    await titled('This request is over');
  });

  it('is heard of without a stream, where something in between holds it back', async () => {
    await app.page.route('**/events', (route) => route.fulfill({ status: 502, body: 'Bad gateway' }));
    await enrol();
    const number = await ask();
    await choices().getByText(number, { exact: true }).click();
    await titled('Approved');
    await scene.signedIn();
  });
});

describe('an account that ends', () => {
  it('before it was finished says so', async () => {
    await scene.signIn();
    const link = await scene.linkToEnrol();
    // A page that is closed collects nothing.
    await scene.login.goto('about:blank');
    await app.add(link);
    await app.done();
    await seen('Not finished yet.');
    await expectSound();
    await server.cli('user', 'reset-mfa', scene.email);
    await seen('The set-up wasn’t finished.');
    await app.page.locator('.account-name').click();
    await press('Forget this account');
    await titled('Nobody signs in without you');
  });

  it('says that it was removed at the server, and is set up again in its place', async () => {
    await enrol();
    await server.cli('user', 'reset-mfa', scene.email);
    await seen('The server no longer knows this device.');
    await expectSound();
    await app.page.locator('.account-name').click();
    await seen('It was removed there.');
    await expectSound();
    await scene.signIn();
    await app.add(await scene.linkToEnrol());
    await scene.keepRecoveryCode();
    await seen('All set.');
    await app.done();
    await seen('Waiting for requests');
    expect(await app.page.locator('.account').count()).toBe(1);
    const number = await ask();
    await choices().getByText(number, { exact: true }).click();
    await scene.signedIn();
  });

  it('is renamed and removed in the app, at its server too', async () => {
    await enrol();
    await app.page.locator('.account-name').click();
    await app.page.fill('#name', 'Red phone');
    await press('Save');
    await seen('Saved.');
    await expectSound();
    await scene.signIn();
    await scene.login.getByText('Red phone').first().waitFor();
    await titled('Are you signing in?');
    await press('No, deny it');
    await app.page.getByRole('button', { name: 'Yes, it was me' }).click();
    await app.done();

    await press('Remove this account');
    await expectSound();
    await press('Cancel');
    await press('Remove this account');
    await press('Remove');
    await titled('Nobody signs in without you');
    await scene.signIn();
    await scene.login.waitForURL('**/u/mfa-begin-enroll-options*');
  });
});

it('accounts of several servers stand side by side, and one whose server is gone can be forgotten', async () => {
  const other = await start();
  await other.cli('policy', 'set', 'always');
  await other.cli('tenant', 'update', '--friendly-name', 'Northwind');
  await enrol();
  const there = await authenticatorScene(browser, other);
  await there.signIn();
  await app.add(await there.linkToEnrol());
  await there.keepRecoveryCode();
  await seen('All set.');
  await app.done();
  const codes = app.page.locator('.code-digits');
  await expect
    .poll(() => codes.allTextContents())
    .toEqual([expect.stringMatching(/\d/), expect.stringMatching(/\d/)]);
  const [own = '', foreign = ''] = await codes.allTextContents();
  expect(own).not.toBe(foreign);
  await expectSound();

  await there.signIn();
  await titled('Are you signing in?');
  expect(await app.page.textContent('.counterfoil')).toContain('Northwind');
  await choices()
    .getByText(await there.number(), { exact: true })
    .click();
  await there.signedIn();
  await app.done();
  const number = await ask();
  await choices().getByText(number, { exact: true }).click();
  await scene.signedIn();
  await app.done();

  await other.kill();
  await seen(`localhost:${other.port} can’t be reached. Trying again.`);
  await app.page.getByRole('link', { name: /Northwind/ }).click();
  await press('Remove this account');
  await press('Remove');
  await app.page.getByRole('heading', { name: `localhost:${other.port} can’t be reached` }).waitFor();
  await press('Cancel');
  await titled('Northwind');
  await press('Remove this account');
  await press('Remove');
  await press('Forget it here');
  await seen('Waiting for requests');
  expect(await app.page.locator('.account').count()).toBe(1);
  await there.close();
});

async function shownCodeOfSecret(): Promise<{ right: string }> {
  const [secret = ''] = app.secrets;
  return { right: await generate({ secret, epoch: Math.floor(Date.now() / 1000) }) };
}

/** Types of what the tenant log has of this person. */
async function events(): Promise<string[]> {
  const logged = await server.cli<{ type: string }[]>('log', 'list', '--user', scene.email);
  return logged.map(({ type }) => type);
}

/** E-mails that tell this person of a sign-in that wasn't theirs. */
async function notices(): Promise<number> {
  const answer = await fetch(`${server.baseUrl}/dev/outbox.json?to=${encodeURIComponent(scene.email)}`);
  const messages = (await answer.json()) as { subject: string }[];
  return messages.filter(({ subject }) => subject.startsWith('You refused a request')).length;
}
