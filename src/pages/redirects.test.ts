import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectHere, duoAlone } from '../../test/support/duoHouse.ts';
import { FormBrowser, type PageAnswer } from '../../test/support/formBrowser.ts';
import { beginLogin, givePassword, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';
import { type DuoChoice, type DuoSimulator, startDuo } from '../../test/support/simulators/duo.ts';

let duo: DuoSimulator;
let pages: TestPages;

beforeAll(async () => {
  duo = await startDuo();
});
afterAll(() => duo.close());

const setDuo = (more: Record<string, unknown> = {}) =>
  pages.house.setTenant({ policy: 'always', factors: duoAlone(pages.house, duo, more) });

beforeEach(async () => {
  duo.misbehave('reset', 0);
  pages = await createTestPages({ connect: connectHere });
  await pages.addPerson(person.email, person.password);
  await setDuo();
});
afterEach(() => pages.close());

/** Where Duo sends the browser back to: path and query. */
async function answerAtDuo({ headers }: PageAnswer, choice?: DuoChoice): Promise<string> {
  const { pathname, search, origin } = await duo.choose(String(headers.location), choice);
  expect(origin).toBe(new URL(pages.publicUrl).origin);
  return pathname + search;
}

/** Follows redirects as far as our pages go. */
async function followHere(browser: FormBrowser, answer: PageAnswer): Promise<PageAnswer> {
  let current = answer;
  while (current.location !== undefined && !String(current.headers.location).startsWith('https:')) {
    current = await browser.get(current.location);
  }
  return current;
}

async function setUp(): Promise<void> {
  const { browser, state, next } = await givePassword(pages);
  expect(next.heading).toBe('Protect your account');
  const back = await answerAtDuo(await browser.submit({}));
  expect(back).toMatch(/^\/u\/mfa-duo-callback\?state=/);
  await browser.follow(await browser.get(back));
  expect(pages.outcomeOf(state).finished?.proofs).toMatchObject([{ factor: 'password' }, { factor: 'duo' }]);
  pages.house.clock.advance(600);
}

/** Opens the login page and gives the password there. */
async function signIn(headers: Record<string, string> = {}) {
  const { browser, state } = beginLogin(pages);
  Object.assign(browser.headers, headers);
  await browser.get(`/u/login?state=${state}`);
  const answer = await browser.submit({ username: person.email, password: person.password });
  return { browser, state, answer };
}

/** The same; ends on the way to Duo. */
async function leaveForDuo() {
  const { browser, state, answer } = await signIn();
  return { browser, state, leaving: await followHere(browser, answer) };
}

it('leads to Duo for the set-up and straight there afterwards', async () => {
  await setUp();
  const { browser, state, leaving } = await leaveForDuo();
  expect(leaving.status).toBe(303);
  expect(String(leaving.headers.location)).toMatch(`https://${duo.host}/oauth/v1/authorize?`);
  await browser.follow(await browser.get(await answerAtDuo(leaving)));
  expect(pages.outcomeOf(state).finished).toBeDefined();
});

it('leaves by a page that goes on by itself where a form led there', async () => {
  await setUp();
  const { browser, answer } = await signIn({ 'sec-fetch-dest': 'document' });
  const page = await browser.follow(answer);
  expect(page).toMatchObject({ status: 200, heading: 'On to Duo' });
  expect(page.body).toContain(
    `<meta http-equiv="refresh" content="0; url=https://${duo.host}/oauth/v1/authorize?`,
  );
  expect(page.headers['referrer-policy']).toBe('no-referrer');
  expect(page.headers['content-security-policy']).toContain("form-action 'self'");
});

it('S-37 S-94 an answer counts only in the browser that was sent to Duo', async () => {
  await setUp();
  const { browser, state, leaving } = await leaveForDuo();
  const back = await answerAtDuo(leaving);
  const stranger = new FormBrowser(pages.app);
  const other = new FormBrowser(pages.app, pages.begin().cookie);
  for (const somebody of [stranger, other]) {
    expect(await somebody.get(back)).toMatchObject({ status: 400 });
    expect(somebody.cookies.size).toBe(somebody === other ? 1 : 0);
  }
  expect(pages.outcomeOf(state)).toEqual({});
  await browser.follow(await browser.get(back));
  expect(pages.outcomeOf(state).finished).toBeDefined();
});

it('S-94 an answer that is loaded again leads on, and counts no second time', async () => {
  await setUp();
  const { browser, state, leaving } = await leaveForDuo();
  const back = await answerAtDuo(leaving);
  await browser.get(back);
  const again = await browser.get(back);
  expect(again.location).toBe(`/authorize/${state}`);
});

it.each([
  '/u/mfa-duo-callback',
  '/u/mfa-duo-callback?state=',
  '/u/mfa-duo-callback?state=chl_1.x&duo_code=y',
  '/u/mfa-duo-callback?state=a&state=b&duo_code=y',
  '/u/mfa-duo-callback?error=access_denied',
])('S-89 %s is nobody’s', async (path) => {
  const { browser } = beginLogin(pages);
  expect(await browser.get(path)).toMatchObject({ status: 400 });
});

it.each(['deny', 'cancel'] as const)('tells when Duo said no (%s), and lets try again', async (choice) => {
  await setUp();
  const { browser, state, leaving } = await leaveForDuo();
  const page = await browser.follow(await browser.get(await answerAtDuo(leaving, choice)));
  expect(page).toMatchObject({ status: 400, heading: 'Confirm it’s you' });
  expect(page.body).toContain('Duo didn’t confirm this sign-in.');
  expect(page.body).not.toContain('access_denied');
  await browser.follow(await browser.get(await answerAtDuo(await browser.submit({}))));
  expect(pages.outcomeOf(state).finished).toBeDefined();
});

it('S-93 tells when Duo is down, and lets try again', async () => {
  await setUp();
  duo.misbehave({ answer: { status: 503 } });
  const { browser, state, answer } = await signIn();
  const page = await browser.follow(answer);
  expect(page.body).toContain('Duo can’t be reached at the moment.');
  expect(pages.outcomeOf(state)).toEqual({});
  await browser.follow(await browser.get(await answerAtDuo(await browser.submit({}))));
  expect(pages.outcomeOf(state).finished).toBeDefined();
});

it('goes on without Duo while it is down, where the operator wants that', async () => {
  await setUp();
  await setDuo({ failMode: 'open' });
  duo.misbehave({ answer: { status: 503 } });
  const { browser, state, answer } = await signIn();
  await browser.follow(answer);
  expect(pages.outcomeOf(state).finished?.proofs).toMatchObject([
    { factor: 'password' },
    { factor: 'duo', isWaived: true },
  ]);
});

it.each(['closed', 'open'])('S-64 a new password takes Duo first, fail mode %s', async (failMode) => {
  await setUp();
  await setDuo({ failMode });
  const { browser, state } = beginLogin(pages);
  await browser.get(`/u/reset-password/request?state=${state}`);
  await browser.submit({ email: person.email });
  await browser.get(await pages.linkFor(person.email));
  duo.misbehave({ answer: { status: 503 } });
  const down = await browser.follow(await browser.submit({ action: 'prove' }));
  expect(down.body).toContain('Duo can’t be reached at the moment.');
  const form = await browser.follow(await browser.get(await answerAtDuo(await browser.submit({}))));
  expect(form.heading).toBe('Choose a new password');
});

it('S-20 tells of a lock on coming back', async () => {
  await setUp();
  const { browser, leaving } = await leaveForDuo();
  let page = await browser.follow(await browser.get(await answerAtDuo(leaving, 'deny')));
  for (let i = 0; i < 9; i += 1) {
    page = await browser.follow(await browser.get(await answerAtDuo(await browser.submit({}), 'deny')));
  }
  expect(page.status).toBe(429);
});
