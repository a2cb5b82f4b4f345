import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../test/support/engine.ts';
import { beginLogin, enrolByPages, givePassword, person, shownCode } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';
import { otp } from '../factors/otp/index.ts';

let pages: TestPages;
let userId: string;

beforeEach(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  await pages.house.setTenant({ policy: 'always' });
});

afterEach(() => pages.close());

const now = () => pages.house.clock.now;

describe('the first second factor', () => {
  it('shows the QR code on a desktop and the key on a phone, and leads from one to the other', async () => {
    const { browser, state, next } = await givePassword(pages);
    expect(next.body).toContain('class="qr"');
    const toText = await browser.submit({ action: 'toggle-view' }, 'aside');
    expect(toText.location).toBe(`/u/mfa-otp-enrollment-code?state=${state}`);

    const { browser: phone, state: other } = beginLogin(pages);
    phone.headers = { ...phone.headers, 'sec-ch-ua-mobile': '?1' };
    await phone.get(`/u/login?state=${other}`);
    const answer = await phone.submit({ username: person.email, password: person.password });
    expect(answer.location).toBe(`/u/mfa-otp-enrollment-code?state=${other}`);
  });

  it('is confirmed by a code, then shows the recovery code until the box is ticked', async () => {
    const { browser, state } = await givePassword(pages);
    const secret = shownCode((await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`)).body);
    const revealed = await browser.follow(await browser.submit({ code: await codeOf(secret, now()) }));
    expect(revealed.heading).toBe('Keep this recovery code');
    expect(shownCode(revealed.body)).toMatch(/^[A-Z1-9]{24}$/);

    const unconfirmed = await browser.submit({});
    expect(unconfirmed.status).toBe(400);
    expect(unconfirmed.body).toContain('Tick the box once you have stored the code.');
    expect(pages.outcomeOf(state)).toEqual({});

    const answer = await browser.submit({ saved: 'on' });
    expect(answer.location).toBe(`/authorize/${state}`);
    const { finished } = pages.outcomeOf(state);
    expect(finished?.userId).toBe(userId);
    expect(finished?.proofs.map(({ factor }) => factor)).toEqual(['password', 'otp']);
  });

  it('offers the recovery code as a file, without scripts', async () => {
    const { browser, state } = await givePassword(pages);
    const secret = shownCode((await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`)).body);
    const revealed = await browser.follow(await browser.submit({ code: await codeOf(secret, now()) }));
    const file = await browser.get(`/u/mfa-recovery-code-enrollment?state=${state}&download=true`);
    expect(file.headers['content-disposition']).toBe('attachment; filename="recovery-code.txt"');
    expect(file.headers['cache-control']).toBe('no-store');
    expect(file.body.replaceAll(' ', '')).toContain(shownCode(revealed.body));
  });

  it('starts with the list of factors where the tenant wants that and there is a choice', async () => {
    await pages.close();
    const { screens, texts } = JSON.parse(JSON.stringify(otp).replaceAll('mfa-otp', 'mfa-token'));
    const wire = { ...otp.wire, idPrefix: 'token' };
    const token = { ...otp, name: 'token', wire, strength: 50, screens, texts };
    pages = await createTestPages({ factors: [otp, token] });
    await pages.addPerson(person.email, person.password);
    const on = { otp: { enabled: true }, token: { enabled: true } };
    await pages.house.setTenant({ policy: 'always', showFactorListOnEnrolment: true, factors: on });

    const { browser, state, next } = await givePassword(pages);
    expect(next.heading).toBe('Choose a second step');
    const chosen = await browser.submit({ action: 'token' });
    expect(chosen.location).toBe(`/u/mfa-token-enrollment-qr?state=${state}`);
    const page = await browser.follow(chosen);
    expect(page.body).toContain('Try another method');
  });
});

describe('a challenge', () => {
  let secret: string;
  let recoveryCode: string;

  beforeEach(async () => {
    ({ secret, recoveryCode } = await enrolByPages(pages));
  });

  it('takes a code as people type it, with gaps', async () => {
    const { browser, state } = await givePassword(pages);
    const code = await codeOf(secret, now());
    const answer = await browser.submit({ code: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
    expect(answer.location).toBe(`/authorize/${state}`);
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual(['password', 'otp']);
  });

  it.each([
    ['nothing', '', 'Enter the code from your app.'],
    ['letters', '12ab', 'A code consists of digits only. Enter it just as the app shows it.'],
    [
      '10 000 digits',
      '1'.repeat(10_000),
      'A code consists of digits only. Enter it just as the app shows it.',
    ],
    ['a wrong code', '000000', 'That code isn’t right.'],
  ])('says what is wrong with %s', async (_what, code, message) => {
    const { browser, state } = await givePassword(pages);
    const answer = await browser.submit({ code, rememberBrowser: 'true' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(message);
    expect(answer.body).toContain('value="true" checked');
    expect(pages.outcomeOf(state)).toEqual({});
  });

  it('lets the person choose the recovery code, and shows the new one that replaces it', async () => {
    const { browser, state, next } = await givePassword(pages);
    expect(next.heading).toBe('Confirm it’s you');
    const options = await browser.follow(await browser.submit({ action: 'pick-authenticator' }, 'aside'));
    expect(options.heading).toBe('Choose how to prove it’s you');
    const challenge = await browser.follow(await browser.submit({ action: 'recovery-code' }));
    expect(challenge.heading).toBe('Use your recovery code');

    const grouped = recoveryCode.toLowerCase().match(/.{4}/g)?.join('-') ?? '';
    const replaced = await browser.follow(await browser.submit({ code: grouped }));
    expect(replaced.heading).toBe('Here’s your new recovery code');
    expect(shownCode(replaced.body)).not.toBe(recoveryCode);
    expect(pages.outcomeOf(state)).toEqual({});
    const offered = await browser.follow(await browser.submit({ saved: 'on' }));
    expect(offered.heading).toBe('Lost your usual method?');
    expect(pages.outcomeOf(state)).toEqual({});
    await browser.submit({ action: 'skip' });
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual([
      'password',
      'recovery-code',
    ]);
  });

  describe('S-66 after a recovery code', () => {
    const useRecoveryCode = async () => {
      const { browser, state } = await givePassword(pages);
      await browser.get(`/u/mfa-recovery-code-challenge?state=${state}`);
      await browser.follow(await browser.submit({ code: recoveryCode }));
      await browser.follow(await browser.submit({ saved: 'on' }));
      return { browser, state };
    };
    const factorsOf = async () =>
      (await pages.house.engine.methods(userId)).map(({ factor }) => factor).sort();

    it('sets a new method up within the same sign-in and takes the lost one away', async () => {
      const { browser, state } = await useRecoveryCode();
      const enrolment = await browser.follow(await browser.submit({ action: 'otp', removeLost: 'true' }));
      expect(enrolment.heading).toBe('Protect your account');
      const { body } = await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`);
      expect(await factorsOf()).toEqual(['otp', 'otp', 'recovery-code']);
      await browser.submit({ code: await codeOf(shownCode(body), now()) });
      expect(await factorsOf()).toEqual(['otp', 'recovery-code']);
      expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual([
        'password',
        'recovery-code',
        'otp',
      ]);
    });

    it('keeps the old one where the box isn’t ticked', async () => {
      const { browser, state } = await useRecoveryCode();
      await browser.submit({ action: 'otp' });
      const { body } = await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`);
      await browser.submit({ code: await codeOf(shownCode(body), now()) });
      expect(await factorsOf()).toEqual(['otp', 'otp', 'recovery-code']);
      expect(pages.outcomeOf(state).finished).toBeDefined();
    });

    it('lets the person leave the enrolment again, and a reload begins nothing anew', async () => {
      const { browser, state } = await useRecoveryCode();
      const enrolment = await browser.follow(await browser.submit({ action: 'otp', removeLost: 'true' }));
      expect(enrolment.body).toContain('Not now');
      expect((await browser.get(`/u/mfa-enroll-replacement?state=${state}`)).location).toBe(
        `/u/mfa-otp-enrollment-qr?state=${state}`,
      );
      await browser.get(`/u/mfa-otp-enrollment-qr?state=${state}`);
      await browser.submit({ action: 'skip' }, 'aside');
      expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual([
        'password',
        'recovery-code',
      ]);
    });

    it('S-36 a demanded enrolment can’t be left so', async () => {
      await pages.house.engine.resetUser(userId, { kind: 'operator', id: 'olga' }, { ip: '', userAgent: '' });
      const { browser, state, next } = await givePassword(pages);
      expect(next.body).not.toContain('Not now');
      await browser.submit({ action: 'skip' });
      expect(pages.outcomeOf(state)).toEqual({});
    });
  });

  it('goes back from the list without choosing', async () => {
    const { browser, state } = await givePassword(pages);
    await browser.get(`/u/mfa-login-options?state=${state}`);
    const answer = await browser.submit({ action: 'back-action' });
    expect(answer.location).toBe(`/u/mfa-otp-challenge?state=${state}`);
  });

  it('remembers the browser on request, and then asks no more there', async () => {
    const { browser, next } = await givePassword(pages);
    expect(next.body).toContain('for 30 days');
    const answer = await browser.submit({ code: await codeOf(secret, now()), rememberBrowser: 'true' });
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^auth0-mf=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );

    const { state, cookie } = pages.begin();
    browser.cookies.set(cookie.name, cookie.value);
    await browser.get(`/u/login?state=${state}`);
    const again = await browser.submit({ username: person.email, password: person.password });
    expect(again.location).toBe(`/authorize/${state}`);
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual(['password']);
  });

  it('tells the days of the application that asks, and offers nothing where those are none', async () => {
    const client = { id: 'shop', name: 'Acme Bank' };
    const wish = (rememberBrowserDays: number) => {
      const { decisionInput } = asked({ acrValues: [] });
      return givePassword(pages, {
        decisionInput: { ...decisionInput, client: { ...client, rememberBrowserDays } },
      });
    };
    expect((await wish(90)).next.body).toContain('for 90 days');
    expect((await wish(0)).next.body).not.toContain('rememberBrowser');
  });

  it('ticks the box for that at first where the tenant wants it, and never by itself again', async () => {
    expect((await givePassword(pages)).next.body).not.toContain('value="true" checked');
    await pages.house.setTenant({
      policy: 'always',
      rememberBrowser: { enabled: true, isTicked: true, idleDays: 7, absoluteDays: 30 },
    });
    const { browser, next } = await givePassword(pages);
    expect(next.body).toContain('value="true" checked');
    expect((await browser.submit({ code: '000000' })).body).not.toContain('value="true" checked');
  });

  it('offers no remembering where it would not count', async () => {
    const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
    const { decisionInput } = asked({ acrValues: [multiFactor] });
    const { next } = await givePassword(pages, { decisionInput });
    expect(next.body).not.toContain('rememberBrowser');
  });

  it('tells the person who proved the password about the lock, also after a reload', async () => {
    const { browser, state } = await givePassword(pages);
    let answer = browser.page;
    for (let attempt = 0; attempt < 10; attempt += 1) answer = await browser.submit({ code: '000000' });
    expect(answer).toMatchObject({ status: 429, heading: 'Paused for your protection' });
    expect(answer?.headers['retry-after']).toBe('900');
    expect(answer?.body).toContain('in 15 minutes');

    const reloaded = await browser.get(`/u/mfa-otp-challenge?state=${state}`);
    expect(reloaded).toMatchObject({ status: 429, heading: 'Paused for your protection' });
    const { next } = await givePassword(pages);
    expect(next).toMatchObject({ status: 429, heading: 'Paused for your protection' });
  });
});

describe('a step-up', () => {
  const session = () => ({ userId, proofs: [{ factor: 'password', at: now() }] });

  it('begins where somebody is signed in already, and adds to their proofs', async () => {
    const { secret } = await enrolByPages(pages);
    const { browser, state } = beginLogin(pages, { prompt: 'mfa', session: session() });
    const page = await browser.follow(await browser.get(`/u/mfa?state=${state}`));
    expect(page.heading).toBe('Confirm it’s you');
    await browser.submit({ code: await codeOf(secret, now()) });
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual(['password', 'otp']);
  });

  it('doesn’t ask for the password', async () => {
    const { browser, state } = beginLogin(pages, { prompt: 'mfa', session: session() });
    expect((await browser.get(`/u/login?state=${state}`)).location).toBe(`/u/mfa?state=${state}`);
  });

  it('goes straight back when nothing is missing by now', async () => {
    await pages.house.setTenant({ policy: 'never' });
    const { browser, state } = beginLogin(pages, { prompt: 'mfa', session: session() });
    expect((await browser.get(`/u/mfa?state=${state}`)).location).toBe(`/authorize/${state}`);
  });
});

it('says so when a second factor is demanded and none can be set up', async () => {
  await pages.house.setTenant({ policy: 'always', factors: {} });
  const { next, state } = await givePassword(pages);
  expect(next).toMatchObject({ status: 403, heading: 'A second step is needed' });
  expect(pages.outcomeOf(state)).toEqual({});
});

function asked(changes: { acrValues: string[] }) {
  return {
    decisionInput: {
      purpose: 'login' as const,
      client: { id: 'shop', name: 'Acme Bank' },
      scope: ['openid'],
      stepUpScopes: [],
      mfaAudience: false,
      ...changes,
    },
  };
}
