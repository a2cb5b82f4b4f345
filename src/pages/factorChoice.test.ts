import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { enrolByPages, givePassword, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';

const on = { enabled: true };
const phone = { enabled: true, settings: { messageTypes: ['sms'], allowedCountries: ['DE', 'US'] } };
const factors = { otp: on, phone, email: on, 'recovery-code': on };
const first = { phone: '01511 2345678', country: 'DE' };
const second = { phone: '01511 8765432', country: 'DE' };

let pages: TestPages;
let userId: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always', factors });
});

afterEach(() => pages.close());

const latestCode = () => pages.house.codes.at(-1)?.code ?? '';
const lines = (body: string) =>
  [...body.matchAll(/<li><button class="option"[^>]*value="([^"]*)"[^>]*>(.*?)<\/button><\/li>/gs)].map(
    ([, value = '', content = '']) => ({ value, text: content.replaceAll(/<[^>]+>/g, '').trim() }),
  );

async function pick(browser: FormBrowser, value: string) {
  await browser.follow(await browser.submit({ action: 'pick-authenticator' }, 'aside'));
  return browser.follow(await browser.submit({ action: value }));
}

/** Adds a number on the authority of a recovery code, and gives the one that replaces it. */
async function addPhone(recoveryCode: string, fields: Record<string, string>): Promise<string> {
  const { browser, state } = await givePassword(pages);
  await browser.get(`/u/mfa-recovery-code-challenge?state=${state}`);
  const replaced = await browser.follow(await browser.submit({ code: recoveryCode }));
  await browser.follow(await browser.submit({ saved: 'on' }));
  await browser.follow(await browser.submit({ action: 'phone' }));
  pages.house.clock.advance(61);
  await browser.follow(await browser.submit(fields));
  await browser.submit({ code: latestCode() });
  expect(pages.outcomeOf(state).finished).toBeDefined();
  pages.house.clock.advance(61);
  return /data-code="([^"]*)"/.exec(replaced.body)?.[1] ?? '';
}

async function options() {
  const { browser, state } = await givePassword(pages);
  const { body } = await browser.get(`/u/mfa-login-options?state=${state}`);
  return { browser, state, body, listed: lines(body) };
}

describe('the list of what may be set up', () => {
  it('tells of each how strong it is and what it takes, the strongest first', async () => {
    await pages.house.setTenant({ showFactorListOnEnrolment: true });
    const { next } = await givePassword(pages);
    expect(lines(next.body)).toEqual([
      {
        value: 'otp',
        text: 'Authenticator app Strong. An app on your phone shows a code, even without a network.',
      },
      {
        value: 'phone',
        text: 'Code by text message Weaker. Messages can be intercepted. You need a phone number.',
      },
    ]);
  });
});

describe('the list of what would do at a sign-in', () => {
  let recoveryCode: string;

  beforeEach(async () => {
    ({ recoveryCode } = await enrolByPages(pages));
    pages.house.clock.advance(61);
  });

  it('has each method by its masked name, and none that the person hasn’t', async () => {
    const { listed } = await options();
    expect(listed).toEqual([
      { value: 'otp', text: 'Authenticator app' },
      { value: 'email', text: 'Code by e-mail ***@exam*******' },
      { value: 'recovery-code', text: 'Recovery code' },
    ]);
  });

  it('has several of a kind as lines of their own, by which the code goes there', async () => {
    recoveryCode = await addPhone(recoveryCode, first);
    await addPhone(recoveryCode, second);
    const { browser, listed } = await options();
    const phones = listed.filter(({ text }) => text.startsWith('Code by text message'));
    expect(phones.map(({ text }) => text.slice(-4)).sort()).toEqual(['5432', '5678']);
    expect(new Set(phones.map(({ value }) => value)).size).toBe(2);
    const wanted = phones.find(({ text }) => text.endsWith('5678'));
    await browser.follow(await browser.submit({ action: wanted?.value ?? '' }));
    expect(pages.house.codes.at(-1)?.to).toBe('+4915112345678');
    pages.house.clock.advance(61);
    const other = phones.find(({ text }) => text.endsWith('5432'));
    await pick(browser, other?.value ?? '');
    expect(pages.house.codes.at(-1)?.to).toBe('+4915118765432');
  });

  it('calls a method what its person calls it', async () => {
    await addPhone(recoveryCode, first);
    await pages.house.database.db
      .updateTable('authentication_methods')
      .set({ label: 'Work <phone>' })
      .where('factor', '=', 'phone')
      .execute();
    const { body } = await options();
    expect(body).toMatch(/Work &lt;phone&gt;, [^<]*5678/);
  });

  it('leaves out what nothing is sent to any more', async () => {
    await addPhone(recoveryCode, first);
    const american = { ...phone, settings: { ...phone.settings, allowedCountries: ['US'] } };
    await pages.house.setTenant({ factors: { ...factors, phone: american } });
    expect((await options()).listed.map(({ value }) => value)).toEqual(['otp', 'email', 'recovery-code']);
  });

  it('S-11 takes no method of another person, nor one that the list doesn’t have', async () => {
    await addPhone(recoveryCode, first);
    const { id = '' } =
      (await pages.house.engine.methods(userId)).find(({ factor }) => factor === 'phone') ?? {};
    const eve = await pages.addPerson('eve@example.com', 'nine purple plums');
    await pages.house.database.db
      .updateTable('authentication_methods')
      .set({ user_id: eve })
      .where('id', '=', id)
      .execute();
    const before = pages.house.codes.length;
    const { browser } = await options();
    for (const value of [id, 'phone', 'webauthn-roaming', 'nothing']) {
      const answer = await browser.submit({ action: value });
      expect(answer.location).toContain('/u/mfa-otp-challenge');
    }
    expect(pages.house.codes).toHaveLength(before);
  });
});
