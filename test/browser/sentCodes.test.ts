import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { beginSelfService, enrolOtp, context as requestContext } from '../support/engine.ts';
import { person } from '../support/pageFlows.ts';
import { createTestPages, type TestPages } from '../support/pages.ts';
import { fillAndSubmit, open, openInteraction } from '../support/pageTour.ts';
import { serverStarter } from '../support/server.ts';

const credentials = { username: person.email, password: person.password };
const start = serverStarter();
let browser: Browser;
let pages: TestPages;
let context: BrowserContext;
let page: Page;

/** One house for all: each test takes up where the one before ended. */
beforeAll(async () => {
  [browser, pages] = await Promise.all([launchChromium(), createTestPages({ isServed: true })]);
  await pages.addPerson(person.email, person.password);
  const settings = { messageTypes: ['sms', 'voice'], allowedCountries: ['DE', 'US'] };
  const factors = { phone: { enabled: true, settings }, 'recovery-code': { enabled: true } };
  await pages.house.setTenant({ policy: 'always', factors });
});

afterEach(() => context.close());

afterAll(async () => {
  await Promise.all([browser.close(), pages.close()]);
});

async function openBrowser(options: BrowserContextOptions = {}): Promise<void> {
  context = await browser.newContext({ locale: 'en', ...options });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
}

async function signIn(as = credentials): Promise<void> {
  const state = await openInteraction(pages, page);
  await open(pages, page, `/u/login?state=${state}`);
  await fillAndSubmit(page, as);
}

const heading = () => page.locator('h1').textContent();
const latestCode = () => pages.house.codes.at(-1)?.code ?? '';
const press = (name: string) => page.getByRole('button', { name }).click();

it('a phone is enrolled and a code asked for again without scripts', async () => {
  await openBrowser({ javaScriptEnabled: false });
  await signIn();
  await page.selectOption('#country', 'DE');
  await fillAndSubmit(page, { phone: '12' });
  expect(await page.locator('.field-error').textContent()).toContain('There is no such number.');
  expect(await page.inputValue('#country')).toBe('DE');
  await fillAndSubmit(page, { phone: '01511 2345678' });
  expect(await page.locator('.countdown').isVisible()).toBe(false);
  await press('Send a new code');
  await fillAndSubmit(page, { code: latestCode() });
  await page.check('#saved');
  await fillAndSubmit(page);
  await page.waitForURL('**/application?code=made-up');
});

it('the wait for a new code is counted down in the place of the button', async () => {
  await openBrowser();
  await page.clock.install();
  await signIn();
  expect(await page.evaluate('document.activeElement.id')).toBe('code');
  const again = page.getByRole('button', { name: 'Send a new code' });
  const countdown = page.getByRole('timer');
  expect(await again.isVisible()).toBe(false);
  const secondsLeft = async () =>
    Number(/^You can ask for a new code in (\d+) s\.$/.exec((await countdown.textContent()) ?? '')?.[1]);
  const atFirst = await secondsLeft();
  expect(atFirst).toBeLessThanOrEqual(30);
  expect(atFirst).toBeGreaterThan(20);
  await page.clock.fastForward(20_000);
  expect(await secondsLeft()).toBeLessThanOrEqual(atFirst - 20);
  await page.clock.fastForward(11_000);
  expect(await countdown.isVisible()).toBe(false);
  const sent = pages.house.codes.length;
  await again.click();
  await page.waitForFunction('document.querySelector(".countdown").checkVisibility()');
  expect(pages.house.codes).toHaveLength(sent + 1);

  await press('Call me instead');
  await page.waitForURL('**/u/mfa-voice-challenge*');
  await page.keyboard.type(latestCode());
  await page.keyboard.press('Enter');
  await page.waitForURL('**/application*');
});

/** Enrols an address for somebody who has an authenticator app, as the MFA API does. */
async function enrolAddress(userId: string, address: string): Promise<void> {
  const { house } = pages;
  const app = (await house.engine.methods(userId)).find(({ factor }) => factor === 'otp');
  const at = house.clock.now;
  const proofs = [
    { factor: 'password', at },
    { factor: 'otp', methodId: app?.id ?? '', at },
  ];
  const begun = await beginSelfService(house, userId, { proofs });
  if (begun.outcome !== 'begun') throw new Error(begun.outcome);
  const choice = { factor: 'email', input: { email: address } };
  const enrolment = await house.engine.beginEnrolment(begun.transaction.id, choice, requestContext);
  if (enrolment.outcome !== 'begun') throw new Error(enrolment.code);
  const answer = { challenge: 'latest', proof: latestCode() } as const;
  const confirmed = await house.engine.submit(begun.transaction.id, answer, requestContext);
  if (confirmed.outcome !== 'satisfied') throw new Error(confirmed.outcome);
  house.clock.advance(1);
}

it('whoever has several addresses picks the one that gets the code', async () => {
  const dora = { username: 'dora@example.com', password: person.password };
  const on = { enabled: true };
  await pages.house.setTenant({ factors: { otp: on, email: on } });
  const userId = await pages.addPerson(dora.username, dora.password);
  await enrolOtp(pages.house, userId);
  for (const address of ['dora@home.example', 'dora@work.example']) await enrolAddress(userId, address);

  await openBrowser();
  await signIn(dora);
  await press('Try another method');
  await press('Code by e-mail ****@work');
  expect(await page.locator('.lead').textContent()).toContain('****@work********');
  await press('Use another of your addresses');
  expect(await heading()).toBe('Which address should the code go to?');
  const listed = await page.locator('button[name="method"]').allTextContents();
  expect(listed.sort()).toEqual(['****@exam*******', '****@home********']);
  await press('****@home********');
  expect(await page.locator('.lead').textContent()).toContain('****@home********');
  expect(pages.house.codes.at(-1)?.to).toBe('dora@home.example');
  await fillAndSubmit(page, { code: latestCode() });
  await page.waitForURL('**/application*');
});

it('a newcomer enrols a phone in the demo and signs in by e-mail, with the codes of the outbox', async () => {
  const server = await start();
  await openBrowser();
  const codeFor = async (to: string): Promise<string> => {
    const response = await fetch(`${server.baseUrl}/dev/outbox.json?to=${encodeURIComponent(to)}`);
    const [newest] = (await response.json()) as { code?: string }[];
    return newest?.code ?? '';
  };
  await server.cli('policy', 'set', 'always');
  await server.cli(
    'user',
    'create',
    '--email',
    person.email,
    '--password',
    person.password,
    '--email-verified',
  );

  await page.goto(`${server.baseUrl}/demo`);
  await press('Sign in');
  await fillAndSubmit(page, credentials);
  await press('Code to your phone');
  await page.selectOption('#country', 'DE');
  await fillAndSubmit(page, { phone: '01511 2345678' });
  expect(await heading()).toBe('Enter the code from the message');
  await fillAndSubmit(page, { code: await codeFor('+4915112345678') });
  await page.check('#saved');
  await fillAndSubmit(page);
  await page.locator('#bank .movement').first().waitFor();

  await context.clearCookies();
  await page.goto(`${server.baseUrl}/demo`);
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.reload();
  await press('Sign in');
  await fillAndSubmit(page, credentials);
  expect(await page.locator('.lead').textContent()).toContain('XXXXXXXXXX5678');
  await press('Try another method');
  await press('Code by e-mail');
  await fillAndSubmit(page, { code: await codeFor(person.email) });
  await page.locator('#bank .movement').first().waitFor();
});
