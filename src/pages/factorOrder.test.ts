import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf } from '../../test/support/engine.ts';
import { FormBrowser } from '../../test/support/formBrowser.ts';
import { enrolByPages, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';

const on = { enabled: true };

let pages: TestPages;
let userId: string;
let browser: FormBrowser;
let secret: string;
let recoveryCode: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always', factors: { otp: on, email: on, 'recovery-code': on } });
  ({ secret, recoveryCode } = await enrolByPages(pages));
  browser = new FormBrowser(pages.app);
});

afterEach(() => pages.close());

/** Gives the password in this browser and ends at the page that comes next. */
async function signIn(here: FormBrowser = browser) {
  const { state, cookie } = pages.begin();
  here.cookies.set(cookie.name, cookie.value);
  await here.get(`/u/login?state=${state}`);
  const answer = await here.submit({ username: person.email, password: person.password });
  return { state, next: await here.follow(answer) };
}

async function pick(factor: string) {
  await browser.follow(await browser.submit({ action: 'pick-authenticator' }, 'aside'));
  return browser.follow(await browser.submit({ action: factor }));
}

async function answerByMail() {
  await pick('email');
  return browser.submit({ code: pages.house.codes.at(-1)?.code ?? '' });
}

const titles = { otp: 'Confirm it’s you', email: 'Enter the code from the e-mail' };
const prefer = (factor: string) =>
  pages.house.database.db
    .updateTable('users')
    .set({ preferred_factor: factor })
    .where('id', '=', userId)
    .execute();

it('begins with the strongest; who answered by another is asked for that one first, in this browser', async () => {
  expect((await signIn()).next.heading).toBe(titles.otp);
  await answerByMail();
  pages.house.clock.advance(60);
  expect((await signIn()).next.heading).toBe(titles.email);
  expect((await signIn(new FormBrowser(pages.app))).next.heading).toBe(titles.otp);
});

it('goes back to the first when the person chooses that again', async () => {
  await signIn();
  await answerByMail();
  pages.house.clock.advance(60);
  await signIn();
  await pick('otp');
  await browser.submit({ code: await codeOf(secret, pages.house.clock.now) });
  expect((await signIn()).next.heading).toBe(titles.otp);
});

it('begins with what the account prefers, in every browser without a choice of its own', async () => {
  await prefer('email');
  expect((await signIn()).next.heading).toBe(titles.email);
  await pick('otp');
  await browser.submit({ code: await codeOf(secret, pages.house.clock.now) });
  expect((await signIn()).next.heading).toBe(titles.otp);
  pages.house.clock.advance(60);
  expect((await signIn(new FormBrowser(pages.app))).next.heading).toBe(titles.email);
});

it('falls through what can’t be used any more', async () => {
  await prefer('push-notification');
  expect((await signIn()).next.heading).toBe(titles.otp);
  await answerByMail();
  await pages.house.setTenant({ factors: { otp: on, 'recovery-code': on } });
  expect((await signIn()).next.heading).toBe(titles.otp);
});

it('doesn’t take the recovery code for a choice', async () => {
  await prefer('recovery-code');
  expect((await signIn()).next.heading).toBe(titles.otp);
  await pick('recovery-code');
  await browser.follow(await browser.submit({ code: recoveryCode }));
  await browser.follow(await browser.submit({ saved: 'on' }));
  await browser.submit({ action: 'skip' });
  expect((await signIn()).next.heading).toBe(titles.otp);
});

it('S-76 what is remembered of the choice names nobody and no factor', async () => {
  await signIn();
  const answer = await answerByMail();
  const cookie = String(answer.headers['set-cookie']);
  expect(cookie).toMatch(/cs-marks=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax/);
  expect(cookie).not.toMatch(/email|ann|auth0/);
});
