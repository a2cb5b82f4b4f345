import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf } from '../../test/support/engine.ts';
import { givePassword, person, shownCode } from '../../test/support/pageFlows.ts';
import { createTestPages, type TestPages } from '../../test/support/pages.ts';

let pages: TestPages;

beforeEach(async () => {
  pages = await createTestPages();
  await pages.addPerson(person.email, person.password);
  await handOut(10);
});

afterEach(() => pages.close());

const handOut = (codes: 1 | 10) =>
  pages.house.setTenant({
    policy: 'always',
    factors: { otp: { enabled: true }, 'recovery-code': { enabled: true, settings: { codes } } },
  });

/** Signs in for the first time; ends at the page with the codes. */
async function enrol() {
  const { browser, state } = await givePassword(pages);
  const secret = shownCode((await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`)).body);
  const code = await codeOf(secret, pages.house.clock.now);
  const revealed = await browser.follow(await browser.submit({ code }));
  pages.house.clock.advance(30);
  return { browser, state, revealed, codes: shownCode(revealed.body).split('\n') };
}

/** Signs in with a recovery code; ends at the page that comes next. */
async function use(code = '') {
  const { browser, state } = await givePassword(pages);
  await browser.get(`/u/mfa-recovery-code-challenge?state=${state}`);
  const next = await browser.follow(await browser.submit({ code }));
  pages.house.clock.advance(1);
  return { browser, state, next };
}

it('shows ten codes, to copy, to print and as a file, until the box is ticked', async () => {
  const { browser, state, revealed, codes } = await enrol();
  expect(revealed.heading).toBe('Keep these recovery codes');
  expect(codes).toHaveLength(10);
  expect(revealed.body.match(/<li><span><span class="group">/g)).toHaveLength(10);
  const file = await browser.get(`/u/mfa-recovery-codes-enrollment?state=${state}&download=true`);
  expect(file.headers['content-disposition']).toBe('attachment; filename="recovery-code.txt"');
  for (const code of codes) expect(file.body).toContain(`\n${code.match(/.{4}/g)?.join(' ')}\n`);
  await browser.get(`/u/mfa-recovery-codes-enrollment?state=${state}`);
  expect((await browser.submit({})).body).toContain('Tick the box once you have stored the codes.');
  expect((await browser.submit({ saved: 'on' })).location).toBe(`/authorize/${state}`);
});

it('S-36 a screen for one code shows no list, nor the other way round', async () => {
  const { browser, state } = await enrol();
  const answer = await browser.get(`/u/mfa-recovery-code-enrollment?state=${state}`);
  expect(answer.location).toBe(`/u/mfa-recovery-codes-enrollment?state=${state}`);
});

it('goes on without a word about the codes while there are enough', async () => {
  const { browser, codes } = await enrol();
  await browser.submit({ saved: 'on' });
  expect((await use(codes[0])).next.heading).toBe('Lost your usual method?');
});

async function runLow() {
  const { browser, codes } = await enrol();
  await browser.submit({ saved: 'on' });
  for (const code of codes.slice(0, 6)) await use(code);
  return { codes, ...(await use(codes[6])) };
}

it('says when few are left, and goes on where the person wants that', async () => {
  const { browser, next } = await runLow();
  expect(next.heading).toBe('Recovery codes left: 3');
  expect((await browser.follow(await browser.submit({}))).heading).toBe('Lost your usual method?');
});

it('makes new ones on request, which are then the only ones', async () => {
  const { browser, state, codes } = await runLow();
  const renewed = await browser.follow(await browser.submit({ action: 'new-codes' }));
  expect(renewed.heading).toBe('Here are your new recovery codes');
  const [code] = shownCode(renewed.body).split('\n');
  expect((await browser.get(`/u/mfa-recovery-codes-few?state=${state}`)).location).toContain(
    '/u/mfa-recovery-codes-new',
  );
  await browser.get(`/u/mfa-recovery-codes-new?state=${state}`);
  await browser.follow(await browser.submit({ saved: 'on' }));
  await browser.submit({ action: 'skip' });
  expect(pages.outcomeOf(state).finished).toBeDefined();
  expect((await use(codes[8])).next.body).toContain('This recovery code isn’t right.');
  expect((await use(code)).next.heading).toBe('Lost your usual method?');
});

it('tells by mail how many are left', async () => {
  await runLow();
  const notice = pages.house.notices.at(-1);
  expect(notice).toMatchObject({ template: 'recovery_code_used', remaining: 3 });
});

it('offers the list beside the code that replaces a single one', async () => {
  await handOut(1);
  const { browser, codes } = await enrol();
  await browser.submit({ saved: 'on' });
  await handOut(10);
  const used = await use(codes[0]);
  expect(used.next.heading).toBe('Here’s your new recovery code');
  const renewed = await used.browser.follow(await used.browser.submit({ action: 'new-codes' }, 'aside'));
  expect(shownCode(renewed.body).split('\n')).toHaveLength(10);
});

it('offers no list where there is none', async () => {
  await handOut(1);
  const { browser, codes } = await enrol();
  await browser.submit({ saved: 'on' });
  const { next } = await use(codes[0]);
  expect(next.body).not.toContain('new-codes');
});
