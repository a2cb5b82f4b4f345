import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../test/support/engine.ts';
import { FormBrowser } from '../../test/support/formBrowser.ts';
import { beginLogin, enrolByPages, givePassword, person, shownCode } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';

let pages: TestPages;
let userId: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always' });
});

afterEach(() => pages.close());

const now = () => pages.house.clock.now;
const credentials = { username: person.email, password: person.password };

describe('S-36 no step can be skipped', () => {
  const pagesAfterPassword = [
    'mfa',
    'mfa-otp-challenge',
    'mfa-otp-enrollment-code',
    'mfa-login-options',
    'mfa-begin-enroll-options',
    'mfa-recovery-code-challenge',
    'mfa-recovery-code-enrollment',
    'mfa-recovery-code-challenge-new-code',
    'mfa-enroll-replacement',
  ];

  it.each(pagesAfterPassword)('/u/%s before the password leads to the password', async (name) => {
    const { browser, state } = beginLogin(pages);
    const page = await browser.follow(await browser.get(`/u/${name}?state=${state}`));
    expect(page.heading).toBe('Sign in');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it.each(
    pagesAfterPassword.filter((name) => name !== 'mfa' && !name.endsWith('-code') && !name.includes('begin')),
  )('/u/%s before enrolment leads to the enrolment', async (name) => {
    const { browser, state } = await givePassword(pages);
    const page = await browser.follow(await browser.get(`/u/${name}?state=${state}`));
    expect(page.heading).toBe('Protect your account');
  });

  it.each(['mfa-otp-enrollment-qr', 'mfa-otp-enrollment-code', 'mfa-begin-enroll-options'])(
    'S-39 /u/%s instead of a challenge leads to the challenge',
    async (name) => {
      await enrolByPages(pages);
      const { browser, state } = await givePassword(pages);
      const page = await browser.follow(await browser.get(`/u/${name}?state=${state}`));
      expect(page.heading).toBe('Confirm it’s you');
    },
  );

  it.each(['mfa-recovery-code-enrollment', 'mfa-recovery-code-challenge-new-code'])(
    'posting the box of /u/%s instead of a code passes nothing',
    async (name) => {
      await enrolByPages(pages);
      const { browser, state } = await givePassword(pages);
      const csrf = /name="csrf" value="([^"]*)"/.exec(browser.page?.body ?? '')?.[1] ?? '';
      const answer = await browser.post(`/u/${name}?state=${state}`, {
        state,
        csrf,
        saved: 'on',
        action: 'default',
      });
      expect(answer.location).toBe(`/u/mfa-otp-challenge?state=${state}`);
      expect(pages.outcomeOf(state)).toEqual({});
    },
  );

  it('the recovery code can’t be left unacknowledged by another address', async () => {
    const { browser, state } = await givePassword(pages);
    const secret = shownCode((await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`)).body);
    await browser.submit({ code: await codeOf(secret, now()) });
    for (const name of ['mfa', 'mfa-otp-challenge', 'mfa-otp-enrollment-qr', 'mfa-login-options']) {
      const page = await browser.follow(await browser.get(`/u/${name}?state=${state}`));
      expect(page.heading).toBe('Keep this recovery code');
    }
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('going back to the password and being somebody else starts anew', async () => {
    await pages.addPerson('bob@example.com', person.password);
    const { secret } = await enrolByPages(pages);
    const { browser, state } = await givePassword(pages);
    await browser.get(`/u/login?state=${state}`);
    const answer = await browser.submit({ username: 'bob@example.com', password: person.password });
    expect(answer.location).toBe(`/u/mfa-otp-enrollment-qr?state=${state}`);
    await browser.follow(answer);
    const refused = await browser.submit({ code: await codeOf(secret, now()) });
    expect(refused.status).toBe(400);
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('S-14 an empty post to any step passes nothing', async () => {
    await enrolByPages(pages);
    const { browser, state } = await givePassword(pages);
    const csrf = /name="csrf" value="([^"]*)"/.exec(browser.page?.body ?? '')?.[1] ?? '';
    for (const name of pagesAfterPassword.filter((page) => page !== 'mfa')) {
      const answer = await browser.post(`/u/${name}`, { state, csrf });
      expect([303, 400]).toContain(answer.status);
    }
    expect(pages.outcomeOf(state)).toEqual({});
  });
});

describe('S-37 an interaction belongs to the browser that began it', () => {
  it('and shows nothing of itself in another', async () => {
    const { state, browser } = await givePassword(pages);
    const thief = new FormBrowser(pages.app);
    for (const name of ['login', 'mfa', 'mfa-otp-enrollment-qr', 'mfa-otp-enrollment-code']) {
      expect(await thief.get(`/u/${name}?state=${state}`)).toMatchObject({
        status: 400,
        heading: 'This page has expired',
      });
    }
    expect((await browser.get(`/u/mfa-otp-enrollment-qr?state=${state}`)).status).toBe(200);
  });

  it('and yields one result', async () => {
    const { secret } = await enrolByPages(pages);
    const { browser, state } = await givePassword(pages);
    const { body } = browser.page as NonNullable<typeof browser.page>;
    await browser.submit({ code: await codeOf(secret, now()) });
    const finished = pages.outcomeOf(state);
    browser.page = { ...(browser.page as NonNullable<typeof browser.page>), body };
    expect((await browser.submit({ code: '000000' })).location).toBe(`/authorize/${state}`);
    expect(pages.outcomeOf(state)).toEqual(finished);
  });
});

it('S-28 a user blocked in mid-flow doesn’t get through', async () => {
  const { secret } = await enrolByPages(pages);
  const { browser, state } = await givePassword(pages);
  await pages.house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', userId).execute();
  const answer = await browser.submit({ code: await codeOf(secret, now()) });
  expect(answer.status).toBe(403);
  expect(pages.outcomeOf(state)).toEqual({});
});

it('S-43 secret and recovery code are shown to their transaction only, and never after it', async () => {
  const { browser, state, secret, recoveryCode } = await enrolByPages(pages);
  await expectNowhere(browser, state);
  const later = await givePassword(pages);
  await expectNowhere(later.browser, later.state);

  async function expectNowhere(asker: FormBrowser, interaction: string) {
    const names = ['mfa-otp-enrollment-qr', 'mfa-otp-enrollment-code', 'mfa-recovery-code-enrollment'];
    for (const name of [...names, 'mfa-recovery-code-enrollment&download=true']) {
      const [path, more = ''] = name.split('&');
      const page = await asker.follow(await asker.get(`/u/${path}?state=${interaction}&${more}`));
      expect(page.body).not.toContain(secret);
      expect(page.body).not.toContain(recoveryCode);
    }
  }
});

describe('S-86 every page', () => {
  it.each([
    '/u/login?state=STATE',
    '/u/signup?state=STATE',
    '/u/login?state=unknown',
    '/u/nothing',
    '/u/email-verification',
    '/u/undo-change',
  ])('%s allows no inline code, no frame, no cache and no referrer', async (path) => {
    const { browser, state } = beginLogin(pages);
    const { headers, body } = await browser.get(path.replace('STATE', state));
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(body).not.toMatch(/<style|<script(?![^>]+src=)| style="| on\w+="/);
  });

  it('serves its files under names that hold their hash, for ever', async () => {
    const { browser, state } = beginLogin(pages);
    const { body } = await browser.get(`/u/login?state=${state}`);
    const files = [...body.matchAll(/(?:href|src)="(\/u\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(2);
    for (const path of files) {
      const { status, headers } = await browser.get(path);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
  });
});

describe('S-87 a form counts only when it is ours', () => {
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister domain', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
  ])('not from %s, even with the right token', async (_what, headers) => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    browser.headers = { ...browser.headers, ...headers };
    expect((await browser.submit(credentials)).status).toBe(403);
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it.each([['none'], ['that of another interaction'], ['a made-up one']])(
    'not with the token: %s',
    async (which) => {
      const { browser, state } = beginLogin(pages);
      const other = beginLogin(pages);
      const foreign = await other.browser.get(`/u/login?state=${other.state}`);
      const token = /name="csrf" value="([^"]*)"/.exec(foreign.body)?.[1] ?? '';
      const csrf: Record<string, string> =
        which === 'none' ? {} : { csrf: which === 'a made-up one' ? 'x'.repeat(43) : token };
      expect((await browser.post('/u/login', { state, ...credentials, ...csrf })).status).toBe(403);
      expect(pages.outcomeOf(state)).toEqual({});
    },
  );

  it('from a page without referrer, whose browser sends Origin: null', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    browser.headers = { ...browser.headers, origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect((await browser.submit(credentials)).status).toBe(303);
  });
});

describe('S-88 text of people and applications is escaped', () => {
  const polyglot = `"'><img src=x onerror=alert(1)>\${7*7}{{7*7}}</title><script>alert(2)</script>`;

  it('in every place it stands', async () => {
    await pages.house.setTenant({ friendlyName: polyglot, supportUrl: `https://x.example/${polyglot}` });
    const { browser, state } = beginLogin(pages, {
      clientName: polyglot,
      params: { login_hint: polyglot, ui_locales: polyglot },
    });
    for (const name of ['login', 'signup', 'reset-password/request']) {
      const { body } = await browser.get(`/u/${name}?state=${state}`);
      expect(body).not.toMatch(/<img|<script>|<\/title><script/);
    }
    const consent = beginLogin(pages, {
      prompt: 'consent',
      clientName: polyglot,
      scopes: [{ value: polyglot, description: polyglot }],
    });
    const { body } = await consent.browser.get(`/u/consent?state=${consent.state}`);
    expect(body).not.toMatch(/<img|<script>/);
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;');
    const error = await pages.standalone.error({}, 400, polyglot);
    expect(error.body).not.toMatch(/<img|<script>/);
  });
});

describe('S-89 odd input', () => {
  it.each([
    ['repeated parameters', (state: string) => `/u/login?state=${state}&state=${state}`, 400],
    ['a state of 10 000 characters', () => `/u/login?state=${'a'.repeat(10_000)}`, 400],
    ['a prototype as state', () => '/u/login?state=__proto__', 400],
    ['no ticket', () => '/u/reset-password/change', 400],
    ['a repeated ticket', () => '/u/email-verification?ticket=a&ticket=b', 400],
    ['a made-up ticket', () => `/u/email-verification?ticket=${'a'.repeat(43)}`, 400],
  ])('%s in the address gets a page', async (_what, pathOf, status) => {
    const { browser, state } = beginLogin(pages);
    const answer = await browser.get(pathOf(state));
    expect(answer.status).toBe(status);
    expect(answer.heading).toBeDefined();
  });

  it.each([
    ['a repeated field', 'application/x-www-form-urlencoded', 'state=a&state=b', 400],
    ['a null byte', 'application/x-www-form-urlencoded', 'state=a%00b', 400],
    ['malformed JSON', 'application/json', '{', 400],
    ['fields that are no texts', 'application/json', '{"state":{"a":1},"username":["x"]}', 400],
    ['another content type', 'text/xml', '<a/>', 415],
    ['70 KB', 'application/x-www-form-urlencoded', `state=${'a'.repeat(70_000)}`, 413],
  ])('%s in a form gets a page', async (_what, type, payload, status) => {
    const response = await pages.app.inject({
      method: 'POST',
      url: '/u/login',
      headers: { 'content-type': type },
      payload,
    });
    expect(response.statusCode).toBe(status);
    expect(response.body).toMatch(/<h1>(This page has expired|Something went wrong)<\/h1>/);
  });

  it('S-91 a fault tells nothing of itself', async () => {
    await pages.house.database.db.schema.dropTable('mfa_transactions').execute();
    const { browser, state } = beginLogin(pages);
    const { status, body } = await browser.get(`/u/mfa-otp-challenge?state=${state}`);
    expect(status).toBe(500);
    expect(body).not.toMatch(/mfa_transactions|SQL|at .*\.ts/);
  });
});
