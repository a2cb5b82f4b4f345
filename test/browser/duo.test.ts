import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { accessibilityFaultsOf, overflowOf, smallTargetsOf } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { connectHere, duoAlone } from '../support/duoHouse.ts';
import { person } from '../support/pageFlows.ts';
import { createTestPages, type TestPages } from '../support/pages.ts';
import { fillAndSubmit, open, openInteraction } from '../support/pageTour.ts';
import { type DuoSimulator, startDuo } from '../support/simulators/duo.ts';

let browser: Browser;
let duo: DuoSimulator;
let pages: TestPages;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [browser, duo] = await Promise.all([launchChromium(), startDuo()]);
});
afterAll(() => Promise.all([browser.close(), duo.close()]));

beforeEach(async () => {
  pages = await createTestPages({ isServed: true, connect: connectHere });
  await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always', factors: duoAlone(pages.house, duo) });
});
afterEach(async () => {
  await context.close();
  await pages.close();
});

async function openBrowser(javaScriptEnabled: boolean): Promise<void> {
  // The browser doesn't know the simulator's authority.
  context = await browser.newContext({ locale: 'en', ignoreHTTPSErrors: true, javaScriptEnabled });
  page = await context.newPage();
}

async function givePassword(): Promise<void> {
  const state = await openInteraction(pages, page);
  await open(pages, page, `/u/login?state=${state}`);
  await fillAndSubmit(page, { username: person.email, password: person.password });
}

const heading = () => page.locator('h1').textContent();
/** Nothing to mend for a person with a small window or a screen reader. */
async function lookNarrow(): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflowOf(page)).toBe(0);
  expect(await smallTargetsOf(page)).toEqual([]);
  expect(await accessibilityFaultsOf(page)).toEqual([]);
  if (before) await page.setViewportSize(before);
}

const atDuo = () => page.waitForURL(`https://${duo.host}/**`);
const atApplication = () => page.waitForURL('**/application?code=made-up');

it.each([true, false])('sets Duo up and signs in with it, scripts %s', async (javaScriptEnabled) => {
  await openBrowser(javaScriptEnabled);
  await givePassword();
  expect(await heading()).toBe('Protect your account');
  await fillAndSubmit(page);
  await atDuo();
  expect(await heading()).toBe(`Is it you, ${person.email}?`);
  await page.click('text=Approve');
  await atApplication();

  pages.house.clock.advance(600);
  await givePassword();
  await atDuo();
  await page.click('text=Deny');
  await page.waitForURL('**/u/mfa-duo-challenge*');
  expect(await page.locator('.errors').textContent()).toContain('Duo didn’t confirm this sign-in.');
  if (javaScriptEnabled) await lookNarrow();

  await fillAndSubmit(page);
  await atDuo();
  await page.click('text=Approve');
  await atApplication();
});

it('tells when Duo is down, and goes back to what the person left', async () => {
  await openBrowser(true);
  await givePassword();
  duo.misbehave({ answer: { status: 503 } });
  await fillAndSubmit(page);
  expect(await page.locator('.errors').textContent()).toContain('Duo can’t be reached at the moment.');
  await fillAndSubmit(page);
  await atDuo();
  await page.goBack();
  await page.waitForURL('**/u/mfa-duo-enrollment*');
  expect(await heading()).toBe('Protect your account');
});
