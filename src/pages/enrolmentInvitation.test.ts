import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, context } from '../../test/support/engine.ts';
import { FormBrowser } from '../../test/support/formBrowser.ts';
import { enrolByPages, person, shownCode } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';
import type { Invitation } from '../mfa/errands/invite.ts';

const operator = { kind: 'operator', id: 'olga@example.com' } as const;
const day = 24 * 60 * 60;

let pages: TestPages;
let userId: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
});

afterEach(() => pages.close());

async function invite(invitation: Partial<Invitation> = {}): Promise<string> {
  const made = await pages.house.engine.errands.invite(
    userId,
    { allowsAnother: false, ...invitation },
    operator,
    context,
  );
  if (made.outcome === 'refused') throw new Error(`Not invited: ${made.code}.`);
  return made.path;
}

/** Opens the link and presses the button; ends at the page that comes next. */
async function takeUp(link: string) {
  const browser = new FormBrowser(pages.app);
  await browser.get(link);
  return { browser, next: await browser.follow(await browser.submit({})) };
}

async function setUpApp(browser: FormBrowser) {
  const state = stateOf(browser);
  const secret = shownCode((await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`)).body);
  return browser.follow(await browser.submit({ code: await codeOf(secret, pages.house.clock.now) }));
}

function stateOf({ page }: FormBrowser): string {
  return /name="state" value="([^"]*)"/.exec(page?.body ?? '')?.[1] ?? '';
}

const bindingOf = ({ cookies }: FormBrowser) => [...cookies].find(([name]) => name.startsWith('cs_e_'));

describe('an invitation', () => {
  it('explains, leads through the enrolment with its recovery code, and says that it is done', async () => {
    const { browser, next } = await takeUp(await invite());
    expect(next.body).toContain('class="qr"');
    const revealed = await setUpApp(browser);
    expect(revealed.heading).toBe('Keep this recovery code');
    const done = await browser.follow(await browser.submit({ saved: 'on' }));
    expect(done).toMatchObject({ status: 200, heading: 'Your second step is set up' });
    const methods = await pages.house.engine.methods(userId);
    expect(
      methods
        .filter(({ isConfirmed }) => isConfirmed)
        .map(({ factor }) => factor)
        .sort(),
    ).toEqual(['otp', 'recovery-code']);
  });

  it('S-25 S-35 signs nobody in: nothing but its own cookie comes of it', async () => {
    const { browser } = await takeUp(await invite());
    await setUpApp(browser);
    await browser.follow(await browser.submit({ saved: 'on' }));
    expect([...browser.cookies.keys()].filter((name) => !name.startsWith('cs_e_'))).toEqual([]);
    const { db } = pages.house.database;
    for (const table of ['sessions', 'oidc_records', 'remembered_browsers'] as const) {
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    const user = await db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
    expect(user.logins_count).toBe(0);
  });

  it('S-42 is not used up by what merely opens links, nor by taking it up', async () => {
    const link = await invite();
    for (let visit = 0; visit < 3; visit += 1) await new FormBrowser(pages.app).get(link);
    await takeUp(link);
    const { browser } = await takeUp(link);
    expect((await setUpApp(browser)).heading).toBe('Keep this recovery code');
  });

  it('S-42 works once: whoever comes later is told, before and after taking it up', async () => {
    const link = await invite({ allowsAnother: true });
    const { browser: late } = await takeUp(link);
    const { browser } = await takeUp(link);
    await setUpApp(browser);
    const told = { heading: 'This invitation was used already' };
    expect(await late.follow(await late.submit({}))).toMatchObject(told);
    expect(await new FormBrowser(pages.app).get(link)).toMatchObject({ status: 400, ...told });
    // The winner still sees the recovery code.
    const state = stateOf(browser);
    expect((await browser.follow(await browser.get(`/u/mfa?state=${state}`))).heading).toBe(
      'Keep this recovery code',
    );
  });

  it('S-42 tells of an expired, a replaced and a made-up one', async () => {
    const old = await invite();
    pages.house.clock.advance(5 * day);
    const browser = new FormBrowser(pages.app);
    expect(await browser.get(old)).toMatchObject({ status: 400, heading: 'This invitation has expired' });
    const replaced = await invite();
    await invite();
    for (const link of [replaced, '/guardian/enroll?ticket=made-up', '/guardian/enroll']) {
      expect(await browser.get(link)).toMatchObject({ status: 400, heading: 'This link doesn’t work' });
    }
  });

  it('S-39 asks who has a method for it first, then sets another up', async () => {
    await pages.house.setTenant({
      policy: 'always',
      factors: {
        otp: { enabled: true },
        phone: { enabled: true, settings: { allowedCountries: ['DE'] } },
      },
    });
    const { secret } = await enrolByPagesWithOtp();
    const { browser, next } = await takeUp(await invite({ allowsAnother: true, factor: 'phone' }));
    expect(next.body).toContain('/u/mfa-otp-challenge');
    const state = stateOf(browser);
    for (const page of ['mfa-begin-enroll-options', 'mfa-phone-enrollment', 'mfa-sms-enrollment']) {
      expect((await browser.get(`/u/${page}?state=${state}`)).location).toBe(
        `/u/mfa-otp-challenge?state=${state}`,
      );
    }
    await browser.get(`/u/mfa-otp-challenge?state=${state}`);
    const input = await browser.follow(
      await browser.submit({ code: await codeOf(secret, pages.house.clock.now) }),
    );
    expect(input.body).toContain('name="phone"');
  });

  it('is not for who has a method, unless it says so', async () => {
    await pages.house.setTenant({ policy: 'always' });
    await enrolByPages(pages);
    const link = await invite();
    const { next } = await takeUp(link);
    expect(next).toMatchObject({ status: 200, heading: 'You’re all set already' });
    expect(await new FormBrowser(pages.app).get(link)).toMatchObject({ status: 200 });
  });

  it('S-37 belongs to the browser that took it up', async () => {
    const { browser } = await takeUp(await invite());
    const state = stateOf(browser);
    const stranger = new FormBrowser(pages.app);
    const [name = ''] = bindingOf(browser) ?? [];
    for (const value of [undefined, 'guessed', `errand-${state}`]) {
      if (value !== undefined) stranger.cookies.set(name, value);
      for (const page of ['mfa', 'mfa-otp-enrollment-qr', 'mfa-enroll-result']) {
        expect(await stranger.get(`/u/${page}?state=${state}`)).toMatchObject({
          status: 400,
          heading: 'This page has expired',
        });
      }
    }
  });

  it('S-37 ends after half an hour, and can be taken up again', async () => {
    const link = await invite();
    const { browser } = await takeUp(link);
    const state = stateOf(browser);
    pages.house.clock.advance(30 * 60);
    expect(await browser.get(`/u/mfa?state=${state}`)).toMatchObject({ status: 400 });
    const { browser: again } = await takeUp(link);
    expect((await setUpApp(again)).heading).toBe('Keep this recovery code');
  });

  it('S-79 dies with a block, under way too', async () => {
    const link = await invite();
    const { browser } = await takeUp(link);
    const state = stateOf(browser);
    await pages.house.database.db.updateTable('users').set({ blocked: 1 }).execute();
    expect(await browser.get(`/u/mfa?state=${state}`)).toMatchObject({ status: 400 });
  });

  it('S-87 takes only its own form', async () => {
    const link = await invite();
    const browser = new FormBrowser(pages.app);
    await browser.get(link);
    const ticket = new URL(link, pages.publicUrl).searchParams.get('ticket') ?? '';
    expect(await browser.post('/guardian/enroll', { ticket, csrf: 'wrong' })).toMatchObject({ status: 403 });
    await browser.get(link);
    browser.headers = { ...browser.headers, 'sec-fetch-site': 'cross-site' };
    expect(await browser.submit({})).toMatchObject({ status: 403 });
    expect(await pages.house.database.db.selectFrom('errands').selectAll().execute()).toEqual([]);
  });

  it('is begun twenty times at the most before it has to wait', async () => {
    const link = await invite();
    const browser = new FormBrowser(pages.app);
    for (let time = 0; time < 20; time += 1) {
      await browser.get(link);
      expect((await browser.submit({})).status).toBe(303);
    }
    await browser.get(link);
    expect(await browser.submit({})).toMatchObject({ status: 429, heading: 'Too many attempts' });
  });
});

/** As `enrolByPages`, where other factors are on as well. */
async function enrolByPagesWithOtp(): Promise<{ secret: string }> {
  const { browser } = await takeUp(await invite({ factor: 'otp' }));
  const state = stateOf(browser);
  const secret = shownCode((await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`)).body);
  await browser.follow(await browser.submit({ code: await codeOf(secret, pages.house.clock.now) }));
  pages.house.clock.advance(30);
  return { secret };
}
