import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { codeOf } from '../support/engine.ts';
import { person } from '../support/pageFlows.ts';
import { fillAndSubmit, open } from '../support/pageTour.ts';
import { type AuthenticatorKind, addAuthenticator } from '../support/virtualAuthenticator.ts';
import {
  keepRecoveryCode,
  openWebauthnPages,
  startCeremony,
  type WebauthnPages,
  webauthnFactors,
} from '../support/webauthnPages.ts';

let browser: Browser;
let scene: WebauthnPages;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

beforeEach(async () => {
  scene = await openWebauthnPages(browser);
});

afterEach(() => scene.close());

const house = () => scene.pages.house;
const methodsOf = (userId = scene.userId) => house().engine.methods(userId);
const proofsOf = (state: string) =>
  scene.pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor) ?? [];
const addressOf = (page: Page) => new URL(page.url()).pathname;

async function demand(factor: string, settings: Record<string, unknown>): Promise<void> {
  const on = { enabled: true };
  const factors = { 'webauthn-roaming': on, 'recovery-code': on, [factor]: { ...on, settings } };
  await house().setTenant({ policy: 'always', factors });
}

/** Signs in for the first time, with a key. */
async function enrolKey(name = 'Blue key'): Promise<string> {
  const { page } = scene;
  const state = await scene.signIn();
  await page.waitForURL('**/u/mfa-webauthn-roaming-enrollment*');
  await startCeremony(page);
  await page.waitForURL('**/u/mfa-webauthn-change-key-nickname*');
  await fillAndSubmit(page, { nickname: name });
  await keepRecoveryCode(page);
  house().clock.advance(60);
  return state;
}

/** Signs in for the first time, with an app, in a browser that has a device of its own but no key. */
async function enrolApp(): Promise<string> {
  const { page } = scene;
  await house().setTenant({ factors: { otp: { enabled: true } } });
  const state = await scene.signIn();
  await open(scene.pages, page, `/u/mfa-otp-enrollment-code?state=${state}`);
  const secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
  await fillAndSubmit(page, { code: await codeOf(secret, house().clock.now) });
  await page.waitForURL('**/application*');
  const on = { enabled: true };
  await house().setTenant({ factors: { otp: on, 'webauthn-roaming': on, 'webauthn-platform': on } });
  house().clock.advance(60);
  return secret;
}

async function answerByApp(secret: string): Promise<void> {
  await scene.page.waitForURL('**/u/mfa-otp-challenge*');
  await fillAndSubmit(scene.page, { code: await codeOf(secret, house().clock.now) });
  house().clock.advance(60);
}

/** Takes the offer to set up this device. */
async function enrolDevice(secret: string): Promise<void> {
  const { page } = scene;
  await scene.signIn();
  await answerByApp(secret);
  await page.waitForURL('**/u/mfa-webauthn-platform-enrollment*');
  await startCeremony(page);
  await page.waitForURL('**/u/mfa-webauthn-enrollment-success*');
  await fillAndSubmit(page);
  await page.waitForURL('**/application*');
}

describe('a security key', () => {
  it.each(['usb key', 'usb key with PIN', 'u2f key'] as const)(
    'is set up, named and answers the next sign-in by itself: %s',
    async (kind: AuthenticatorKind) => {
      const { page } = scene;
      await addAuthenticator(page, kind);
      await enrolKey();
      const keys = (await methodsOf()).filter(({ factor }) => factor === 'webauthn-roaming');
      expect(keys).toMatchObject([{ name: 'Blue key', isConfirmed: true }]);

      const state = await scene.signIn();
      await page.waitForURL('**/application*');
      expect(proofsOf(state)).toEqual(['password', 'webauthn-roaming']);
    },
  );

  it('is set up with a second one as a spare, and either answers', async () => {
    const { page } = scene;
    const first = await addAuthenticator(page, 'usb key');
    await scene.signIn();
    await startCeremony(page);
    await page.waitForURL('**/u/mfa-webauthn-change-key-nickname*');
    await page.fill('#nickname', 'Blue key');
    await page.click('button[value="another"]');
    await page.waitForURL('**/u/mfa-webauthn-roaming-enrollment*');
    await first.setTouched(false);
    const second = await addAuthenticator(page, 'usb key');
    await startCeremony(page);
    await page.waitForURL('**/u/mfa-webauthn-change-key-nickname*');
    await fillAndSubmit(page, { nickname: 'Key in the safe' });
    await keepRecoveryCode(page);
    const keys = (await methodsOf()).filter(({ factor }) => factor === 'webauthn-roaming');
    expect(keys.map(({ name }) => name).sort()).toEqual(['Blue key', 'Key in the safe']);

    const bySecond = await scene.signIn();
    await page.waitForURL('**/application*');
    expect(proofsOf(bySecond)).toEqual(['password', 'webauthn-roaming']);
    await second.remove();
    await first.setTouched(true);
    const byFirst = await scene.signIn();
    await page.waitForURL('**/application*');
    expect(proofsOf(byFirst)).toEqual(['password', 'webauthn-roaming']);
  });

  it('waits for a press of the button where the browser wants one first', async () => {
    const { page } = scene;
    await addAuthenticator(page, 'usb key');
    await enrolKey();
    await page.addInitScript(`{
      const { credentials } = navigator;
      const get = credentials.get.bind(credentials);
      let isPressed = false;
      addEventListener('pointerdown', () => { isPressed = true; }, true);
      credentials.get = (options) => isPressed
        ? get(options)
        : Promise.reject(new DOMException('', 'NotAllowedError'));
    }`);
    const state = await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-roaming-challenge*');
    await page.waitForSelector('.ceremony .primary:not([disabled])');
    expect(await page.isVisible('.errors')).toBe(false);
    await startCeremony(page);
    await page.waitForURL('**/application*');
    expect(proofsOf(state)).toEqual(['password', 'webauthn-roaming']);
  });

  it('waits for a press of the button where a box can be ticked before', async () => {
    const { page, pages } = scene;
    await addAuthenticator(page, 'usb key');
    await enrolKey();
    const rememberBrowser = { enabled: true, idleDays: 7, absoluteDays: 30 };
    await pages.house.setTenant({ rememberBrowser });
    await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-roaming-challenge*');
    await page.check('[name="rememberBrowser"]');
    expect(await page.textContent('.progress')).toBe('');
    await startCeremony(page);
    await page.waitForURL('**/application*');
    expect(await pages.house.engine.browsers.ofUser(scene.userId)).toHaveLength(1);
  });

  it('is not set up twice', async () => {
    const { page } = scene;
    await addAuthenticator(page, 'usb key');
    await scene.signIn();
    await startCeremony(page);
    await page.waitForURL('**/u/mfa-webauthn-change-key-nickname*');
    await page.click('button[value="another"]');
    await page.waitForURL('**/u/mfa-webauthn-roaming-enrollment*');
    await startCeremony(page);
    await page.waitForSelector('.errors');
    expect(await page.textContent('.errors')).toContain('This key is set up for your account already.');
    expect(await methodsOf()).toHaveLength(3);
    await page.click('button[value="skip"]');
    await keepRecoveryCode(page);
  });

  it('has a name of plain text, neither empty nor long', async () => {
    const { page } = scene;
    await addAuthenticator(page, 'usb key');
    await scene.signIn();
    await startCeremony(page);
    await page.waitForURL('**/u/mfa-webauthn-change-key-nickname*');
    await fillAndSubmit(page, { nickname: '   ' });
    expect(await page.textContent('.field-error')).toContain('Enter a name for the key.');
    expect(await page.inputValue('#nickname')).not.toBe('Security key');
    await fillAndSubmit(page, { nickname: 'k'.repeat(51) });
    expect(await page.textContent('.field-error')).toContain('50 characters');
    await fillAndSubmit(page, { nickname: '<b>Blue</b>\u202E key' });
    await keepRecoveryCode(page);
    expect((await methodsOf()).map(({ name }) => name)).toContain('<b>Blue</b> key');
  });

  it('says that it waits, and breaks off when the page is left', async () => {
    const { page } = scene;
    const key = await addAuthenticator(page, 'usb key');
    await enrolKey();
    await key.setTouched(false);
    const state = await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-roaming-challenge*');
    await page.waitForSelector('.progress:not(:empty)');
    expect(await page.isDisabled('.ceremony .primary')).toBe(true);
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.postData() ?? '');
    });
    await page.click('button[value="pick-authenticator"]');
    expect(addressOf(page)).toBe('/u/mfa-login-options');
    expect(posts.map((post) => new URLSearchParams(post).get('failure'))).toEqual([null]);
    expect(proofsOf(state)).toEqual([]);
  });

  it('asks once however often the button is pressed', async () => {
    const { page } = scene;
    const key = await addAuthenticator(page, 'usb key');
    await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-roaming-enrollment*');
    await page.evaluate(`{
      const { credentials } = navigator;
      const create = credentials.create.bind(credentials);
      globalThis.asked = 0;
      credentials.create = (options) => { globalThis.asked += 1; return create(options); };
    }`);
    await key.setTouched(false);
    await page.dblclick('.ceremony .primary');
    expect(await page.evaluate('globalThis.asked')).toBe(1);
  });

  it('of somebody else is refused in plain words, and a new challenge is shown', async () => {
    const { page } = scene;
    const mine = await addAuthenticator(page, 'usb key');
    await enrolKey();
    await mine.remove();
    await addAuthenticator(page, 'usb key');
    const bob = 'bob@example.com';
    await scene.pages.addPerson(bob, person.password);
    await scene.signIn(bob);
    await startCeremony(page);
    await page.waitForURL('**/u/mfa-webauthn-change-key-nickname*');
    await fillAndSubmit(page);
    await keepRecoveryCode(page);

    const state = await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-roaming-challenge*');
    const challenge = await page.getAttribute('[data-ceremony]', 'data-options');
    await startCeremony(page);
    await page.waitForSelector('.errors');
    expect(await page.textContent('h1')).toBe('Confirm it’s you');
    expect(await page.getAttribute('[data-ceremony]', 'data-options')).not.toBe(challenge);
    expect(await house().eventTypes(scene.userId)).toContain('gd_webauthn_challenge_failed');
    expect(proofsOf(state)).toEqual([]);
  });

  it('without a PIN is refused where one is demanded, at its enrolment too', async () => {
    const { page } = scene;
    await demand('webauthn-roaming', { userVerification: 'required' });
    const plain = await addAuthenticator(page, 'u2f key');
    await scene.signIn();
    await startCeremony(page);
    await page.waitForSelector('.errors');
    expect(addressOf(page)).toBe('/u/mfa-webauthn-roaming-enrollment');
    await plain.remove();
    const verifying = await addAuthenticator(page, 'usb key with PIN');
    await startCeremony(page);
    await page.waitForURL('**/u/mfa-webauthn-change-key-nickname*');
    await fillAndSubmit(page);
    await keepRecoveryCode(page);

    await verifying.setUserVerified(false);
    await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-roaming-challenge*');
    await startCeremony(page);
    await page.waitForSelector('.errors');
    expect(await page.isVisible('.ceremony .primary')).toBe(true);
  });
});

describe('the person’s own device', () => {
  let secret: string;

  beforeEach(async () => {
    await addAuthenticator(scene.page, 'device');
    secret = await enrolApp();
  });

  it('is offered after another factor, and comes first here from then on', async () => {
    const { page } = scene;
    await enrolDevice(secret);
    const state = await scene.signIn();
    await page.waitForURL('**/application*');
    expect(proofsOf(state)).toEqual(['password', 'webauthn-platform']);
  });

  it('is not offered for two weeks after “not now”', async () => {
    const { page } = scene;
    await scene.signIn();
    await answerByApp(secret);
    await page.waitForURL('**/u/mfa-webauthn-platform-enrollment*');
    await page.click('button[value="snooze-enrollment"]');
    await page.waitForURL('**/application*');

    await scene.signIn();
    await answerByApp(secret);
    await page.waitForURL('**/application*');
    house().clock.advance(14 * 24 * 60 * 60);
    await scene.signIn();
    await answerByApp(secret);
    await page.waitForURL('**/u/mfa-webauthn-platform-enrollment*');
  });

  it('is not offered for a year after “not on this device”, to this person', async () => {
    const { page } = scene;
    await scene.signIn();
    await answerByApp(secret);
    await page.waitForURL('**/u/mfa-webauthn-platform-enrollment*');
    await page.click('button[value="refuse-add-device"]');
    await page.waitForURL('**/application*');
    house().clock.advance(300 * 24 * 60 * 60);
    await scene.signIn();
    await answerByApp(secret);
    await page.waitForURL('**/application*');
    const cookie = (await scene.context.cookies()).find(({ name }) => name === 'cs-marks');
    expect(cookie).toMatchObject({ httpOnly: true, value: expect.stringMatching(/^[\w-]{16}~\w+$/) });
    const bob = 'bob@example.com';
    const bobId = await scene.pages.addPerson(bob, person.password);
    await house().setTenant({ factors: { otp: { enabled: true } } });
    const state = await scene.signIn(bob);
    await open(scene.pages, page, `/u/mfa-otp-enrollment-code?state=${state}`);
    const ofBob = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
    await house().setTenant({ factors: webauthnFactors });
    await fillAndSubmit(page, { code: await codeOf(ofBob, house().clock.now) });
    await page.waitForURL('**/u/mfa-webauthn-platform-enrollment*');
    expect(await methodsOf(bobId)).toMatchObject([{ factor: 'otp', isConfirmed: true }, {}]);
  });

  it('is not offered in a browser that has none', async () => {
    const page = await scene.openBrowser();
    await addAuthenticator(page, 'usb key');
    await scene.signIn();
    await answerByApp(secret);
    await page.waitForURL('**/application*');
  });

  it('that doesn’t answer any more makes room for another factor', async () => {
    await enrolDevice(secret);
    const page = await scene.openBrowser({
      storageState: await scene.context.storageState(),
    });
    const other = await addAuthenticator(page, 'device');
    await other.setUserVerified(false);
    await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-platform-challenge*');
    await startCeremony(page);
    await page.waitForSelector('.errors');
    await page.click('button[value="pick-authenticator"]');
    await page.click('button[value="otp"]');
    await answerByApp(secret);
    await page.waitForURL('**/application*');
    await scene.signIn();
    await page.waitForURL('**/u/mfa-otp-challenge*');
  });

  it('comes last in a browser that doesn’t hold it', async () => {
    await enrolDevice(secret);
    const page = await scene.openBrowser();
    await addAuthenticator(page, 'device');
    await scene.signIn();
    await page.waitForURL('**/u/mfa-otp-challenge*');
    await page.click('button[value="pick-authenticator"]');
    const options = await page
      .locator('.option')
      .evaluateAll((buttons) => buttons.map((button) => (button as unknown as { value: string }).value));
    expect(options).toEqual(['otp', 'webauthn-platform']);
  });
});

describe('a browser that can’t', () => {
  const withoutWebauthn = 'delete globalThis.PublicKeyCredential';

  it('is not offered a key at a first sign-in', async () => {
    const { page } = scene;
    await page.addInitScript(withoutWebauthn);
    await scene.signIn();
    await page.waitForURL('**/u/mfa-otp-enrollment-qr*');
    expect(await page.isVisible('button[value="pick-authenticator"]')).toBe(false);
  });

  it('leads who has only a key to the recovery code', async () => {
    await addAuthenticator(scene.page, 'usb key');
    await enrolKey();
    const page = await scene.openBrowser();
    await page.addInitScript(withoutWebauthn);
    await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-not-available-error*');
    await page.click('button[value="recovery-code"]');
    await page.waitForURL('**/u/mfa-recovery-code-challenge*');
    expect(await page.textContent('h1')).not.toBe('');
  });

  it('is asked anew when the person tries again', async () => {
    await addAuthenticator(scene.page, 'usb key');
    await enrolKey();
    const page = await scene.openBrowser();
    await addAuthenticator(page, 'usb key');
    await page.route('**/detectCapabilities.*', (route) => route.abort());
    await scene.signIn();
    await page.waitForURL('**/u/mfa-detect-browser-capabilities*');
    await page.click('button[value="default"]', { timeout: 10_000 });
    await page.waitForURL('**/u/mfa-webauthn-not-available-error*');
    await page.unroute('**/detectCapabilities.*');
    await page.click('button[value="retry"]');
    await page.waitForURL('**/u/mfa-webauthn-roaming-challenge*');
  });

  it('that lost the ability since it was asked goes on without', async () => {
    const { page } = scene;
    await scene.signIn();
    await page.waitForURL('**/u/mfa-webauthn-roaming-enrollment*');
    await page.addInitScript(withoutWebauthn);
    await page.reload();
    await page.waitForURL('**/u/mfa-otp-enrollment-qr*');
  });

  it('works without scripts', async () => {
    const page = await scene.openBrowser({ javaScriptEnabled: false });
    const state = await scene.signIn();
    expect(addressOf(page)).toBe('/u/mfa-detect-browser-capabilities');
    await fillAndSubmitPlain(page);
    expect(addressOf(page)).toBe('/u/mfa-otp-enrollment-qr');
    await open(scene.pages, page, `/u/mfa-webauthn-roaming-enrollment?state=${state}`);
    expect(addressOf(page)).toBe('/u/mfa-otp-enrollment-qr');
  });
});

async function fillAndSubmitPlain(page: Page): Promise<void> {
  await page.click('#step button[value="default"]');
}
