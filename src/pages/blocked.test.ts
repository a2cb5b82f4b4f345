import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolByPages, givePassword, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';

const on = { enabled: true };
const phoneIn = (country: string) => ({
  enabled: true,
  settings: { messageTypes: ['sms'], allowedCountries: [country] },
});

let pages: TestPages;

beforeEach(async () => {
  pages = await createTestPages();
  await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always', factors: { otp: on, 'recovery-code': on } });
});

afterEach(() => pages.close());

describe('who has only what the operator switched off', () => {
  let recoveryCode: string;

  beforeEach(async () => {
    ({ recoveryCode } = await enrolByPages(pages));
    await pages.house.setTenant({ factors: { 'webauthn-roaming': on } });
  });

  it('is told what happened, and whom to ask', async () => {
    await pages.house.setTenant({ supportUrl: 'https://help.example.com/' });
    const { next, state } = await givePassword(pages);
    expect(next).toMatchObject({ status: 403, heading: 'A second step is needed' });
    expect(next.body).toContain('has been switched off: Authenticator app and Recovery code.');
    expect(next.body).toContain('href="https://help.example.com/"');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('goes back to the application on request only, with an error', async () => {
    const { browser, state } = await givePassword(pages);
    const left = await browser.submit({ action: 'leave' });
    expect(left.location).toBe(`/authorize/${state}`);
    expect(pages.outcomeOf(state)).toEqual({ rejected: 'access_denied' });
  });

  it('is told by a browser’s page that nobody was signed in', async () => {
    const { browser, state } = await givePassword(pages);
    browser.headers = { ...browser.headers, 'sec-fetch-dest': 'document', 'sec-fetch-site': 'same-origin' };
    const left = await browser.submit({ action: 'leave' });
    expect(left).toMatchObject({ status: 200, heading: 'Not signed in' });
    expect(left.body).toContain(`/authorize/${state}`);
  });

  it('gets on once the operator has put it right', async () => {
    const { browser } = await givePassword(pages);
    expect(await browser.follow(await browser.submit({ action: 'retry' }))).toMatchObject({ status: 403 });
    await pages.house.setTenant({ factors: { otp: on } });
    const next = await browser.follow(await browser.submit({ action: 'retry' }));
    expect(next.heading).toBe('Confirm it’s you');
  });

  it('gets in by the recovery code where that is on, and sets up something new', async () => {
    await pages.house.setTenant({ factors: { phone: phoneIn('DE'), 'recovery-code': on } });
    const { browser, next } = await givePassword(pages);
    expect(next.heading).toBe('Use your recovery code');
    await browser.follow(await browser.submit({ code: recoveryCode }));
    const offered = await browser.follow(await browser.submit({ saved: 'on' }));
    expect(offered.heading).toBe('Lost your usual method?');
    expect(offered.body).toContain('Code by text message');
  });

  it('S-36 an address leads nowhere else meanwhile', async () => {
    const { browser, state } = await givePassword(pages);
    for (const name of ['mfa-otp-challenge', 'mfa-login-options', 'mfa-begin-enroll-options', 'mfa']) {
      const answer = await browser.get(`/u/${name}?state=${state}`);
      expect(answer.location).toBe(`/u/mfa-blocked?state=${state}`);
    }
  });
});

it('says so where nothing could be set up', async () => {
  await pages.house.setTenant({ factors: {} });
  const { next } = await givePassword(pages);
  expect(next.body).toContain('none can be used or set up');
});

describe('who has only a number that nothing is sent to any more', () => {
  beforeEach(async () => {
    await pages.house.setTenant({ factors: { phone: phoneIn('DE') } });
    const { browser } = await givePassword(pages);
    await browser.follow(await browser.submit({ phone: '01511 2345678', country: 'DE' }));
    await browser.submit({ code: pages.house.codes.at(-1)?.code ?? '' });
    pages.house.clock.advance(61);
    await pages.house.setTenant({ factors: { phone: phoneIn('US') } });
  });

  it('is told so, and gets on once the operator has put it right', async () => {
    const { browser, next } = await givePassword(pages);
    expect(next).toMatchObject({ status: 403, heading: 'A second step is needed' });
    expect(next.body).toContain('Nothing can be sent any more to the number');
    await pages.house.setTenant({ factors: { phone: phoneIn('DE') } });
    const again = await browser.follow(await browser.submit({ action: 'retry' }));
    expect(again.heading).toContain('code');
  });

  it('S-36 the page isn’t shown to who can go on', async () => {
    await pages.house.setTenant({ factors: { phone: phoneIn('DE') } });
    const { browser, state } = await givePassword(pages);
    const answer = await browser.get(`/u/mfa-blocked?state=${state}`);
    expect(answer.location).not.toContain('mfa-blocked');
  });
});
