import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { enrolByPages, givePassword, person, shownCode } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';

const german = { phone: '01511 2345678', country: 'DE' };
const toText = { ...german, type: 'sms' };
const messageTypes = ['sms', 'voice'];

let pages: TestPages;

beforeEach(async () => {
  pages = await createTestPages();
  await pages.addPerson(person.email, person.password);
  await setPhone();
});

afterEach(() => pages.close());

/** Switches the phone on, beside the recovery code and codes by e-mail. */
function setPhone(settings: Record<string, unknown> = {}, more: Record<string, { enabled: boolean }> = {}) {
  const phone = { enabled: true, settings: { messageTypes, allowedCountries: ['DE', 'US'], ...settings } };
  const factors = { phone, email: { enabled: true }, 'recovery-code': { enabled: true }, ...more };
  return pages.house.setTenant({ policy: 'always', factors });
}

const latest = () => pages.house.codes.at(-1);
const latestCode = () => latest()?.code ?? '';

/** Enrols a number at the first sign-in; gives the recovery code. */
async function enrolPhone(fields: Record<string, string> = toText): Promise<string> {
  const { browser } = await givePassword(pages);
  await browser.follow(await browser.submit(fields));
  const revealed = await browser.follow(await browser.submit({ code: latestCode() }));
  await browser.submit({ saved: 'on' });
  return shownCode(revealed.body);
}

/** Signs in with the recovery code and enrols a second number. */
async function enrolAnother(recoveryCode: string, fields: Record<string, string>): Promise<void> {
  const { browser, state } = await givePassword(pages);
  await browser.get(`/u/mfa-recovery-code-challenge?state=${state}`);
  await browser.follow(await browser.submit({ code: recoveryCode }));
  await browser.follow(await browser.submit({ saved: 'on' }));
  await browser.follow(await browser.submit({ action: 'phone' }));
  pages.house.clock.advance(1);
  await browser.follow(await browser.submit(fields));
  await browser.submit({ code: latestCode() });
  expect(pages.outcomeOf(state).finished).toBeDefined();
}

/** Presses a button beside the form and follows. */
async function press(browser: FormBrowser, action: string) {
  return browser.follow(await browser.submit({ action }, 'aside'));
}

describe('a number', () => {
  it('is read in the chosen country, gets a code, and is confirmed by it', async () => {
    const { browser, state, next } = await givePassword(pages);
    expect(next.body).toContain('type="tel"');
    const sent = await browser.follow(await browser.submit(toText));
    expect(sent.heading).toBe('Enter the code from the message');
    expect(sent.body).toContain('+49\u00a01511\u00a02345678');
    expect(sent.body).toContain('autocomplete="one-time-code"');
    expect(latest()).toMatchObject({ channel: 'sms', to: '+4915112345678', purpose: 'enrolment' });

    await browser.follow(await browser.submit({ code: latestCode() }));
    await browser.submit({ saved: 'on' });
    const { finished } = pages.outcomeOf(state);
    expect(finished?.proofs.map(({ factor }) => factor)).toEqual(['password', 'phone']);
  });

  it('can be called', async () => {
    const { browser } = await givePassword(pages);
    const sent = await browser.follow(await browser.submit({ ...german, type: 'voice' }));
    expect(sent.heading).toBe('Enter the code you hear');
    expect(latest()?.channel).toBe('voice');
  });

  it('is asked for without a choice where there is one channel only', async () => {
    await setPhone({ messageTypes: ['voice'] });
    const { browser, next } = await givePassword(pages);
    expect(next.body).not.toContain('type="radio"');
    await browser.submit(german);
    expect(latest()?.channel).toBe('voice');
  });

  it.each([
    ['nothing', '', 'Enter your phone number.'],
    ['a short one', '12', 'There is no such number.'],
    ['a premium one', '+1 900 555 1234', 'We can’t send codes to this number.'],
    ['one of a country that is off', '+44 7400 123456', 'We can’t send codes to this number.'],
  ])('S-96 says what is wrong with %s, and remembers what was given', async (_what, phone, message) => {
    const { browser } = await givePassword(pages);
    const answer = await browser.submit({ phone, country: 'DE', type: 'voice' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(message);
    expect(answer.body).toContain('value="DE" selected');
    expect(answer.body).toContain('value="voice" checked');
    if (phone) expect(answer.body).toContain(`value="${phone}"`);
    expect(pages.house.codes).toEqual([]);
  });

  it('can be changed, and is not typed anew', async () => {
    const { browser } = await givePassword(pages);
    await browser.follow(await browser.submit({ ...german, type: 'voice' }));
    const again = await press(browser, 'edit-input');
    expect(again.body).toContain('value="+49 1511 2345678"');
    expect(again.body).toContain('value="DE" selected');
    expect(again.body).toContain('value="voice" checked');
    const earlier = latestCode();
    const sent = await browser.follow(await browser.submit({ ...toText, phone: '01511 2345679' }));
    expect(sent.body).toContain('+49\u00a01511\u00a02345679');
    expect((await browser.submit({ code: earlier })).status).toBe(400);
  });

  it('begins with the country of the browser’s language', async () => {
    await setPhone({ allowedCountries: ['DE', 'GB', 'US'] });
    const { browser, state } = await givePassword(pages);
    expect((await browser.get(`/u/mfa-phone-enrollment?state=${state}`)).body).toContain(
      'value="US" selected',
    );
    browser.headers = { ...browser.headers, 'accept-language': 'en-GB' };
    expect((await browser.get(`/u/mfa-phone-enrollment?state=${state}`)).body).toContain(
      'value="GB" selected',
    );
  });

  it.each([
    ['sms', 'Code by text message'],
    ['voice', 'Code by phone call'],
  ])('is listed by what it does where only %s is on', async (channel, name) => {
    await setPhone({ messageTypes: [channel] }, { otp: { enabled: true } });
    const { browser } = await givePassword(pages);
    expect((await press(browser, 'pick-authenticator')).body).toContain(name);
  });

  it('S-48 is called the weaker choice in the list of factors', async () => {
    await setPhone({}, { otp: { enabled: true } });
    const { browser } = await givePassword(pages);
    const list = await press(browser, 'pick-authenticator');
    expect(list.body).toMatch(/Weaker\.<\/span> Messages can be intercepted/);
    expect(list.body).toMatch(/Strong\.<\/span> An app on your phone/);
    expect((await browser.follow(await browser.submit({ action: 'phone' }))).body).toContain(
      'can be intercepted',
    );
  });
});

describe('a code at sign-in', () => {
  it('goes to the masked number at once, and opens the account', async () => {
    await enrolPhone();
    const { browser, state, next } = await givePassword(pages);
    expect(next.body).toContain('XXXXXXXXXX5678');
    expect(next.body).not.toContain('15112345678');
    expect(latest()).toMatchObject({ channel: 'sms', purpose: 'verification' });
    await browser.submit({ code: latestCode() });
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual([
      'password',
      'phone',
    ]);
  });

  it.each([
    ['nothing', '', 'Enter the code from the message.'],
    ['letters', '12ab', 'The code has six digits.'],
    ['a wrong one', 'wrong', 'That code isn’t right.'],
  ])('says what is wrong with %s', async (_what, given, message) => {
    await enrolPhone();
    const { browser, state } = await givePassword(pages);
    const code = given === 'wrong' ? String((Number(latestCode()) + 1) % 1_000_000).padStart(6, '0') : given;
    const answer = await browser.submit({ code, rememberBrowser: 'true' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(message);
    expect(answer.body).toContain('value="true" checked');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('S-08 that has expired is told from a wrong one, and a new one does', async () => {
    await enrolPhone();
    const { browser, state } = await givePassword(pages);
    pages.house.clock.advance(301);
    const answer = await browser.submit({ code: latestCode() });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('That code has expired. Ask for a new one.');
    await press(browser, 'resend-code');
    await browser.submit({ code: latestCode() });
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });

  it('can be sent again after a wait that is shown, and by the other channel', async () => {
    await enrolPhone();
    const { browser, next } = await givePassword(pages);
    const first = latestCode();
    expect(next.body).toContain('data-resend-in="30"');
    pages.house.clock.advance(12);
    expect((await browser.get(next.body.match(/action="([^"]*)"/)?.[1] ?? '')).body).toContain(
      'data-resend-in="18"',
    );
    const called = await press(browser, 'switch-to-voice');
    expect(called.heading).toBe('Enter the code you hear');
    expect(latest()?.channel).toBe('voice');
    expect(called.body).toContain('data-resend-in="30"');
    if (first !== latestCode()) expect((await browser.submit({ code: first })).status).toBe(400);
  });

  it('is not sent again by a reload', async () => {
    await enrolPhone();
    const { browser, state } = await givePassword(pages);
    const { length } = pages.house.codes;
    await browser.get(`/u/mfa-sms-challenge?state=${state}`);
    await browser.get(`/u/mfa?state=${state}`);
    expect(pages.house.codes).toHaveLength(length);
  });

  it('goes to another of the person’s numbers on request', async () => {
    await enrolAnother(await enrolPhone(), { ...toText, phone: '01511 2340000' });

    const { browser: later, next } = await givePassword(pages);
    expect(next.body).toContain('XXXXXXXXXX0000');
    const list = await press(later, 'pick-method');
    expect(list.heading).toBe('Which number should the code go to?');
    const method = /name="method" value="([^"]*)"/.exec(list.body)?.[1] ?? '';
    const sent = await later.follow(await later.submit({ method, action: '' }));
    expect(sent.body).toContain('XXXXXXXXXX5678');
    expect(latest()?.to).toBe('+4915112345678');
  });
});

describe('S-96 when no more codes are sent', () => {
  /** Asks for codes until none is sent; gives the answer to that. */
  async function askTooOften(browser: FormBrowser) {
    for (let asked = 0; asked < 3; asked += 1) {
      const answer = await browser.submit({ action: 'resend-code' }, 'aside');
      if (answer.status === 429) return answer;
      await browser.follow(answer);
    }
    throw new Error('Codes were sent without end.');
  }

  it('the screen says so and stays, since the last code still counts', async () => {
    await setPhone({ sendsPerUser: 2 });
    await enrolPhone();
    const { browser, state } = await givePassword(pages);
    const answer = await askTooOften(browser);
    expect(answer.heading).toBe('Enter the code from the message');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.body).toContain('You’ve asked for many codes.');
    await browser.submit({ code: latestCode() });
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });

  it('a new sign-in leads to the other factors, with the reason', async () => {
    await setPhone({ sendsPerUser: 2 });
    await enrolPhone();
    await askTooOften((await givePassword(pages)).browser);
    const { browser, next } = await givePassword(pages);
    expect(next.heading).toBe('Choose how to prove it’s you');
    expect(next.body).toContain('You’ve asked for many codes.');
    expect(next.body).not.toContain('back-action');
    const mail = await browser.follow(await browser.submit({ action: 'email' }));
    expect(mail.heading).toBe('Enter the code from the e-mail');
  });

  it('so does a number whose country was switched off', async () => {
    await enrolPhone();
    await setPhone({ allowedCountries: ['US'] });
    const { next } = await givePassword(pages);
    expect(next.heading).toBe('Choose how to prove it’s you');
    expect(next.body).toContain('We can’t send text messages right now.');
  });

  it('says that there is no way on where it was the only factor', async () => {
    await setPhone({}, { email: { enabled: false }, 'recovery-code': { enabled: false } });
    const { browser } = await givePassword(pages);
    await browser.follow(await browser.submit(toText));
    await browser.submit({ code: latestCode() });
    await setPhone(
      { allowedCountries: ['US'] },
      { email: { enabled: false }, 'recovery-code': { enabled: false } },
    );
    const { next, state } = await givePassword(pages);
    expect(next.status).toBe(403);
    expect(next.heading).toBe('A second step is needed');
    expect(next.body).toContain('Nothing can be sent any more');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('takes the person’s other number, where that still gets codes', async () => {
    await setPhone({}, { email: { enabled: false } });
    const recoveryCode = await enrolPhone();
    await enrolAnother(recoveryCode, { phone: '+1 202 555 0123', country: 'US', type: 'sms' });
    await setPhone({ allowedCountries: ['DE'] });
    const { next } = await givePassword(pages);
    expect(next.body).toContain('XXXXXXXXXX5678');
    expect(latest()?.to).toBe('+4915112345678');
  });

  it('an address says whatever it likes: a reason that is none is not shown', async () => {
    await enrolPhone();
    const { browser, state } = await givePassword(pages);
    const list = await browser.get(`/u/mfa-login-options?state=${state}&refused=phone&because=title`);
    expect(list.body).not.toContain('role="alert"');
  });
});

it('codes by e-mail stand beside an authenticator app, masked, and need no enrolment', async () => {
  await setPhone({}, { otp: { enabled: true } });
  await enrolByPages(pages);
  const { browser, state, next } = await givePassword(pages);
  expect(next.heading).toBe('Confirm it’s you');
  await press(browser, 'pick-authenticator');
  const challenge = await browser.follow(await browser.submit({ action: 'email' }));
  expect(challenge.heading).toBe('Enter the code from the e-mail');
  expect(challenge.body).toContain('***@exam*******');
  expect(latest()).toMatchObject({ channel: 'email', to: person.email });
  await browser.submit({ code: latestCode() });
  expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual(['password', 'email']);
});

it('S-23 the way round by the list of methods sends no second code before its time', async () => {
  await setPhone({}, { otp: { enabled: true } });
  await enrolByPages(pages);
  const { browser, state } = await givePassword(pages);
  const chooseEmail = async () => {
    await press(browser, 'pick-authenticator');
    return browser.follow(await browser.submit({ action: 'email' }));
  };
  await chooseEmail();
  const [sent, code] = [pages.house.codes.length, latestCode()];
  expect((await chooseEmail()).heading).toBe('Enter the code from the e-mail');
  expect(pages.house.codes).toHaveLength(sent);
  pages.house.clock.advance(30);
  await chooseEmail();
  expect(pages.house.codes).toHaveLength(sent + 1);
  expect(latestCode()).not.toBe(code);
  await browser.submit({ code: latestCode() });
  expect(pages.outcomeOf(state).finished).toBeDefined();
});
