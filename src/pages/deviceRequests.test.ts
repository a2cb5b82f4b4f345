import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeviceInHand, deviceInHand } from '../../test/support/deviceInHand.ts';
import { beginSelfService, codeOf, context } from '../../test/support/engine.ts';
import type { FormBrowser, PageAnswer } from '../../test/support/formBrowser.ts';
import { givePassword, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';
import { type PushDeviceOptions, webPushCredentials } from '../../test/support/pushDevice.ts';

const on = { enabled: true };
const challenge = 'mfa-push-challenge-push';
const iPhone = { 'sec-ch-ua-mobile': '?1' };

let pages: TestPages;
let userId: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  await setFactors();
});

afterEach(() => pages.close());

function setFactors(settings: Record<string, unknown> = {}, more: Record<string, { enabled: boolean }> = {}) {
  const factors = { 'push-notification': { ...on, settings }, ...more };
  return pages.house.setTenant({ policy: 'always', factors });
}

/** What the device carries over: the link of the screen that has one. */
async function linkOn(browser: FormBrowser, state: string): Promise<string> {
  const { body } = await browser.get(`/u/mfa-push-enrollment-code?state=${state}`);
  return /href="([^"]*#add=[^"]*)"/.exec(body)?.[1] ?? '';
}

/** Sets up a device at the first sign-in. */
async function enrolDevice(options: PushDeviceOptions = {}, changes = {}): Promise<DeviceInHand> {
  const { browser, state } = await givePassword(pages);
  const device = deviceInHand(pages.house, options);
  await device.enrol(await linkOn(browser, state), changes);
  await browser.submit({});
  expect(pages.outcomeOf(state).finished).toBeDefined();
  pages.house.clock.advance(3600);
  return device;
}

/** Adds a device for somebody who has one. */
async function addDevice(own: DeviceInHand, options: PushDeviceOptions): Promise<DeviceInHand> {
  const { house } = pages;
  const { browser, state, next } = await givePassword(pages);
  await own.approve(numberOn(next));
  await browser.submit({});
  const proofs = pages.outcomeOf(state).finished?.proofs ?? [];
  house.clock.advance(1);
  const begun = await beginSelfService(house, userId, { proofs });
  if (begun.outcome !== 'begun') throw new Error(begun.outcome);
  const choice = { factor: 'push-notification' };
  const enrolment = await house.engine.beginEnrolment(begun.transaction.id, choice, context);
  if (enrolment.outcome !== 'begun') throw new Error(enrolment.code);
  const device = deviceInHand(house, options);
  await device.enrol(enrolment.shown.barcodeUri ?? '');
  const collected = { challenge: 'latest', proof: undefined } as const;
  await house.engine.submit(begun.transaction.id, collected, context);
  house.clock.advance(3600);
  return device;
}

function numberOn({ body }: PageAnswer): string {
  return /class="match-number">(\d\d)</.exec(body)?.[1] ?? '';
}

function otherThan(number: string): string {
  return number === '10' ? '11' : '10';
}

/** What the page's script would learn, without leaving the page. */
async function standing(browser: FormBrowser, state: string): Promise<unknown> {
  const { page } = browser;
  const { body } = await browser.get(`/u/mfa-answer?state=${state}`);
  browser.page = page;
  return JSON.parse(body);
}

/** Presses the button and follows. */
async function goOn(browser: FormBrowser): Promise<PageAnswer> {
  return browser.follow(await browser.submit({}));
}

async function press(browser: FormBrowser, action: string): Promise<PageAnswer> {
  return browser.follow(await browser.submit({ action }, 'aside'));
}

describe('setting up a device', () => {
  it('begins with a code to scan, and goes on once the device has come', async () => {
    const { browser, state, next } = await givePassword(pages);
    expect(next.body).toContain('class="qr');
    expect(next.body).toContain('Point your phone’s camera at this code');
    const link = await linkOn(browser, state);
    await deviceInHand(pages.house).enrol(link);
    expect(await standing(browser, state)).toEqual({ state: 'approved' });
    await browser.submit({});
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual([
      'password',
      'push-notification',
    ]);
  });

  it('S-14 doesn’t go on before the device has come', async () => {
    const { browser, state, next } = await givePassword(pages);
    const answer = await browser.submit({});
    expect([answer.status, answer.heading]).toEqual([400, next.heading]);
    expect(answer.body).toContain('Your device isn’t set up yet.');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('begins with the link on a phone, which can’t scan its own screen', async () => {
    const { browser, state } = await givePassword(pages);
    browser.headers = { ...browser.headers, ...iPhone };
    const page = await browser.follow(await browser.get(`/u/mfa?state=${state}`));
    expect(page.body).toContain('>Open the authenticator</a>');
    expect(page.body).toContain('target="_blank" rel="noopener"');
    expect((await press(browser, 'toggle-view')).body).toContain('class="qr');
  });

  it('shows the bare URI where apps are allowed that know no other', async () => {
    await setFactors({ allowDevicesWithoutNumberMatching: true });
    const { next } = await givePassword(pages);
    expect(next.body).toContain('On your phone, open localhost:3000/authenticator');
    expect(next.body).toContain('class="qr');
  });

  it('S-42 can begin again when its time has run out, and the code before is void', async () => {
    const { browser, state } = await givePassword(pages);
    const device = deviceInHand(pages.house);
    const before = await linkOn(browser, state);
    pages.house.clock.advance(601);
    const over = await goOn(browser);
    expect(over.body).toContain('The time to set up your device has run out.');
    expect(over.body).not.toContain('#add=');
    expect(over.body).not.toContain('data-await-answer');
    expect(await standing(browser, state)).toEqual({ state: 'over' });
    expect((await press(browser, 'renew')).body).toContain('#add=');
    await expect(device.enrol(before)).rejects.toThrow('unknown_ticket');
    await device.enrol(await linkOn(browser, state));
    await browser.submit({});
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });

  it('S-43 shows nothing of the ticket once a device has taken it', async () => {
    const { browser, state } = await givePassword(pages);
    await deviceInHand(pages.house).enrol(await linkOn(browser, state));
    for (const screen of ['qr', 'code']) {
      const { body } = await browser.get(`/u/mfa-push-enrollment-${screen}?state=${state}`);
      expect(body).not.toMatch(/#add=|otpauth:|class="qr/);
    }
  });
});

describe('a request at sign-in', () => {
  it('goes to the device at once, and opens the account with the number of the page', async () => {
    const device = await enrolDevice({ name: 'Pixel 9' }, { push_credentials: webPushCredentials() });
    const { browser, state, next } = await givePassword(pages);
    expect(next.body).toContain('We’ve sent a request to Pixel 9.');
    expect(next.body).not.toContain('Notifications don’t reach');
    expect(pages.house.pushes.map(({ channel }) => channel)).toEqual(['webpush']);
    const request = await device.request();
    expect(request?.numberChoices).toContain(numberOn(next));
    expect(request?.application).toBe('Acme Bank');
    expect(await device.approve(numberOn(next))).toEqual({ outcome: 'recorded', answer: 'approved' });
    expect(await standing(browser, state)).toEqual({ state: 'approved' });
    await browser.submit({});
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual([
      'password',
      'push-notification',
    ]);
  });

  it('S-14 doesn’t open it before there is an answer', async () => {
    await enrolDevice();
    const { browser, state } = await givePassword(pages);
    const answer = await browser.submit({ rememberBrowser: 'true' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('There’s no answer from Ann’s phone yet.');
    expect(answer.body).toContain('value="true" checked');
    expect(numberOn(answer)).toMatch(/^\d\d$/);
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('S-54 says so to who asks too fast', async () => {
    await enrolDevice();
    const { browser } = await givePassword(pages);
    let answer = await browser.submit({});
    for (let asked = 1; asked < 20 && answer.status === 400; asked += 1) answer = await browser.submit({});
    expect(answer.status).toBe(429);
    expect(answer.body).toContain('One moment, please.');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('S-49 is over with a wrong number, and says why', async () => {
    const device = await enrolDevice();
    const { browser, state, next } = await givePassword(pages);
    expect(await device.approve(otherThan(numberOn(next)))).toMatchObject({ code: 'number_mismatch' });
    const page = await goOn(browser);
    expect(page.body).toContain('Another number was given on Ann’s phone');
    expect(numberOn(page)).toBe('');
    expect(pages.outcomeOf(state)).toEqual({});
    expect(await standing(browser, state)).toEqual({ state: 'mismatched' });
  });

  it('S-50 is over when the person refuses it; another one waits for a minute, on the same screen', async () => {
    const device = await enrolDevice();
    const { browser, state } = await givePassword(pages);
    await device.deny('hack');
    const refused = await goOn(browser);
    expect(refused.body).toContain('The request was refused on Ann’s phone.');
    expect(refused.body).toContain('data-resend-in="0"');

    const paused = await press(browser, 'resend-code');
    expect([paused.status, paused.heading]).toEqual([429, refused.heading]);
    expect(paused.body).toContain('No requests are sent for a while');
    expect(paused.body).toContain('data-resend-in="60"');
    expect(paused.body).toContain('data-resend-wait="You can ask again in #:##."');

    pages.house.clock.advance(60);
    const again = await press(browser, 'resend-code');
    expect(await device.approve(numberOn(again))).toMatchObject({ outcome: 'recorded' });
    await browser.submit({});
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });

  it('is over after two minutes', async () => {
    const device = await enrolDevice();
    const { browser, state, next } = await givePassword(pages);
    pages.house.clock.advance(120);
    await expect(device.approve(numberOn(next))).rejects.toThrow('Nothing waits');
    expect((await goOn(browser)).body).toContain('The request ran out before it was answered.');
    const again = await press(browser, 'resend-code');
    await device.approve(numberOn(again));
    await browser.submit({});
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });

  it('S-50 takes the place of one before, whose page tells so', async () => {
    const device = await enrolDevice();
    const first = await givePassword(pages);
    const second = await givePassword(pages);
    const page = await goOn(first.browser);
    expect(page.body).toContain('A newer sign-in took the place of this one.');
    await device.approve(numberOn(second.next));
    await second.browser.submit({});
    expect(pages.outcomeOf(second.state).finished).toBeDefined();
    await first.browser.submit({});
    expect(pages.outcomeOf(first.state)).toEqual({});
  });

  it('S-55 is over when its device was removed, however often it is looked at', async () => {
    const device = await enrolDevice();
    await setFactors({}, { otp: on });
    const { browser, state, next } = await givePassword(pages);
    await device.approve(numberOn(next));
    await device.remove();
    const page = await goOn(browser);
    expect(page.body).not.toContain('data-await-answer');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('S-23 is not sent again by a reload, nor by the way round by the list of methods', async () => {
    await setFactors({}, { otp: on });
    const device = await enrolDevice();
    const { browser, state } = await givePassword(pages);
    const before = await device.request();
    await browser.get(`/u/${challenge}?state=${state}`);
    await press(browser, 'pick-authenticator');
    const page = await browser.follow(await browser.submit({ action: 'push-notification' }));
    expect(numberOn(page)).toMatch(/^\d\d$/);
    expect(await device.request()).toEqual(before);
  });

  it('S-50 leads to the other methods, with the reason, while none is sent', async () => {
    await setFactors({}, { otp: on });
    const device = await enrolDevice();
    const { browser } = await givePassword(pages);
    await device.deny();
    await goOn(browser);
    const { next } = await givePassword(pages);
    expect(next.heading).toBe('Choose how to prove it’s you');
    expect(next.body).toContain('No requests are sent for a while');
  });

  it('says when no notification reaches the device', async () => {
    await enrolDevice({ name: 'Old <b>laptop</b>' });
    const { next } = await givePassword(pages);
    expect(next.body).toContain('Notifications don’t reach Old &lt;b&gt;laptop&lt;/b&gt;.');
  });

  it('shows no number where the device can’t ask for one, and the operator allows that', async () => {
    await setFactors({ allowDevicesWithoutNumberMatching: true });
    const device = await enrolDevice({ kind: 'ios' });
    const { browser, state, next } = await givePassword(pages);
    expect(next.body).toContain('Approve it there');
    expect(next.body).not.toContain('class="match"');
    await device.approve();
    await browser.submit({});
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });

  it('remembers the browser of who asked for that', async () => {
    const device = await enrolDevice();
    const { browser, next } = await givePassword(pages);
    await device.approve(numberOn(next));
    await browser.submit({ rememberBrowser: 'true' });
    expect(await pages.house.engine.browsers.ofUser(userId)).toHaveLength(1);
  });
});

describe('another way', () => {
  it('the codes that the device makes open the account too', async () => {
    await setFactors({}, { otp: on });
    const { browser, state } = await givePassword(pages);
    const link = await linkOn(browser, state);
    const enrolled = await deviceInHand(pages.house).enrol(link);
    await browser.submit({});
    pages.house.clock.advance(60);
    const later = await givePassword(pages);
    const codes = await press(later.browser, 'enter-otp-code');
    expect(codes.body).toContain('autocomplete="one-time-code"');
    await later.browser.submit({ code: await codeOf(enrolled.codes?.secret ?? '', pages.house.clock.now) });
    expect(pages.outcomeOf(later.state).finished?.proofs.at(-1)?.factor).toBe('otp');
  });

  it('is not offered where codes are off', async () => {
    await enrolDevice();
    const { browser, state, next } = await givePassword(pages);
    expect(next.body).not.toContain('enter-otp-code');
    expect((await press(browser, 'enter-otp-code')).heading).toBe(next.heading);
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('another of the person’s devices is asked on request, the latest used one first', async () => {
    const phone = await enrolDevice({ name: 'Phone' });
    const tablet = await addDevice(phone, { name: 'Tablet' });
    const { browser, state, next } = await givePassword(pages);
    expect(next.body).toContain('We’ve sent a request to Tablet.');
    const list = await press(browser, 'pick-method');
    expect(list.heading).toBe('Which device should be asked?');
    const method = /name="method" value="([^"]*)"/.exec(list.body)?.[1] ?? '';
    const asked = await browser.follow(await browser.submit({ method, action: '' }));
    expect(asked.body).toContain('We’ve sent a request to Phone.');
    expect(await tablet.request()).toBeUndefined();
    await phone.approve(numberOn(asked));
    await browser.submit({});
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });
});

describe('the question of the page’s script', () => {
  it('S-54 is answered to the browser alone that began the sign-in', async () => {
    await enrolDevice();
    const { state } = await givePassword(pages);
    const stranger = await givePassword(pages);
    const answer = await stranger.browser.get(`/u/mfa-answer?state=${state}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
    expect(answer.body).not.toContain('waiting');
  });

  it('is held back until there is an answer, and is kept nowhere', async () => {
    const device = await enrolDevice();
    const { browser, state, next } = await givePassword(pages);
    const asked = browser.get(`/u/mfa-answer?state=${state}`);
    await device.approve(numberOn(next));
    const { status, headers, body } = await asked;
    expect([status, JSON.parse(body)]).toEqual([200, { state: 'approved' }]);
    expect(headers['content-type']).toContain('application/json');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('S-54 is held back three times for one sign-in, and refused beyond that', async () => {
    const device = await enrolDevice();
    const { browser, state, next } = await givePassword(pages);
    const asked = Array.from({ length: 5 }, () => browser.get(`/u/mfa-answer?state=${state}`));
    const refused = await Promise.race([asked[3], asked[4]]);
    expect([refused?.status, refused?.headers['retry-after']]).toEqual([429, '5']);
    await device.approve(numberOn(next));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await browser.get(`/u/mfa-answer?state=${state}`)).status).toBe(200);
  });

  it('is answered when the server closes', async () => {
    await enrolDevice();
    const { browser, state } = await givePassword(pages);
    const asked = browser.get(`/u/mfa-answer?state=${state}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await pages.app.close();
    expect(JSON.parse((await asked).body)).toEqual({ state: 'waiting' });
  });

  it('S-86 may be asked on the pages that wait, and on no other', async () => {
    const { browser, state, next } = await givePassword(pages);
    expect(next.headers['content-security-policy']).toContain("connect-src 'self';");
    const login = await browser.get(`/u/mfa-login-options?state=${state}`);
    expect(String(login.headers['content-security-policy'])).not.toContain('connect-src');
  });
});
