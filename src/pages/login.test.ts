import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginLogin, givePassword, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';

let pages: TestPages;
let userId: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
});

afterEach(() => pages.close());

describe('signing in', () => {
  it('with the right password and no further demand goes back to the application', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    const answer = await browser.submit({ username: person.email, password: person.password });
    expect(answer).toMatchObject({ status: 303, location: `/authorize/${state}` });
    expect(pages.outcomeOf(state)).toEqual({
      finished: { userId, proofs: [{ factor: 'password', at: pages.house.clock.now }] },
    });
  });

  it('fills in the address that the application knows', async () => {
    const { browser, state } = beginLogin(pages, { params: { login_hint: 'bob@example.com' } });
    expect((await browser.get(`/u/login?state=${state}`)).body).toContain('value="bob@example.com"');
  });

  it('says what is missing, beside the field and above the form', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    const answer = await browser.submit({ username: '', password: '' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<a href="#username">Enter your e-mail address.</a>');
    expect(answer.body).toContain('id="password-error"');
  });

  it('gives a browser a page that goes on by itself, because Chromium holds redirects against form-action', async () => {
    const { browser, state } = beginLogin(pages);
    browser.headers = { ...browser.headers, 'sec-fetch-dest': 'document', 'sec-fetch-site': 'same-origin' };
    await browser.get(`/u/login?state=${state}`);
    const answer = await browser.submit({ username: person.email, password: person.password });
    expect(answer.status).toBe(200);
    const target = `${pages.publicUrl}authorize/${state}`;
    expect(answer.body).toContain(`<meta http-equiv="refresh" content="0; url=${target}">`);
    expect(answer.body).toContain(`href="${target}"`);
  });

  it('redirects to a native application while the click still counts, and lets its scheme pass', async () => {
    const { browser, state } = beginLogin(pages, { params: { redirect_uri: 'com.example.app:/callback' } });
    browser.headers = { ...browser.headers, 'sec-fetch-dest': 'document', 'sec-fetch-site': 'same-origin' };
    const page = await browser.get(`/u/login?state=${state}`);
    expect(page.headers['content-security-policy']).toContain("form-action 'self' com.example.app:;");
    const answer = await browser.submit({ username: person.email, password: person.password });
    expect(answer.status).toBe(303);
  });

  it('sends a form that was posted twice on to the result of the first', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    const first = await browser.submit({ username: person.email, password: person.password });
    const second = await browser.submit({ username: person.email, password: person.password });
    expect(second).toMatchObject({ status: 303, location: first.location });
  });

  it('S-37 gives two posts that race one result', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    const fields = { username: person.email, password: person.password };
    const answers = await Promise.all([browser.submit(fields), browser.submit(fields)]);
    for (const { location } of answers) expect(location).toBe(`/authorize/${state}`);
  });

  it('tells when to come back after too many wrong passwords', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await browser.submit({ username: person.email, password: 'wrong' });
    }
    const answer = await browser.submit({ username: person.email, password: 'wrong' });
    expect(answer).toMatchObject({ status: 429, heading: 'Too many attempts' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.body).toContain('in 6 minutes');
  });
});

describe('S-82 a stranger learns nothing from a refused login', () => {
  it('unknown address, wrong password and blocked user get the same answer', async () => {
    const blocked = await pages.addPerson('blocked@example.com', person.password);
    await pages.house.database.db
      .updateTable('users')
      .set({ blocked: 1 })
      .where('id', '=', blocked)
      .execute();
    const { browser, state } = beginLogin(pages);
    const attempts = [
      ['nobody@example.com', person.password],
      [person.email, 'wrong'],
      ['blocked@example.com', person.password],
    ] as const;
    const answers = [];
    for (const [username, password] of attempts) {
      await browser.get(`/u/login?state=${state}`);
      const { status, body, headers } = await browser.submit({ username, password });
      const { 'x-request-id': _id, date: _date, 'content-length': _length, ...same } = headers;
      answers.push({ status, body: body.replaceAll(username, 'X'), same });
    }
    expect(answers[0]?.status).toBe(400);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});

it('S-25 after the password alone nothing was finished and no cookie was set', async () => {
  await pages.house.setTenant({ policy: 'always' });
  const { browser, state, next } = await givePassword(pages);
  expect(next.heading).toBe('Protect your account');
  expect(pages.outcomeOf(state)).toEqual({});
  expect([...browser.cookies.keys()]).toEqual([`cs_i_${state.slice(0, 16)}`]);
});
