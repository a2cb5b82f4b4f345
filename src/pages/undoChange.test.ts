import { afterEach, beforeEach, expect, it } from 'vitest';
import { FormBrowser } from '../../test/support/formBrowser.ts';
import { beginLogin, enrolByPages, givePassword, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';
import { pageTexts } from './texts/pageTexts.ts';

let pages: TestPages;
let userId: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always' });
});

afterEach(() => pages.close());

/** What the mail about the new method links to. */
async function link(): Promise<string> {
  await enrolByPages(pages);
  const notice = pages.house.notices.findLast(({ template }) => template === 'mfa_enrolled');
  if (!notice || !('undoTicket' in notice)) throw new Error('No link was sent.');
  return `/u/undo-change?ticket=${notice.undoTicket}`;
}

it('S-67 tells what happened, and acts by a button alone: a scanner that opens it uses nothing', async () => {
  const url = await link();
  const browser = new FormBrowser(pages.app);
  await browser.get(url);
  const { status, heading, body } = await browser.get(url);
  expect([status, heading]).toEqual([200, 'Wasn’t it you?']);
  expect(body).toContain('January 15, 2026');
  expect(body).toContain('Authenticator app');
  const done = await browser.submit({});
  expect([done.status, done.heading]).toEqual([200, 'Everyone is signed out']);
  expect(done.body).toContain(pageTexts.en['undo-change']['undo-change-result'].takenText);
  expect(done.headers['set-cookie']).toBeUndefined();
  expect(await pages.house.engine.methods(userId)).toEqual([]);
  expect(await browser.get(url)).toMatchObject({ status: 400, heading: 'This link has expired' });
});

it('S-46 ends the sign-in that is under way in another browser', async () => {
  const url = await link();
  const { browser, state } = await givePassword(pages);
  const own = new FormBrowser(pages.app);
  await own.get(url);
  await own.submit({});
  const answer = await browser.follow(await browser.submit({ code: '123456' }));
  expect(pages.outcomeOf(state)).toEqual({});
  expect(answer.status).toBeGreaterThanOrEqual(200);
});

it('S-64 who knows the old password isn’t quicker than the person with a new one', async () => {
  const url = await link();
  const own = new FormBrowser(pages.app);
  await own.get(url);
  await own.submit({});
  const { browser: thief, state } = beginLogin(pages);
  await thief.get(`/u/login?state=${state}`);
  const refused = await thief.submit({ username: person.email, password: person.password });
  expect([refused.status, refused.location]).toEqual([400, undefined]);
  const told = pages.house.notices.findLast(({ template }) => template === 'mfa_change_undone');
  await own.get(told && 'path' in told ? told.path : '');
  const password = 'seven tall green towers';
  expect(await own.submit({ password, 're-password': password })).toMatchObject({
    status: 200,
    heading: 'Password changed',
  });
});

it('S-87 takes no form of another site', async () => {
  const url = await link();
  const ticket = new URL(url, pages.publicUrl).searchParams.get('ticket') as string;
  for (const headers of [{ origin: 'https://evil.example' }, { origin: new URL(pages.publicUrl).origin }]) {
    const { statusCode } = await pages.app.inject({
      method: 'POST',
      url: '/u/undo-change',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ticket, csrf: 'made-up' }).toString(),
    });
    expect(statusCode).toBe(403);
  }
  expect(await pages.house.engine.methods(userId)).not.toEqual([]);
});

it.each(['', '?ticket=', '?ticket=made-up', '?ticket=a&ticket=b'])('refuses the ticket %j', async (query) => {
  const browser = new FormBrowser(pages.app);
  expect((await browser.get(`/u/undo-change${query}`)).status).toBe(400);
});
