import type { Page } from 'playwright-core';
import { codeOf } from './engine.ts';
import { person } from './pageFlows.ts';
import type { TestPages } from './pages.ts';

/** Called at each screen with its name. */
export type Look = (name: string) => Promise<void>;

const newPassword = 'seven red apples';

/**
 * Takes a browser through every hosted screen, each also with its errors, and calls `look` at each.
 * The pages must be served.
 */
export async function tourPages(pages: TestPages, page: Page, look: Look): Promise<void> {
  await pages.house.setTenant({ policy: 'always', supportEmail: 'help@example.com' });
  const state = await openInteraction(pages, page);
  await tourAccount(pages, page, state, look);
  const recoveryCode = await tourEnrolment(pages, page, state, look);
  await tourRecovery(pages, page, recoveryCode, look);
  await tourChallenge(pages, page, look);
  await tourSentCodes(pages, page, look);
  await tourHelp(pages, page, look);
  await tourOthers(pages, page, look);
}

/** Begins an interaction and gives its cookie to the browser. */
export async function openInteraction(
  pages: TestPages,
  page: Page,
  changes?: Parameters<TestPages['begin']>[0],
): Promise<string> {
  const { state, cookie } = pages.begin(changes);
  await page.context().addCookies([{ ...cookie, url: pages.publicUrl }]);
  return state;
}

/** Opens a page by its path below the public address. */
export async function open(pages: TestPages, page: Page, path: string): Promise<void> {
  await page.goto(pages.publicUrl.slice(0, -1) + path);
}

/** Fills in fields by name and presses the main button. */
export async function fillAndSubmit(
  page: Page,
  fields: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
  await page.click('#step button[value="default"]');
}

/** Chooses the authenticator app from the list of what can be set up; ends at its QR code. */
export async function chooseApp(page: Page): Promise<void> {
  await page.click('button[value="otp"]');
  await page.waitForSelector('.qr-frame');
}

async function tourAccount(pages: TestPages, page: Page, state: string, look: Look) {
  await open(pages, page, `/u/login?state=${state}`);
  await look('login');
  await fillAndSubmit(page);
  await look('login, nothing filled in');
  await fillAndSubmit(page, { username: person.email, password: 'wrong' });
  await look('login, refused');
  await open(pages, page, `/u/signup?state=${state}`);
  await look('sign-up');
  await fillAndSubmit(page, { email: person.email, password: 'password' });
  await look('sign-up, weak password');
  await fillAndSubmit(page, { password: person.password });
  await look('sign-up, message sent');
  await open(pages, page, await pages.linkFor(person.email));
  await look('e-mail verification');
  await fillAndSubmit(page);
  await look('e-mail verified');
  await open(pages, page, '/u/email-verification?ticket=made-up');
  await look('e-mail verification, expired');
  await open(pages, page, `/u/reset-password/request?state=${state}`);
  await look('reset request');
  await fillAndSubmit(page, { email: person.email });
  await look('reset, message sent');
  await open(pages, page, await pages.linkFor(person.email));
  await look('reset');
  await fillAndSubmit(page, { password: newPassword, 're-password': 'other' });
  await look('reset, passwords differ');
  await fillAndSubmit(page, { password: newPassword, 're-password': newPassword });
  await look('reset done');
  await open(pages, page, '/u/reset-password/change?ticket=made-up');
  await look('reset, expired');
}

async function signIn(pages: TestPages, page: Page, state: string, username = person.email): Promise<void> {
  await open(pages, page, `/u/login?state=${state}`);
  await fillAndSubmit(page, { username, password: newPassword });
}

async function tourEnrolment(pages: TestPages, page: Page, state: string, look: Look): Promise<string> {
  await signIn(pages, page, state);
  await open(pages, page, `/u/mfa-otp-enrollment-qr?state=${state}`);
  await look('otp enrolment, QR code');
  await page.click('button[value="toggle-view"]');
  await look('otp enrolment, key as text');
  const secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
  await fillAndSubmit(page, { code: '12' });
  await look('otp enrolment, malformed code');
  await fillAndSubmit(page, { code: await codeOf(secret, pages.house.clock.now) });
  await look('recovery code');
  await fillAndSubmit(page);
  await look('recovery code, box not ticked');
  const recoveryCode = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
  await page.check('#saved');
  await fillAndSubmit(page);
  await page.waitForURL('**/application*');
  pages.house.clock.advance(60);
  return recoveryCode;
}

/** Comes without the app, takes the recovery code, and sets a new app up. */
async function tourRecovery(pages: TestPages, page: Page, code: string, look: Look) {
  const state = await openInteraction(pages, page);
  await signIn(pages, page, state);
  await open(pages, page, `/u/mfa-recovery-code-challenge?state=${state}`);
  await fillAndSubmit(page, { code });
  await look('new recovery code');
  await page.check('#saved');
  await fillAndSubmit(page);
  await look('offer to enrol anew');
  await page.check('#removeLost');
  await page.click('button[value="otp"]');
  await look('otp enrolment that may be left');
  await page.click('button[value="skip"]');
  await page.waitForURL('**/application*');
  pages.house.clock.advance(60);
}

async function tourChallenge(pages: TestPages, page: Page, look: Look) {
  const state = await openInteraction(pages, page);
  await signIn(pages, page, state);
  await look('otp challenge');
  await fillAndSubmit(page, { code: '000000' });
  await look('otp challenge, wrong code');
  await page.click('button[value="pick-authenticator"]');
  await look('other methods');
  await page.click('button[value="recovery-code"]');
  await look('recovery challenge');
  await fillAndSubmit(page, { code: 'abc' });
  await look('recovery challenge, malformed code');
  for (let attempt = 0; attempt < 9; attempt += 1) {
    await fillAndSubmit(page, { code: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF' });
  }
  await look('locked');
}

/** Enrols a phone, asks for too many codes, and falls back on the mailbox. */
async function tourSentCodes(pages: TestPages, page: Page, look: Look) {
  const email = 'bob@example.com';
  await pages.addPerson(email, newPassword);
  const allowedCountries = ['DE', 'FR', 'JP', 'US'];
  const settings = { messageTypes: ['sms', 'voice'], allowedCountries, sendsPerUser: 2 };
  const on = { enabled: true };
  const factors = { otp: on, phone: { ...on, settings }, email: on, 'recovery-code': on };
  await pages.house.setTenant({ factors, showFactorListOnEnrolment: true });
  await signIn(pages, page, await openInteraction(pages, page), email);
  await look('factors to enrol');
  await page.click('button[value="phone"]');
  await look('phone enrolment');
  await fillAndSubmit(page, { phone: '12' });
  await look('phone enrolment, no number');
  await fillAndSubmit(page, { phone: '+49 1511 2345678' });
  await look('code by text');
  await page.click('button[value="switch-to-voice"]');
  await look('code by call');
  await fillAndSubmit(page, { code: pages.house.codes.at(-1)?.code ?? '' });
  await page.check('#saved');
  await fillAndSubmit(page);
  await page.waitForURL('**/application*');

  await signIn(pages, page, await openInteraction(pages, page), email);
  await look('code at sign-in');
  for (let asked = 0; asked < 3 && !(await page.locator('.errors').isVisible()); asked += 1) {
    pages.house.clock.advance(31);
    await page.reload();
    await page.click('button[value="resend-code"]');
  }
  await look('too many codes');
  await signIn(pages, page, await openInteraction(pages, page), email);
  await look('other methods, with the reason');
  await page.click('button[value="email"]');
  await look('code by e-mail');
}

/** Signs in by what the help desk handed out, then says of a change that it was somebody else's. */
async function tourHelp(pages: TestPages, page: Page, look: Look) {
  const email = 'cleo@example.com';
  const id = await pages.addPerson(email, newPassword);
  const on = { enabled: true };
  await pages.house.setTenant({ factors: { otp: on, 'temporary-pass': on } });
  const { passes } = pages.house.engine;
  const order = { reason: 'Lost phone', isReusable: false };
  const context = { ip: '192.0.2.7', userAgent: 'test' };
  const issued = await passes.issue(id, order, { kind: 'operator', id: 'olga@example.com' }, context);
  if (issued.outcome !== 'issued') throw new Error(`No pass: ${issued.code}.`);
  await signIn(pages, page, await openInteraction(pages, page), email);
  await look('temporary pass');
  await fillAndSubmit(page, { code: 'ABCD-EFGH-JKLM' });
  await look('temporary pass, wrong');
  await fillAndSubmit(page, { code: issued.pass });
  await look('set-up after a temporary pass');

  const notice = pages.house.notices.findLast(({ template }) => template === 'mfa_enrolled');
  const ticket = notice && 'undoTicket' in notice ? notice.undoTicket : '';
  await open(pages, page, `/u/undo-change?ticket=${ticket}`);
  await look('a change to undo');
  await fillAndSubmit(page);
  await look('a change undone');
  await open(pages, page, `/u/undo-change?ticket=${ticket}`);
  await look('a change to undo, expired');
}

async function tourOthers(pages: TestPages, page: Page, look: Look) {
  const scopes = [{ value: 'openid' }, { value: 'read:invoices', description: 'Read your invoices' }];
  const state = await openInteraction(pages, page, { prompt: 'consent', scopes });
  await open(pages, page, `/u/consent?state=${state}`);
  await look('consent');
  await open(pages, page, '/u/login?state=unknown');
  await look('expired');
  await open(pages, page, '/');
  await look('the bare address');
  await open(pages, page, '/u/nothing');
  await look('not found');
}
