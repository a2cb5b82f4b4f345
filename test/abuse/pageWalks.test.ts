import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../support/engine.ts';
import type { FormBrowser } from '../support/formBrowser.ts';
import { beginLogin, enrolByPages, person } from '../support/pageFlows.ts';
import { createTestPages, type TestPages } from '../support/pages.ts';
import { randomNumbers } from './randomNumbers.ts';

const walks = 400;
const stepsEach = 25;

const names = [
  'login',
  'signup',
  'mfa',
  'mfa-login-options',
  'mfa-begin-enroll-options',
  'mfa-otp-enrollment-qr',
  'mfa-otp-enrollment-code',
  'mfa-otp-challenge',
  'mfa-recovery-code-enrollment',
  'mfa-recovery-code-challenge',
  'mfa-recovery-code-challenge-new-code',
  'mfa-recovery-codes-enrollment',
  'mfa-recovery-codes-new',
  'mfa-recovery-codes-few',
  'mfa-blocked',
  'mfa-enroll-replacement',
  'consent',
];
const actions = [
  'default',
  'pick-authenticator',
  'toggle-view',
  'back-action',
  'skip',
  'otp',
  'recovery-code',
  'new-codes',
  'retry',
  'accept',
  '',
];

let pages: TestPages;
let secret: string;
let userId: string;

beforeAll(async () => {
  pages = await createTestPages();
  userId = await pages.addPerson(person.email, person.password);
  // The walks post wrong codes at will; the lock has tests of its own.
  const secondFactorLock = { failures: 100_000, minutes: [15] };
  await pages.house.setTenant({ policy: 'always', secondFactorLock });
  ({ secret } = await enrolByPages(pages));
});

afterAll(() => pages.close());

describe('S-36 random walks through the pages', () => {
  it(`${walks * stepsEach} steps in any order never finish a login without a right code`, async () => {
    const random = randomNumbers(20_260_115);
    for (let walk = 0; walk < walks; walk += 1) {
      const { browser, state } = beginLogin(pages);
      const csrf = await formTokenOf(browser, state);
      const wrongCode = await codeThatIsWrong();
      // Half of them start behind the password.
      if (walk % 2 === 0) await browser.submit({ username: person.email, password: person.password });
      const taken: string[] = [];
      for (let step = 0; step < stepsEach; step += 1) {
        taken.push(await takeStep(browser, { state, csrf, wrongCode }, random));
        expect(pages.outcomeOf(state), taken.join('\n')).toEqual({});
      }
      await pages.house.database.db.deleteFrom('throttles').execute();
      pages.house.clock.advance(60);
    }
    const failures = (await pages.house.eventTypes(userId)).filter((type) => type.endsWith('_failed'));
    expect(failures.length, 'codes that were judged').toBeGreaterThan(walks / 4);
  }, 300_000);

  it('and an honest login still works after them', async () => {
    const { browser, state } = beginLogin(pages);
    await browser.get(`/u/login?state=${state}`);
    await browser.follow(await browser.submit({ username: person.email, password: person.password }));
    await browser.submit({ code: await codeOf(secret, pages.house.clock.now) });
    expect(pages.outcomeOf(state).finished?.proofs.map(({ factor }) => factor)).toEqual(['password', 'otp']);
  });
});

async function takeStep(
  browser: FormBrowser,
  { state, csrf, wrongCode }: { state: string; csrf: string; wrongCode: string },
  random: (below: number) => number,
): Promise<string> {
  const name = names[random(names.length)] as string;
  const path = `/u/${name}?state=${state}`;
  if (random(3) === 0) {
    const { status } = await browser.get(path);
    expect(status).toBeLessThan(500);
    return `GET ${name} ${status}`;
  }
  const fields: Record<string, string> = {
    state,
    csrf,
    action: actions[random(actions.length)] as string,
    // The right password most of the time, so that the steps behind it are reached.
    username: person.email,
    password: random(4) === 0 ? 'wrong' : person.password,
    ...(random(2) === 0 ? { code: random(2) === 0 ? wrongCode : 'A'.repeat(24) } : {}),
    ...(random(2) === 0 ? { saved: 'on', rememberBrowser: 'true' } : {}),
  };
  const { status, location } = await browser.post(path, fields);
  expect(status).toBeLessThan(500);
  return `POST ${name} ${JSON.stringify({ ...fields, csrf: undefined })} ${status} ${location}`;
}

async function formTokenOf(browser: FormBrowser, state: string): Promise<string> {
  const { body } = await browser.get(`/u/login?state=${state}`);
  return /name="csrf" value="([^"]*)"/.exec(body)?.[1] ?? '';
}

/** Six digits that are right neither now nor a step before or after. */
async function codeThatIsWrong(): Promise<string> {
  const near = [-30_000, 0, 30_000].map((offset) => codeOf(secret, pages.house.clock.now + offset));
  const right = await Promise.all(near);
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) as string;
}
