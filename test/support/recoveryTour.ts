import type { Page } from 'playwright-core';
import { codeOf } from './engine.ts';
import type { TestPages } from './pages.ts';
import { fillAndSubmit, type Look, open, openInteraction } from './pageTour.ts';

const person = { username: 'eli@example.com', password: 'seven red apples' };
const on = { enabled: true };
const phone = { ...on, settings: { messageTypes: ['sms', 'voice'], allowedCountries: ['DE'] } };
const codes = { ...on, settings: { codes: 10 } };

/** Goes through the lists of factors, the screens of ten recovery codes, and those where there is no way on. */
export async function tourRecoveryCodes(pages: TestPages, page: Page, look: Look): Promise<void> {
  const { house } = pages;
  const userId = await pages.addPerson(person.username, person.password);
  const factors = { otp: on, phone, email: on, 'webauthn-roaming': on, 'recovery-code': codes };
  await house.setTenant({ factors, showFactorListOnEnrolment: true });
  const signIn = async () => {
    const state = await openInteraction(pages, page);
    await open(pages, page, `/u/login?state=${state}`);
    await fillAndSubmit(page, person);
    return state;
  };

  await signIn();
  await look('factors to enrol, with their strengths');
  await page.click('button[value="otp"]');
  const uri = page.url().replace('-qr?', '-code?');
  await page.goto(uri);
  const secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
  await fillAndSubmit(page, { code: await codeOf(secret, house.clock.now) });
  await look('ten recovery codes');
  const handedOut = ((await page.getAttribute('#shown-code', 'data-code')) ?? '').split('\n');
  await page.check('#saved');
  await fillAndSubmit(page);
  await page.waitForURL('**/application*');
  for (const [label, number] of [
    ['', '+4915112345678'],
    ['My phone at work', '+4915118765432'],
  ] as const)
    await giveNumber(pages, userId, label, number);
  house.clock.advance(60);

  const state = await signIn();
  await open(pages, page, `/u/mfa-login-options?state=${state}`);
  await look('other methods, several of a kind');
  await spendCodes(pages, userId, handedOut.slice(3));
  await page.click('button[value="recovery-code"]');
  await fillAndSubmit(page, { code: handedOut[0] ?? '' });
  await look('few recovery codes');
  await page.click('button[value="new-codes"]');
  await look('ten new recovery codes');
  house.clock.advance(60);

  await house.setTenant({ factors: { 'webauthn-platform': on } });
  await signIn();
  await look('all methods switched off');
  await page.click('button[value="leave"]');
  await page.waitForURL('**/application*');
  await house.setTenant({ factors: {} });
  await pages.addPerson('fay@example.com', person.password);
  await open(pages, page, `/u/login?state=${await openInteraction(pages, page)}`);
  await fillAndSubmit(page, { ...person, username: 'fay@example.com' });
  await look('nothing to set up');
}

/** A confirmed number, as if the person had enrolled it. */
async function giveNumber({ house }: TestPages, userId: string, label: string, number: string) {
  const id = `phone|dev_${number.slice(1)}`;
  const context = `authentication_methods.state_encrypted:${userId}:${id}`;
  await house.database.db
    .insertInto('authentication_methods')
    .values({
      id,
      user_id: userId,
      factor: 'phone',
      state_encrypted: house.vault.encrypt(
        JSON.stringify({ number, country: 'DE', display: number }),
        context,
      ),
      revision: 0,
      confirmed_at: house.clock.now,
      transaction_id: null,
      created_at: house.clock.now,
      last_used_at: null,
      label: label || null,
    })
    .execute();
}

/** Takes these codes away, as if they had been used. */
async function spendCodes({ house }: TestPages, userId: string, spent: readonly string[]) {
  const row = await house.database.db
    .selectFrom('authentication_methods')
    .selectAll()
    .where('user_id', '=', userId)
    .where('factor', '=', 'recovery-code')
    .executeTakeFirstOrThrow();
  const context = `authentication_methods.state_encrypted:${userId}:${row.id}`;
  const state = JSON.parse(house.vault.decrypt(row.state_encrypted, context));
  const hashes = new Set(spent.map((code) => house.vault.hash(code, 'factor:recovery-code')));
  const codeHashes = state.codeHashes.filter((hash: string) => !hashes.has(hash));
  await house.database.db
    .updateTable('authentication_methods')
    .set({ state_encrypted: house.vault.encrypt(JSON.stringify({ ...state, codeHashes }), context) })
    .where('id', '=', row.id)
    .execute();
}
