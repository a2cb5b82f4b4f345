import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { connectHere, duoAlone } from '../support/duoHouse.ts';
import { context as request } from '../support/engine.ts';
import {
  appDriver,
  authenticatorDriver,
  deviceDriver,
  duoDriver,
  type FactorDriver,
  type FactorScene,
  type MakeDriver,
  mailDriver,
  passDriver,
  phoneDriver,
  recoveryDriver,
} from '../support/factorDrivers.ts';
import { createTestPages, type TestPages } from '../support/pages.ts';
import { fillAndSubmit, open, openInteraction } from '../support/pageTour.ts';
import { type DuoSimulator, startDuo } from '../support/simulators/duo.ts';

/** How people come by a factor. */
type Kind =
  /** It is set up by itself. */
  | 'alone'
  /** Likewise, and nothing else beside it. */
  | 'exclusive'
  /** It is offered on a device that can, to who has another one. */
  | 'of this device'
  /** They have it by their address. */
  | 'implicit'
  /** It comes with the first one. */
  | 'beside'
  /** An operator hands it out. */
  | 'handed out';

interface Row {
  name: string;
  factor: string;
  kind: Kind;
  make: MakeDriver;
  /** Wrong answers to it lock, as many as to any code. */
  isGuessed?: true;
}

const password = 'seven red apples';
const on = { enabled: true };
const settingsOf = (settings: Record<string, unknown>) => ({ ...on, settings });
const everything = {
  otp: on,
  phone: settingsOf({ messageTypes: ['sms', 'voice'], allowedCountries: ['DE'] }),
  email: on,
  'push-notification': on,
  'webauthn-roaming': settingsOf({ userVerification: 'required' }),
  'webauthn-platform': on,
  'recovery-code': on,
  'temporary-pass': on,
};

let recoveryCode = '';
const rows: readonly Row[] = [
  { name: 'an authenticator app', factor: 'otp', kind: 'alone', make: appDriver, isGuessed: true },
  { name: 'a phone, by text', factor: 'phone', kind: 'alone', make: phoneDriver('sms') },
  { name: 'a phone, by call', factor: 'phone', kind: 'alone', make: phoneDriver('voice') },
  { name: 'a push device', factor: 'push-notification', kind: 'alone', make: deviceDriver },
  {
    name: 'a security key',
    factor: 'webauthn-roaming',
    kind: 'alone',
    make: authenticatorDriver('usb key with PIN'),
  },
  { name: 'Duo', factor: 'duo', kind: 'exclusive', make: duoDriver },
  {
    name: 'the device in use',
    factor: 'webauthn-platform',
    kind: 'of this device',
    make: authenticatorDriver('device'),
  },
  { name: 'the mailbox', factor: 'email', kind: 'implicit', make: mailDriver },
  {
    name: 'the recovery code',
    factor: 'recovery-code',
    kind: 'beside',
    make: recoveryDriver(() => recoveryCode),
    isGuessed: true,
  },
  {
    name: 'a temporary pass',
    factor: 'temporary-pass',
    kind: 'handed out',
    make: passDriver,
    isGuessed: true,
  },
];

let browser: Browser;
let duo: DuoSimulator;
let pages: TestPages;
let people = 0;

beforeAll(async () => {
  [browser, duo, pages] = await Promise.all([
    launchChromium(),
    startDuo(),
    createTestPages({ isServed: true, connect: connectHere }),
  ]);
});

afterAll(() => Promise.all([browser.close(), duo.close(), pages.close()]));

describe.each(rows)('$name', ({ factor, kind, make, isGuessed }) => {
  let context: BrowserContext;
  let scene: FactorScene;
  let email: string;
  let page: Page;
  let app: FactorDriver;
  let driver: FactorDriver;

  /** A new person with a browser of their own. */
  beforeEach(async () => {
    pages.house.clock.advance(3600);
    people += 1;
    email = `person${people}@example.com`;
    await pages.house.setTenant({
      policy: 'always',
      showFactorListOnEnrolment: true,
      rememberBrowser: { enabled: false, idleDays: 7, absoluteDays: 30 },
      factors: kind === 'exclusive' ? duoAlone(pages.house, duo) : everything,
    });
    // The browser doesn't know the authority of what plays Duo.
    context = await browser.newContext({ locale: 'en', ignoreHTTPSErrors: true });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const userId = await pages.addPerson(email, password);
    scene = { pages, page, userId, serial: people };
    app = appDriver(scene);
    driver = make(scene);
  });

  afterEach(() => context.close());

  const pathOf = () => new URL(page.url()).pathname;
  const offered = () =>
    page.locator('button.option').evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
  const methods = () => pages.house.engine.methods(scene.userId);
  const countOf = async (name = factor) =>
    (await methods()).filter((method) => method.factor === name && method.isConfirmed).length;

  /** Gives the password; ends at the page that comes next. */
  async function begin(): Promise<string> {
    await driver.hold?.();
    const state = await openInteraction(pages, page);
    await open(pages, page, `/u/login?state=${state}`);
    await fillAndSubmit(page, { username: email, password });
    await page.waitForFunction(
      () =>
        !/\/u\/(login|mfa-detect)/.test(location.pathname) || document.title === 'Paused for your protection',
    );
    return state;
  }

  /** Goes past all that is said or offered after a proof, but takes the device; returns by what they were let in. */
  async function settle(state: string): Promise<string[]> {
    for (let steps = 0; steps < 6 && (await isStopped()); steps += 1) {
      if (await page.locator('#shown-code').isVisible()) recoveryCode = await shownCode();
      if (await page.locator('#saved').isVisible()) await page.check('#saved');
      const leave = page.locator('button[value="skip"], button[value="snooze-enrollment"]').first();
      const isTaken = kind === 'of this device' && pathOf().includes('platform-enrollment');
      if (isTaken) await driver.enrol?.();
      else await ((await leave.isVisible()) ? leave.click() : fillAndSubmit(page));
    }
    return pages.outcomeOf(state).finished?.proofs.map((proof) => proof.factor) ?? [];
  }

  /** Waits for something to go past, or for the application. */
  async function isStopped(): Promise<boolean> {
    const something =
      '#saved, #nickname, [value="skip"], [value="snooze-enrollment"], form[action*="success"]';
    await page.waitForFunction(
      (selector) => location.pathname === '/application' || document.querySelector(selector) !== null,
      something,
      { polling: 50 },
    );
    return pathOf() !== '/application';
  }

  const shownCode = async () => (await page.getAttribute('#shown-code', 'data-code')) ?? '';

  /** From the list of what can be set up to the application. */
  async function enrol(name: string, by: FactorDriver, state: string): Promise<string[]> {
    if (await page.locator('button.option').first().isVisible()) {
      await page.click(`button.option[value="${name}"]`);
      await page.waitForURL((url) => !url.pathname.includes('options'));
    }
    await by.enrol?.();
    const proofs = await settle(state);
    pages.house.clock.advance(3600);
    return proofs;
  }

  /** Gets the person ready to be asked for this factor. */
  async function prepare(): Promise<void> {
    if (kind === 'alone' || kind === 'exclusive') await enrol(factor, driver, await begin());
    else await enrol('otp', app, await begin());
    await driver.receive?.();
  }

  /** Begins a sign-in and comes to this factor's challenge, by the list of methods where another comes first. */
  async function beginWith(name = factor): Promise<string> {
    const state = await begin();
    await pick(name);
    return state;
  }

  async function pick(name: string): Promise<void> {
    if (isAskedFor(name)) return;
    await page.click('button[value="pick-authenticator"]');
    await page.click(`button.option[value="${name}"]`);
    await page.waitForURL((url) => !url.pathname.includes('login-options'));
  }

  const screens: Readonly<Record<string, string>> = {
    phone: 'phone-challenge|sms-challenge|voice-challenge',
    'push-notification': 'push-challenge',
  };
  function isAskedFor(name: string): boolean {
    if (name === 'duo') return true;
    return new RegExp(screens[name] ?? `${name}-challenge`).test(pathOf());
  }

  it('is set up first, or can’t be', async () => {
    const state = await begin();
    if (kind === 'alone') expect(await offered()).toContain(factor);
    else if (kind !== 'exclusive') expect(await offered()).not.toContain(factor);
    if (kind !== 'alone' && kind !== 'exclusive') return;
    expect(await enrol(factor, driver, state)).toEqual(['password', factor]);
    expect(await countOf()).toBe(1);
    expect(await countOf('recovery-code')).toBe(kind === 'exclusive' ? 0 : 1);
  });

  it('is set up beside another, or comes along', async () => {
    if (kind === 'exclusive') {
      await pages.house.setTenant({ factors: everything });
      await enrol('otp', app, await begin());
      const both = { ...everything, ...duoAlone(pages.house, duo) };
      await pages.house.setTenant({ factors: both });
    } else {
      await enrol('otp', app, await begin());
    }
    // The device was offered right after the app.
    const comesAlong = kind !== 'alone' && kind !== 'exclusive' && kind !== 'handed out';
    expect(await countOf()).toBe(comesAlong || factor === 'otp' ? 1 : 0);
    const state = await beginWith('recovery-code');
    await fillAndSubmit(page, { code: recoveryCode });
    recoveryCode = await shownCode();
    await page.check('#saved');
    await fillAndSubmit(page);
    if (kind !== 'alone') {
      expect(await offered()).not.toContain(factor);
      return;
    }
    await enrol(factor, factor === 'otp' ? appDriver(scene) : driver, state);
    expect(await countOf()).toBe(factor === 'otp' ? 2 : 1);
    // A push device makes one-time passwords as well.
    expect(await countOf('otp')).toBe(['otp', 'push-notification'].includes(factor) ? 2 : 1);
  });

  it('answers a sign-in', async () => {
    await prepare();
    const state = await beginWith();
    await driver.answer();
    expect(await settle(state)).toEqual(['password', factor]);
  });

  it('gives way to another method and comes back, or stands alone', async () => {
    await prepare();
    await beginWith();
    if (kind === 'exclusive') {
      expect(await page.locator('button[value="pick-authenticator"]').count()).toBe(0);
      return;
    }
    const other = factor === 'recovery-code' ? 'otp' : 'recovery-code';
    await pick(other);
    expect(isAskedFor(other)).toBe(true);
    await pick(factor);
    expect(isAskedFor(factor)).toBe(true);
  });

  it('lets nobody in by a wrong answer, and takes the right one after it', async () => {
    await prepare();
    const refused = await beginWith();
    await driver.fail();
    expect(pages.outcomeOf(refused)).toEqual({});
    pages.house.clock.advance(3600);
    const state = await beginWith();
    await driver.answer();
    expect(await settle(state)).toEqual(['password', factor]);
  });

  it('is locked by too many wrong codes, its own or another method’s, until an operator lifts that', async () => {
    await prepare();
    if (kind === 'exclusive') {
      for (let tries = 0; tries < 10; tries += 1) {
        await beginWith();
        await driver.fail();
      }
    } else {
      const guessed = isGuessed ? driver : recoveryDriver(() => recoveryCode)(scene);
      await beginWith(isGuessed ? factor : 'recovery-code');
      for (let tries = 0; tries < 10; tries += 1) await guessed.fail();
    }
    await begin();
    expect(await page.locator('h1').textContent()).toBe('Paused for your protection');
    await pages.house.engine.unlockUser(scene.userId, { kind: 'operator', id: 'olga' }, request);
    const state = await beginWith();
    await driver.answer();
    expect(await settle(state)).toEqual(['password', factor]);
  });

  it('is got over by a recovery code when it is lost, and set up anew where it can be', async () => {
    await prepare();
    if (kind === 'exclusive') {
      expect(await countOf('recovery-code')).toBe(0);
      return;
    }
    const [before] = (await methods()).filter((method) => method.factor === factor);
    const state = await beginWith('recovery-code');
    const used = recoveryCode;
    await fillAndSubmit(page, { code: used });
    recoveryCode = await shownCode();
    expect(recoveryCode).not.toBe(used);
    await page.check('#saved');
    await fillAndSubmit(page);
    await page.check('#removeLost');
    const anew = kind === 'alone' ? factor : 'otp';
    expect(await offered()).toContain(anew);
    const found = kind === 'alone' ? make({ ...scene, serial: scene.serial + 500 }) : appDriver(scene);
    await enrol(anew, found, state);
    const ids = (await methods()).map(({ id }) => id);
    // What stands by, and what the address brings, is no lost device.
    const isKept = kind === 'beside' || kind === 'implicit';
    expect(ids.includes(before?.id ?? 'none')).toBe(isKept);
  });

  it('is asked for no more once it was taken away', async () => {
    await prepare();
    const method = (await methods()).find((one) => one.factor === factor);
    const actor = { kind: 'operator', id: 'olga' } as const;
    const removed = await pages.house.engine.removeMethod(scene.userId, method?.id ?? '', actor, request);
    if (kind === 'implicit') {
      expect(removed).toMatchObject({ code: 'not_removable' });
      return;
    }
    expect(removed).toMatchObject({ outcome: 'removed' });
    await begin();
    if (kind === 'alone' || kind === 'exclusive') {
      expect(pathOf()).toMatch(/mfa-(begin-enroll-options|duo-enrollment)/);
      return;
    }
    expect(isAskedFor('otp')).toBe(true);
    const canPick = page.locator('button[value="pick-authenticator"]');
    if (await canPick.isVisible()) {
      await canPick.click();
      expect(await offered()).not.toContain(factor);
    }
  });
});
