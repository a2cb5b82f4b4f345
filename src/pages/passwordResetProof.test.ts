import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../test/support/engine.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { beginLogin, enrolByPages, person } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';
import { createClient } from '../applications/clients.ts';

const newPassword = 'nine yellow bicycles';
const chosen = { password: newPassword, 're-password': newPassword };

let pages: TestPages;
let userId: string;
let secret: string;
let recoveryCode: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always' });
  ({ secret, recoveryCode } = await enrolByPages(pages));
});

afterEach(() => pages.close());

const code = () => codeOf(secret, pages.house.clock.now);

async function openLink(clientId?: string) {
  const { browser, state } = beginLogin(pages, clientId === undefined ? {} : { clientId });
  await browser.get(`/u/reset-password/request?state=${state}`);
  await browser.submit({ email: person.email });
  const link = await pages.linkFor(person.email);
  return { browser, state, link, page: await browser.get(link) };
}

/** Opens the link and goes on to the challenge. */
async function takeUp() {
  const opened = await openLink();
  const challenge = await opened.browser.follow(await opened.browser.submit({ action: 'prove' }));
  return { ...opened, challenge, uid: uidOf(opened.browser) };
}

function uidOf({ page }: FormBrowser): string {
  return /name="state" value="([^"]*)"/.exec(page?.body ?? '')?.[1] ?? '';
}

async function signIn(password: string): Promise<string | undefined> {
  const { browser, state } = beginLogin(pages);
  await browser.get(`/u/login?state=${state}`);
  return (await browser.submit({ username: person.email, password })).location;
}

const eventTypes = () => pages.house.eventTypes(userId);

describe('choosing a password where the policy demands a second factor', () => {
  it('S-64 takes that factor first, at Auth0’s addresses, then the password, and signs nobody in', async () => {
    const { browser, state, page, challenge, uid } = await takeUp();
    expect(page).toMatchObject({ status: 200, heading: 'First, confirm it’s you' });
    expect(challenge.body).toContain(`action="/u/reset-password-mfa-otp-challenge?state=${uid}"`);
    expect(challenge.body).not.toContain('rememberBrowser');
    const form = await browser.follow(await browser.submit({ code: await code() }));
    expect(form.heading).toBe('Choose a new password');
    const done = await browser.submit(chosen);
    expect(done).toMatchObject({ status: 200, heading: 'Password changed' });
    expect(pages.outcomeOf(state)).toEqual({});
    expect(await pages.house.database.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
    expect(await signIn(person.password)).toBeUndefined();
    // The proof of the reset is none of the sign-in.
    expect(await signIn(newPassword)).toContain('/u/mfa-otp-challenge');
    expect(await eventTypes()).toContain('scp');
  });

  it('S-64 takes the recovery code too, shows the new one, and sets nothing up', async () => {
    const { browser, uid } = await takeUp();
    await browser.get(`/u/reset-password-mfa-recovery-code-challenge?state=${uid}`);
    const shown = await browser.follow(await browser.submit({ code: recoveryCode }));
    expect(shown.body).toContain('data-code=');
    const form = await browser.follow(await browser.submit({ saved: 'on' }));
    expect(form.heading).toBe('Choose a new password');
  });

  it('S-28 S-64 the link alone changes nothing, whatever is posted with it', async () => {
    const { browser, link } = await openLink();
    const posted = await browser.submit(chosen);
    expect(posted).toMatchObject({ status: 200, heading: 'First, confirm it’s you' });
    expect(await signIn(newPassword)).toBeUndefined();
    expect(await signIn(person.password)).toContain('/u/mfa-otp-challenge');
    expect(await eventTypes()).toContain('fcp');
    expect((await browser.get(link)).status).toBe(200);
  });

  it('S-36 nor does an errand whose factor wasn’t proved', async () => {
    const { browser, challenge, uid } = await takeUp();
    expect(await browser.get(`/u/reset-password/new?state=${uid}`)).toMatchObject({ status: 400 });
    const csrf = /name="csrf" value="([^"]*)"/.exec(challenge.body)?.[1] ?? '';
    const answer = await browser.post('/u/reset-password/new', { state: uid, csrf, ...chosen });
    expect(answer.status).toBe(400);
    expect(await signIn(newPassword)).toBeUndefined();
  });

  it('S-28 is judged again when the password comes: a factor switched off meanwhile proves nothing', async () => {
    const { browser } = await takeUp();
    const form = await browser.follow(await browser.submit({ code: await code() }));
    const off = { otp: { enabled: false }, 'recovery-code': { enabled: true } };
    await pages.house.setTenant({ factors: off });
    expect(await browser.submit(chosen)).toMatchObject({ status: 400, heading: 'This page has expired' });
    expect(await eventTypes()).toContain('fcp');
    expect(await signIn(newPassword)).toBeUndefined();
    // The refusal used nothing up.
    await pages.house.setTenant({ factors: { ...off, otp: { enabled: true } } });
    browser.page = form;
    expect(await browser.submit(chosen)).toMatchObject({ status: 200, heading: 'Password changed' });
  });

  it('S-37 belongs to the browser that proved it, and yields one password', async () => {
    const { browser, uid } = await takeUp();
    const form = await browser.follow(await browser.submit({ code: await code() }));
    const { browser: stranger } = beginLogin(pages);
    stranger.page = form;
    expect(await stranger.submit(chosen)).toMatchObject({ status: 400 });
    expect(await stranger.get(`/u/reset-password/new?state=${uid}`)).toMatchObject({ status: 400 });
    browser.page = form;
    expect(await browser.submit(chosen)).toMatchObject({ status: 200 });
    browser.page = form;
    const other = { password: 'eight orange lamps', 're-password': 'eight orange lamps' };
    expect(await browser.submit(other)).toMatchObject({ status: 400 });
    expect(await signIn(newPassword)).toContain('/u/mfa-otp-challenge');
  });

  it('S-67 a newer link ends what an older one began', async () => {
    const { browser } = await takeUp();
    const form = await browser.follow(await browser.submit({ code: await code() }));
    await openLink();
    browser.page = form;
    expect(await browser.submit(chosen)).toMatchObject({ status: 400, heading: 'This link has expired' });
  });

  it('S-20 tells who is locked when to come back', async () => {
    const { browser } = await takeUp();
    for (let attempt = 0; attempt < 9; attempt += 1) await browser.submit({ code: '000000' });
    const locked = await browser.submit({ code: '000000' });
    expect(locked).toMatchObject({ status: 429, heading: 'Paused for your protection' });
    expect(locked.body).toContain('its second step is paused');
    expect(locked.body).not.toContain('Your password was right');
    expect(locked.headers['retry-after']).toBeDefined();
  });

  it('keeps the proof while a password is weak or mistyped', async () => {
    const { browser } = await takeUp();
    await browser.follow(await browser.submit({ code: await code() }));
    expect(await browser.submit({ password: 'short', 're-password': 'short' })).toMatchObject({
      status: 400,
    });
    expect(await browser.submit({ ...chosen, 're-password': 'other' })).toMatchObject({ status: 400 });
    expect(await browser.submit(chosen)).toMatchObject({ status: 200, heading: 'Password changed' });
  });

  it('S-32 never offers the mailbox', async () => {
    await pages.house.setTenant({
      factors: { otp: { enabled: true }, email: { enabled: true }, 'recovery-code': { enabled: true } },
    });
    const { browser, uid, challenge } = await takeUp();
    expect(challenge.body).toContain('/u/reset-password-mfa-otp-challenge');
    const options = await browser.get(`/u/reset-password-mfa-login-options?state=${uid}`);
    expect(options.body).toContain('Recovery code');
    expect(options.body).not.toContain('email::');
    expect((await browser.get(`/u/reset-password-mfa-email-challenge?state=${uid}`)).location).toBe(
      `/u/reset-password-mfa-otp-challenge?state=${uid}`,
    );
  });

  it('asks by the application’s policy where the link was asked for in one', async () => {
    await pages.house.setTenant({ policy: 'never' });
    const { database, vault, clock } = pages.house;
    const draft = { name: 'Acme', mfaPolicy: 'always' } as const;
    const { client } = await createClient(database.db, vault, () => clock.now, draft);
    expect((await openLink(client.clientId)).page.heading).toBe('First, confirm it’s you');
    expect((await openLink()).page.heading).toBe('Choose a new password');
  });

  it('S-67 a scanner that opens the link begins nothing', async () => {
    const { browser, link } = await openLink();
    await browser.get(link);
    expect(await pages.house.database.db.selectFrom('errands').selectAll().execute()).toEqual([]);
    expect((await pages.house.engine.methods(userId)).length).toBeGreaterThan(0);
  });
});
