import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type DeviceInHand, deviceInHand } from '../support/deviceInHand.ts';
import { person } from '../support/pageFlows.ts';
import { createTestPages, type TestPages } from '../support/pages.ts';
import { fillAndSubmit, open, openInteraction } from '../support/pageTour.ts';

const credentials = { username: person.email, password: person.password };
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
  const on = { enabled: true };
  await pages.house.setTenant({ policy: 'always', factors: { 'push-notification': on, otp: on } });
});

afterEach(async () => {
  await context.close();
  await pages.close();
});

async function openBrowser(options: BrowserContextOptions = {}): Promise<void> {
  context = await browser.newContext({ locale: 'en', ...options });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
}

async function signIn(): Promise<void> {
  const state = await openInteraction(pages, page);
  await open(pages, page, `/u/login?state=${state}`);
  await fillAndSubmit(page, credentials);
}

const number = async () => (await page.locator('.match-number').textContent()) ?? '';
const isByHandSeen = () => page.getByRole('button', { name: 'I’ve answered' }).isVisible();

/** Sets up a device by the link of the page that is open. */
async function enrol(): Promise<DeviceInHand> {
  await page.click('button[value="toggle-view"]');
  const device = deviceInHand(pages.house);
  await device.enrol((await page.getAttribute('a.primary', 'href')) ?? '');
  return device;
}

/** Sets up a device, and comes back an hour later. */
async function signInWithDevice(): Promise<DeviceInHand> {
  await signIn();
  const device = await enrol();
  await page.waitForURL('**/application*');
  pages.house.clock.advance(3600);
  await signIn();
  await page.waitForSelector('.progress:not(:empty)');
  return device;
}

it('goes on by itself within a second of the device’s answer, at an enrolment and at sign-in', async () => {
  await openBrowser();
  const device = await signInWithDevice();
  expect(await isByHandSeen()).toBe(false);
  // Time for the question to be held back.
  await page.waitForTimeout(1000);
  const goesOn = page.waitForRequest((request) => request.method() === 'POST');
  await device.approve(await number());
  const answeredAt = performance.now();
  await goesOn;
  expect(performance.now() - answeredAt).toBeLessThan(1000);
  await page.waitForURL('**/application*');
});

it('reads out that it waits, and the number that the device asks for', async () => {
  await openBrowser();
  await signInWithDevice();
  const said = await page.getByRole('status').textContent();
  expect(said).toBe(`Waiting for your answer It asks for this number: ${await number()}`);
  expect(await page.title()).toBe('Confirm on your device · Acme Bank');
});

it('tells of a refusal by itself, and counts down until it may be asked again', async () => {
  await openBrowser();
  const device = await signInWithDevice();
  await device.deny();
  await page.waitForSelector('.notice');
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  await page.getByRole('button', { name: 'Ask again' }).click();
  const countdown = page.getByRole('timer');
  await countdown.waitFor();
  expect(await countdown.textContent()).toMatch(/^You can ask again in (1:00|0:59)\.$/);
  expect(await page.getByRole('button', { name: 'Ask again' }).isVisible()).toBe(false);
});

it('works without scripts: a button goes on', async () => {
  await openBrowser({ javaScriptEnabled: false });
  await signIn();
  const device = await enrol();
  expect(await page.locator('.progress').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'I’ve set it up' }).click();
  await page.waitForURL('**/application*');
  pages.house.clock.advance(3600);
  await signIn();
  await fillAndSubmit(page);
  expect(await page.locator('.errors').textContent()).toContain('There’s no answer from');
  await device.approve(await number());
  await fillAndSubmit(page);
  await page.waitForURL('**/application*');
});

it('offers the button when the server can’t be reached, and goes on once it can', async () => {
  await openBrowser();
  const device = await signInWithDevice();
  await page.route('**/u/mfa-answer*', (route) => route.abort());
  await page.reload();
  await page.getByRole('button', { name: 'I’ve answered' }).waitFor();
  await device.approve(await number());
  await page.unroute('**/u/mfa-answer*');
  // As a phone does when it is taken out of a pocket.
  await page.evaluate('window.dispatchEvent(new Event("online"))');
  await page.waitForURL('**/application*');
});

it('waits no longer in a tab whose sign-in was finished in another', async () => {
  await openBrowser();
  const device = await signInWithDevice();
  const second = await context.newPage();
  await second.goto(page.url());
  await second.waitForSelector('.progress:not(:empty)');
  await device.approve(await number());
  await Promise.any([page, second].map((tab) => tab.waitForURL('**/application*')));
  for (const tab of [page, second]) await tab.locator('[data-await-answer]').waitFor({ state: 'detached' });
});
