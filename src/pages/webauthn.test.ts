import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormBrowser, PageAnswer } from '../../test/support/formBrowser.ts';
import { beginLogin, enrolByPages, givePassword, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';
import { makeSoftAuthenticator, type SoftAuthenticator } from '../../test/support/softAuthenticator.ts';

const on = { enabled: true };
const able = { 'js-available': 'true', 'webauthn-available': 'true', 'webauthn-platform-available': 'true' };
const detectPath = '/u/mfa-detect-browser-capabilities';

let pages: TestPages;
let userId: string;
let key: SoftAuthenticator;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  const factors = { 'webauthn-roaming': on, 'webauthn-platform': on, otp: on, 'recovery-code': on };
  await pages.house.setTenant({ policy: 'always', factors });
  key = makeSoftAuthenticator({
    origin: 'http://localhost:3000',
    attachment: 'cross-platform',
    flags: { userVerified: false },
  });
});

afterEach(() => pages.close());

/** Gives the password in a browser that can do this much; ends at the page that comes then. */
function comeFrom(abilities: Record<string, string>) {
  return givePassword(pages, undefined, abilities);
}

/** The options that a page hands to the browser. */
function optionsOn<Options>({ body }: PageAnswer): Options {
  const [, text = ''] = /data-options="([^"]*)"/.exec(body) ?? [];
  return JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Options;
}

async function submitAnswer(browser: FormBrowser, answer: unknown): Promise<PageAnswer> {
  return browser.submit({ action: '', response: JSON.stringify(answer), failure: '' });
}

async function enrolKey() {
  const { browser, state, next } = await comeFrom(able);
  const answer = await browser.follow(await submitAnswer(browser, key.create(optionsOn(next))));
  return { browser, state, answer };
}

async function finishEnrolment() {
  const { browser, state } = await enrolKey();
  await browser.follow(await browser.submit({ nickname: 'Blue key' }));
  await browser.submit({ saved: 'on' });
  pages.house.clock.advance(60);
  return { browser, state };
}

describe('what the browser can do', () => {
  /** Gives the password and comes to the page that asks. */
  async function comeToQuestion() {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    const credentials = { username: person.email, password: person.password };
    const { location = '' } = await browser.submit(credentials);
    return { browser, state, answer: await browser.get(location) };
  }

  it('is asked once, before a factor is offered that depends on it', async () => {
    const { browser, answer } = await comeToQuestion();
    expect(answer.body).toContain(detectPath);
    const told = await browser.submit(able);
    expect(told.headers['set-cookie']).toMatch(/^cs-abilities=webauthn\.webauthn-platform; .*HttpOnly/);
    browser.abilities = { 'js-available': 'false' };
    expect((await browser.follow(told)).heading).toBe('Set up your security key');
  });

  it('is nothing where nothing is said, as without JavaScript', async () => {
    const { next } = await comeFrom({});
    expect(next.body).toContain('class="qr"');
    expect(next.body).not.toContain('Try another method');
  });

  it('is not asked where no factor depends on it', async () => {
    await pages.house.setTenant({ factors: { otp: on } });
    const { next } = await givePassword(pages);
    expect(next.body).toContain('class="qr"');
  });

  it('S-25 gets nobody further by itself, however it is answered', async () => {
    const { browser, state, answer } = await comeToQuestion();
    browser.cookies.set('cs-abilities', 'webauthn');
    browser.cookies.set('cs-marks', `${'a'.repeat(16)}~zzzzzz`);
    const [, csrf = ''] = /name="csrf" value="([^"]*)"/.exec(answer.body) ?? [];
    await browser.post(`${detectPath}?state=${state}`, { state, csrf, ...able });
    expect(pages.outcomeOf(state)).toEqual({});
  });
});

describe('a ceremony', () => {
  it('gets a challenge of its own each time its page is shown', async () => {
    const { browser, state, next } = await comeFrom(able);
    const again = await browser.get(`/u/mfa-webauthn-roaming-enrollment?state=${state}`);
    const [first, second] = [next, again].map((page) => optionsOn<{ challenge: string }>(page).challenge);
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
  });

  it('S-56 the answer to a challenge that was shown before is good for nothing', async () => {
    const { browser, state, next } = await comeFrom(able);
    await browser.get(`/u/mfa-webauthn-roaming-enrollment?state=${state}`);
    const late = await submitAnswer(browser, key.create(optionsOn(next)));
    expect(late.status).toBe(400);
    expect(late.body).toContain('This key couldn’t be set up.');
  });

  it('leads to a name, then to the recovery code, and signs in the next time', async () => {
    const { browser, answer } = await enrolKey();
    expect(answer.heading).toBe('Your key is set up');
    expect(answer.body).toContain('value="Security key"');
    const revealed = await browser.follow(await browser.submit({ nickname: 'Blue key' }));
    expect(revealed.heading).toBe('Keep this recovery code');
    await browser.submit({ saved: 'on' });

    const { browser: later, state, next } = await comeFrom({ 'webauthn-available': 'true' });
    const done = await submitAnswer(later, key.get(optionsOn(next)));
    expect(done.location).toBe(`/authorize/${state}`);
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual([
      'password',
      'webauthn-roaming',
    ]);
  });

  it('remembers the browser where the person asks for that', async () => {
    await finishEnrolment();
    const { browser, next } = await comeFrom(able);
    const response = JSON.stringify(key.get(optionsOn(next)));
    await browser.submit({ action: '', response, rememberBrowser: 'true' });
    expect(browser.cookies.get('auth0-mf')).toMatch(/^[\w-]{16,}$/);
  });

  it.each([
    ['NotAllowedError', 'No key was set up: the window was closed, or time ran out.'],
    ['AbortError', 'No key was set up: the window was closed, or time ran out.'],
    ['InvalidStateError', 'This key is set up for your account already.'],
    ['SecurityError', 'This key couldn’t be set up.'],
    ['<script>alert(1)</script>', 'This key couldn’t be set up.'],
    ['x'.repeat(5000), 'This key couldn’t be set up.'],
  ])('that ended with %.20s says so, and starts anew only by the button', async (failure, text) => {
    const { browser } = await comeFrom(able);
    const answer = await browser.submit({ action: '', failure });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(text);
    expect(answer.body).not.toContain('data-starts');
    expect(answer.body).not.toContain('alert(1)');
    expect(await pages.house.eventTypes(userId)).toContain('gd_webauthn_enrollment_failed');
  });

  it.each([
    '',
    '{}',
    'null',
    '[1]',
    '{"id":1}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
  ])('survives an answer that is none: %s', async (response) => {
    await finishEnrolment();
    const { browser, state } = await comeFrom(able);
    const answer = await browser.submit({ action: '', response });
    expect([200, 400]).toContain(answer.status);
    expect(answer.body).toContain('data-ceremony="get"');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('starts by itself at a sign-in without a box to tick, never at an enrolment', async () => {
    const { next: enrolment } = await comeFrom(able);
    expect(enrolment.body).not.toContain('data-starts');
    await finishEnrolment();
    await pages.house.setTenant({ rememberBrowser: { enabled: false, idleDays: 7, absoluteDays: 30 } });
    const { next: challenge } = await comeFrom(able);
    expect(challenge.body).toContain('data-starts');
  });

  it('can be left by who finds that the browser can’t', async () => {
    const { browser } = await comeFrom(able);
    const answer = await browser.submit({ action: 'not-available' });
    expect(answer.headers['set-cookie']).toMatch(/^cs-abilities=none; .*Max-Age=3600/);
    expect((await browser.follow(answer)).body).toContain('class="qr"');
  });
});

describe('what a browser said before', () => {
  it('may run out while a form is open: its answer counts all the same', async () => {
    const { browser, next } = await comeFrom(able);
    browser.cookies.delete('cs-abilities');
    const answer = await submitAnswer(browser, key.create(optionsOn(next)));
    expect((await browser.follow(answer)).heading).toBe('Your key is set up');
  });

  it('is put right by a ceremony that failed: the device is no longer asked, nor is the person stuck with it', async () => {
    await finishEnrolment();
    const { browser, next } = await comeFrom(able);
    const offer = await browser.follow(await submitAnswer(browser, key.get(optionsOn(next))));
    expect(offer.heading).toBe('Sign in faster on this device');
    const failure = { action: '', failure: 'NotAllowedError', 'webauthn-platform-available': 'false' };
    const failed = await browser.submit(failure);
    expect(String(failed.headers['set-cookie'])).toMatch(/cs-abilities=webauthn; .*Max-Age=3600/);
    expect(failed.location).toMatch(/^\/u\/mfa\?/);
    expect((await browser.get(failed.location ?? '')).location).toMatch(/^\/authorize\//);
  });

  it('stays with the key that was asked for in vain', async () => {
    const { browser } = await comeFrom(able);
    const failure = { action: '', failure: 'NotAllowedError', 'webauthn-platform-available': 'false' };
    const failed = await browser.submit(failure);
    expect(failed).toMatchObject({ status: 400, heading: 'Set up your security key' });
    expect(browser.cookies.get('cs-abilities')).toBe('webauthn');
  });
});

describe('S-36 after an enrolment', () => {
  it('the name can’t be asked for before, nor twice', async () => {
    const { browser, state } = await comeFrom(able);
    const early = await browser.get(`/u/mfa-webauthn-change-key-nickname?state=${state}`);
    expect(early.location).toBe(`/u/mfa-webauthn-roaming-enrollment?state=${state}`);
    const page = await browser.follow(early);
    await browser.follow(await submitAnswer(browser, key.create(optionsOn(page))));
    await browser.follow(await browser.submit({ nickname: 'Blue key' }));
    const late = await browser.get(`/u/mfa-webauthn-change-key-nickname?state=${state}`);
    expect(late.location).toBe(`/u/mfa-recovery-code-enrollment?state=${state}`);
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('another key keeps the name of the first, and the recovery code waits', async () => {
    const { browser } = await enrolKey();
    const page = await browser.follow(await browser.submit({ action: 'another', nickname: 'Blue key' }));
    expect(page.heading).toBe('Set up your security key');
    expect(optionsOn<{ excludeCredentials: unknown[] }>(page).excludeCredentials).toHaveLength(1);
    const skipped = await browser.follow(await browser.submit({ action: 'skip' }, 'aside'));
    expect(skipped.heading).toBe('Keep this recovery code');
    const names = (await pages.house.engine.methods(userId)).map(({ name }) => name);
    expect(names).toContain('Blue key');
  });
});

describe('the offer to set up the device', () => {
  const device = makeSoftAuthenticator({
    origin: 'http://localhost:3000',
    attachment: 'platform',
    transports: ['internal'],
  });

  /** Signs in by a key and comes to the offer, or to where the login goes on without. */
  async function signInByKey() {
    const { browser, state, next } = await comeFrom(able);
    const answer = await browser.follow(await submitAnswer(browser, key.get(optionsOn(next))));
    return { browser, state, answer };
  }

  beforeEach(async () => {
    await finishEnrolment();
  });

  it('is taken, and the browser is known to hold it', async () => {
    const { browser, answer } = await signInByKey();
    expect(answer.heading).toBe('Sign in faster on this device');
    expect(answer.body).not.toContain('value="skip"');
    const done = await submitAnswer(browser, device.create(optionsOn(answer)));
    expect(done.headers['set-cookie']).toMatch(/^cs-marks=[\w-]{16}~\w+; .*HttpOnly/);
    expect((await browser.follow(done)).heading).toBe('Your device is set up');
  });

  it.each([
    ['snooze-enrollment', 14],
    ['refuse-add-device', 365],
  ])('is left by %s for %i days, and the login goes on', async (action, days) => {
    const { browser, state } = await signInByKey();
    const left = await browser.submit({ action }, 'aside');
    expect(left.location).toBe(`/authorize/${state}`);
    const until = /cs-marks=[\w-]{16}~(\w+)/.exec(String(left.headers['set-cookie']))?.[1] ?? '';
    const now = Math.floor(pages.house.clock.now / 1000);
    expect(Number.parseInt(until, 36) - now).toBe(days * 24 * 60 * 60);
  });

  it('isn’t made where the browser’s device can’t', async () => {
    const { browser, next, state } = await comeFrom({ 'webauthn-available': 'true' });
    const answer = await submitAnswer(browser, key.get(optionsOn(next)));
    expect(answer.location).toBe(`/authorize/${state}`);
  });
});

describe('a browser that can do nothing of what the person has', () => {
  it('names the ways out: again, the recovery code, help', async () => {
    await pages.house.setTenant({ supportEmail: 'help@example.com' });
    await finishEnrolment();
    const { browser, state, next } = await comeFrom({});
    expect(next.heading).toBe('This browser can’t do that');
    expect(next.body).toContain('href="mailto:help@example.com"');
    const challenge = await browser.follow(await browser.submit({ action: 'recovery-code' }));
    expect(challenge.body).toContain('mfa-recovery-code-challenge');
    const elsewhere = await browser.get(`/u/mfa-webauthn-roaming-challenge?state=${state}`);
    expect(elsewhere.location).toBe(`/u/mfa-webauthn-not-available-error?state=${state}`);
    const options = await browser.get(`/u/mfa-login-options?state=${state}`);
    expect(options.location).toBe(`/u/mfa-webauthn-not-available-error?state=${state}`);
    await browser.get(options.location ?? '');
    browser.abilities = able;
    const again = await browser.follow(await browser.submit({ action: 'retry' }));
    expect(again.body).toContain('mfa-webauthn-roaming-challenge');
  });

  it('says so when nothing else may be set up', async () => {
    await pages.house.setTenant({ factors: { 'webauthn-roaming': on } });
    const { next, state } = await comeFrom({});
    expect(next.heading).toBe('This browser can’t do that');
    expect(next.body).not.toContain('class="options"');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('is not met by who has an app too', async () => {
    await pages.house.setTenant({ factors: { otp: on, 'recovery-code': on } });
    await enrolByPages(pages);
    await pages.house.setTenant({ factors: { otp: on, 'webauthn-roaming': on } });
    const { next } = await comeFrom({});
    expect(next.body).toContain('mfa-otp-challenge');
  });
});
