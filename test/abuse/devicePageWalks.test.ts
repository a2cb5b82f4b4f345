import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeviceInHand, deviceInHand } from '../support/deviceInHand.ts';
import type { FormBrowser } from '../support/formBrowser.ts';
import { beginLogin, givePassword, person } from '../support/pageFlows.ts';
import { createTestPages, type TestPages } from '../support/pages.ts';
import { randomNumbers } from './randomNumbers.ts';

const walks = 120;
const stepsEach = 25;

const names = [
  'mfa',
  'mfa-login-options',
  'mfa-push-challenge-push',
  'mfa-push-enrollment-qr',
  'mfa-push-enrollment-code',
  'mfa-push-list',
  'mfa-otp-challenge',
  'mfa-answer',
];
const actions = [
  'default',
  'resend-code',
  'renew',
  'enter-otp-code',
  'pick-authenticator',
  'pick-method',
  'back-action',
  'push-notification',
  'otp',
  '',
];

let pages: TestPages;
let device: DeviceInHand;

beforeAll(async () => {
  pages = await createTestPages();
  await pages.addPerson(person.email, person.password);
  const on = { enabled: true };
  await pages.house.setTenant({ policy: 'always', factors: { 'push-notification': on, otp: on } });
  const { browser, state } = await givePassword(pages);
  const { body } = await browser.get(`/u/mfa-push-enrollment-code?state=${state}`);
  device = deviceInHand(pages.house);
  await device.enrol(/href="([^"]*#add=[^"]*)"/.exec(body)?.[1] ?? '');
  await browser.submit({});
  pages.house.clock.advance(3600);
});

afterAll(() => pages.close());

describe('S-36 random walks through the pages that wait for a device', () => {
  it(`${walks * stepsEach} steps in any order never finish a login that the device didn’t approve`, async () => {
    const random = randomNumbers(20_260_115);
    let answers = 0;
    for (let walk = 0; walk < walks; walk += 1) {
      const { browser, state } = beginLogin(pages);
      const csrf = await formTokenOf(browser, state);
      await browser.follow(await browser.submit({ username: person.email, password: person.password }));
      const taken: string[] = [];
      for (let step = 0; step < stepsEach; step += 1) {
        if (random(12) === 0 && (await device.request())) {
          // A no, or a yes by who didn't see the page.
          const answer = random(2) === 0 ? await device.deny() : await device.approve('00');
          taken.push(JSON.stringify(answer));
          answers += 1;
        }
        taken.push(await takeStep(browser, { state, csrf }, random));
        expect(pages.outcomeOf(state), taken.join('\n')).toEqual({});
      }
      const { db } = pages.house.database;
      for (const table of ['throttles', 'device_denials', 'second_factor_locks'] as const)
        await db.deleteFrom(table).execute();
      pages.house.clock.advance(300);
    }
    expect(answers).toBeGreaterThan(walks / 4);
  }, 300_000);

  it('and an honest login still works after them', async () => {
    const { browser, state, next } = await givePassword(pages);
    await device.approve(/class="match-number">(\d\d)</.exec(next.body)?.[1] ?? '');
    await browser.submit({});
    expect(pages.outcomeOf(state).finished?.proofs.at(-1)?.factor).toBe('push-notification');
  });
});

async function takeStep(
  browser: FormBrowser,
  { state, csrf }: { state: string; csrf: string },
  random: (below: number) => number,
): Promise<string> {
  const name = names[random(names.length)] as string;
  const path = `/u/${name}?state=${state}`;
  // The script's question would be held back while there is no answer.
  if (name !== 'mfa-answer' && random(3) === 0) {
    const { status } = await browser.get(path);
    expect(status).toBeLessThan(500);
    return `GET ${name} ${status}`;
  }
  const fields: Record<string, string> = {
    state,
    csrf,
    action: actions[random(actions.length)] as string,
    ...(random(3) === 0 ? { code: '000000', proof: 'true', number: '42' } : {}),
    ...(random(2) === 0 ? { rememberBrowser: 'true' } : {}),
  };
  const { status, location } = await browser.post(path, fields);
  expect(status).toBeLessThan(500);
  return `POST ${name} ${JSON.stringify({ ...fields, csrf: undefined })} ${status} ${location}`;
}

async function formTokenOf(browser: FormBrowser, state: string): Promise<string> {
  const { body } = await browser.get(`/u/login?state=${state}`);
  return /name="csrf" value="([^"]*)"/.exec(body)?.[1] ?? '';
}
