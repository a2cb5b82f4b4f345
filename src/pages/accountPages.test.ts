import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginLogin, enrolByPages, givePassword, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';
import { createClient } from '../applications/clients.ts';

let pages: TestPages;

beforeEach(async () => {
  pages = await createTestPages();
  await pages.addPerson(person.email, person.password);
});

afterEach(() => pages.close());

const newcomer = { email: 'new@example.com', password: 'three blue kettles' };

describe('signing up', () => {
  it('leads by a link in a message to an account, and signs nobody in', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/signup?state=${state}`);
    const inbox = await browser.submit(newcomer);
    expect(inbox.heading).toBe('Check your inbox');
    expect(inbox.body).toContain(newcomer.email);

    const link = await pages.linkFor(newcomer.email);
    expect((await browser.get(link)).heading).toBe('Confirm your e-mail address');
    expect((await browser.submit({})).heading).toBe('Address confirmed');
    expect(pages.outcomeOf(state)).toEqual({});

    await browser.get(`/u/login?state=${state}`);
    await browser.submit({ username: newcomer.email, password: newcomer.password });
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });

  it.each([
    [
      'its first page that people without a session may open',
      ['com.acme.app:/bye', 'https://acme.example/bye'],
    ],
    ['nowhere, where it has no such page', ['com.acme.app:/bye']],
  ])(
    'S-74 goes on to the application, to %s, whatever the request says',
    async (_where, allowedLogoutUrls) => {
      const { database, vault, clock } = pages.house;
      const callbacks = ['https://acme.example/callback'];
      const { client } = await createClient(database.db, vault, () => clock.now, {
        ...{ name: 'Acme & Co', appType: 'native', callbacks, allowedLogoutUrls },
      });
      const { browser, state } = beginLogin(pages, { clientId: client.clientId });
      await browser.get(`/u/signup?state=${state}`);
      await browser.submit(newcomer);
      const evil = 'https://evil.example/';
      await browser.get(`${await pages.linkFor(newcomer.email)}&returnTo=${evil}&redirect_uri=${evil}`);
      const wishes = { returnTo: evil, redirect_uri: evil, client_id: 'another', result_url: evil };
      const { body } = await browser.submit(wishes);
      const links = [...body.matchAll(/<a class="button primary" href="([^"]*)">([^<]*)</g)];
      expect(links.map(([, url, label]) => [url, label])).toEqual(
        allowedLogoutUrls.length > 1 ? [['https://acme.example/bye', 'Back to Acme &amp; Co']] : [],
      );
      expect(body).not.toContain('evil.example');
    },
  );

  it('S-67 a link works once, and a scanner that only opens it uses nothing', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/signup?state=${state}`);
    await browser.submit(newcomer);
    const link = await pages.linkFor(newcomer.email);
    await browser.get(link);
    await browser.get(link);
    expect((await browser.submit({})).status).toBe(200);
    expect(await browser.get(link)).toMatchObject({ status: 400, heading: 'This link has expired' });
  });

  it('S-83 answers alike for known and unknown addresses', async () => {
    const answers = [];
    for (const email of [newcomer.email, person.email]) {
      const { browser, state } = beginLogin(pages);
      await browser.get(`/u/signup?state=${state}`);
      const { status, body } = await browser.submit({ ...newcomer, email });
      answers.push({ status, body: body.replaceAll(state, '').replaceAll(email, '') });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.status).toBe(200);
  });

  it.each([
    ['no address', { email: '' }, 'Enter your e-mail address.'],
    ['no address at all', { email: 'ann' }, 'Enter an e-mail address such as name@example.com.'],
    ['no password', { password: '' }, 'Choose a password.'],
    ['a short password', { password: 'short' }, 'Use at least 8 characters.'],
    ['a common password', { password: 'password123' }, 'one of the first that are guessed'],
    ['a password about the person', { password: 'new@example.com' }, 'too close to your name or address'],
    ['an endless password', { password: 'long '.repeat(100) }, 'Use no more than 256 characters.'],
  ])('says what is wrong with %s', async (_what, fields, message) => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/signup?state=${state}`);
    const answer = await browser.submit({ ...newcomer, ...fields });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(message);
    expect(answer.body).not.toContain(newcomer.password);
  });
});

describe('a forgotten password', () => {
  const newPassword = 'nine yellow bicycles';

  async function openLink() {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/reset-password/request?state=${state}`);
    await browser.submit({ email: person.email });
    await browser.get(await pages.linkFor(person.email));
    return { browser, state };
  }

  it('S-83 is answered alike for known and unknown addresses', async () => {
    const answers = [];
    for (const email of ['nobody@example.com', person.email]) {
      const { browser, state } = beginLogin(pages);
      await browser.get(`/u/reset-password/request?state=${state}`);
      const { status, body } = await browser.submit({ email });
      answers.push({ status, body: body.replaceAll(state, '').replaceAll(email, '') });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.status).toBe(200);
  });

  it('S-64 is replaced by a link, which signs nobody in', async () => {
    const { browser, state } = await openLink();
    const done = await browser.submit({ password: newPassword, 're-password': newPassword });
    expect(done.heading).toBe('Password changed');
    expect(pages.outcomeOf(state)).toEqual({});
    await browser.get(`/u/login?state=${state}`);
    await browser.submit({ username: person.email, password: newPassword });
    expect(pages.outcomeOf(state).finished).toBeDefined();
  });

  it('S-74 goes on to the application in which the link was asked for', async () => {
    const { database, vault, clock } = pages.house;
    const allowedLogoutUrls = ['https://acme.example/bye'];
    const draft = { name: 'Acme', allowedLogoutUrls };
    const { client } = await createClient(database.db, vault, () => clock.now, draft);
    const { browser, state } = beginLogin(pages, { clientId: client.clientId });
    await browser.get(`/u/reset-password/request?state=${state}`);
    await browser.submit({ email: person.email });
    await browser.get(await pages.linkFor(person.email));
    const done = await browser.submit({ password: newPassword, 're-password': newPassword });
    expect(done.body).toContain('<a class="button primary" href="https://acme.example/bye">Back to Acme</a>');
  });

  it('S-46 signs out everywhere unless the person unticks the box, and says so', async () => {
    const sessions = () => pages.house.database.db.selectFrom('sessions').selectAll().execute();
    const { db } = pages.house.database;
    const { id } = await db.selectFrom('users').select('id').executeTakeFirstOrThrow();
    const at = pages.house.clock.now;
    const times = { created_at: at, updated_at: at, expires_at: at + 3_600_000 };
    const session = { uid: 'one', user_id: id, proofs: '[]', ip: '192.0.2.7', user_agent: 'test', ...times };
    await db.insertInto('sessions').values(session).execute();

    const kept = await openLink();
    expect(kept.browser.page?.body).toContain('name="signOutEverywhere" value="true" checked');
    const again = await kept.browser.submit({ password: newPassword });
    expect(again.body).toContain('name="signOutEverywhere" value="true">');
    const quiet = await kept.browser.submit({ password: newPassword, 're-password': newPassword });
    expect(quiet.body).not.toContain('signed out');
    expect(await sessions()).toHaveLength(1);

    const { browser } = await openLink();
    const chosen = { signOutEverywhere: 'true' };
    const mistyped = await browser.submit({ password: newPassword, 're-password': 'other', ...chosen });
    expect(mistyped.body).toContain('name="signOutEverywhere" value="true" checked');
    const done = await browser.submit({ password: newPassword, 're-password': newPassword, ...chosen });
    expect(done.body).toContain('You’ve been signed out on all devices.');
    expect(await sessions()).toEqual([]);
  });

  it('S-46 makes remembered browsers count no more', async () => {
    await pages.house.setTenant({ policy: 'always' });
    const { browser: remembered, secret } = await enrolByPages(pages);
    const { codeOf } = await import('../../test/support/engine.ts');
    const login = await givePassword(pages);
    const code = await codeOf(secret, pages.house.clock.now);
    await login.browser.submit({ code, rememberBrowser: 'true' });
    remembered.cookies.set('auth0-mf', login.browser.cookies.get('auth0-mf') ?? '');

    const { browser } = await openLink();
    pages.house.clock.advance(30);
    await browser.follow(await browser.submit({ action: 'prove' }));
    await browser.follow(await browser.submit({ code: await codeOf(secret, pages.house.clock.now) }));
    await browser.submit({ password: newPassword, 're-password': newPassword });
    const { state, cookie } = pages.begin();
    remembered.cookies.set(cookie.name, cookie.value);
    await remembered.get(`/u/login?state=${state}`);
    const answer = await remembered.submit({ username: person.email, password: newPassword });
    expect(answer.location).toBe(`/u/mfa-otp-challenge?state=${state}`);
  });

  it.each([
    ['nothing', { password: '', 're-password': '' }, 'Choose a new password.'],
    ['one field only', { password: newPassword, 're-password': '' }, 'Enter the new password a second time.'],
    ['two different ones', { password: newPassword, 're-password': 'other' }, 'The two passwords differ.'],
    ['a short one', { password: 'short', 're-password': 'short' }, 'Use at least 8 characters.'],
  ])('says what is wrong with %s, and keeps the link usable', async (_what, fields, message) => {
    const { browser } = await openLink();
    const answer = await browser.submit(fields);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(message);
    expect((await browser.submit({ password: newPassword, 're-password': newPassword })).status).toBe(200);
  });

  it('S-67 a link is worth nothing once used', async () => {
    const { browser } = await openLink();
    const form = browser.page;
    await browser.submit({ password: newPassword, 're-password': newPassword });
    browser.page = form;
    const again = await browser.submit({
      password: 'other orange lamps',
      're-password': 'other orange lamps',
    });
    expect(again).toMatchObject({ status: 400, heading: 'This link has expired' });
  });
});

it('S-85 links in messages start with the public address, whatever a forwarding header says', async () => {
  const { browser, state } = beginLogin(pages);
  browser.headers = {
    ...browser.headers,
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
  };
  await browser.get(`/u/reset-password/request?state=${state}`);
  await browser.submit({ email: person.email });
  await pages.linkFor(person.email);
  const [message] = await pages.outbox(person.email);
  expect(message?.links.every((link) => link.startsWith(pages.publicUrl))).toBe(true);
});

describe('consent', () => {
  const scopes = [
    { value: 'openid' },
    { value: 'read:invoices', description: 'Read your invoices' },
    { value: 'x' },
  ];

  it('names the application and what it wants', async () => {
    const { browser, state } = beginLogin(pages, { prompt: 'consent', scopes });
    const { heading, body } = await browser.get(`/u/consent?state=${state}`);
    expect(heading).toBe('Give Acme Bank access?');
    for (const line of ['Know who you are', 'Read your invoices', 'x'])
      expect(body).toContain(`<li>${line}</li>`);
  });

  it.each([
    ['accept', { isConsentGranted: true }],
    ['deny', { rejected: 'access_denied' }],
    ['default', { rejected: 'access_denied' }],
  ])('%s leads back to the application', async (action, outcome) => {
    const { browser, state } = beginLogin(pages, { prompt: 'consent', scopes });
    await browser.get(`/u/consent?state=${state}`);
    expect((await browser.submit({ action })).location).toBe(`/authorize/${state}`);
    expect(pages.outcomeOf(state)).toEqual(outcome);
  });
});

describe('pages for other surfaces', () => {
  const german = { acceptLanguage: 'de' };

  it('are whole answers in the person’s language', async () => {
    const { standalone } = pages;
    expect(await standalone.expired(german)).toMatchObject({ status: 400 });
    expect((await standalone.signedOut(german)).body).toContain('<h1>Sie sind abgemeldet</h1>');
    expect((await standalone.home(german)).body).toContain('<h1>Anmeldung bei');
    const error = await standalone.error({ uiLocales: 'fr' }, 400, 'invalid_request: no such client');
    expect(error.body).toContain('<html lang="fr" dir="ltr">');
    expect(error.body).toContain('<code>invalid_request: no such client</code>');
    expect(error.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('S-75 ask before signing out, and let the answer lead to the application', async () => {
    const { body, headers } = await pages.standalone.confirmLogout(german, {
      action: '/oidc/logout/confirm',
      hidden: { xsrf: 'secret' },
      yes: { name: 'logout', value: 'yes' },
      goesTo: 'https://shop.example/signed-out?from=here',
    });
    expect(body).toContain('<input type="hidden" name="xsrf" value="secret">');
    expect(body).toContain('name="logout" value="yes"');
    expect(headers['content-security-policy']).toContain("form-action 'self' https://shop.example;");
  });
});
