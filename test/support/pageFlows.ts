import { codeOf } from './engine.ts';
import { FormBrowser, type PageAnswer } from './formBrowser.ts';
import type { TestPages } from './pages.ts';

export const person = { email: 'ann@example.com', password: 'seven green apples' };

type Changes = Parameters<TestPages['begin']>[0];

/** A browser in which an application has just begun a login. */
export function beginLogin(pages: TestPages, changes?: Changes): { browser: FormBrowser; state: string } {
  const { state, cookie } = pages.begin(changes);
  return { browser: new FormBrowser(pages.app, cookie), state };
}

/** Begins a login and gives the right password; ends at the page that comes next. */
export async function givePassword(
  pages: TestPages,
  changes?: Changes,
  abilities: Readonly<Record<string, string>> = {},
): Promise<{ browser: FormBrowser; state: string; next: PageAnswer }> {
  const { browser, state } = beginLogin(pages, changes);
  browser.abilities = abilities;
  await browser.get(`/u/login?state=${state}`);
  const answer = await browser.submit({ username: person.email, password: person.password });
  return { browser, state, next: await browser.follow(answer) };
}

/** What is shown for a person to copy. */
export function shownCode(body: string): string {
  const code = /data-code="([^"]*)"/.exec(body)?.[1];
  if (!code) throw new Error('The page shows no code.');
  return code;
}

/** Signs in for the first time: enrols an authenticator app and stores the recovery code. */
export async function enrolByPages(
  pages: TestPages,
): Promise<{ browser: FormBrowser; state: string; secret: string; recoveryCode: string }> {
  const { browser, state } = await givePassword(pages);
  const keyPage = await browser.get(`/u/mfa-otp-enrollment-code?state=${state}`);
  const secret = shownCode(keyPage.body);
  const revealed = await browser.follow(
    await browser.submit({ code: await codeOf(secret, pages.house.clock.now) }),
  );
  const recoveryCode = shownCode(revealed.body);
  await browser.submit({ saved: 'on' });
  pages.house.clock.advance(30);
  return { browser, state, secret, recoveryCode };
}
