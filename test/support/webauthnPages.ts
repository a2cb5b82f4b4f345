import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { person } from './pageFlows.ts';
import { createTestPages, type TestPages } from './pages.ts';
import { fillAndSubmit, open, openInteraction } from './pageTour.ts';

const on = { enabled: true };

/** Security keys and devices beside the authenticator app and the recovery code. */
export const webauthnFactors = {
  'webauthn-platform': on,
  'webauthn-roaming': on,
  otp: on,
  'recovery-code': on,
};

/** The served pages with a second factor demanded, and a person's browser. */
export interface WebauthnPages {
  pages: TestPages;
  context: BrowserContext;
  page: Page;
  userId: string;
  /** Opens another browser in place of the present one. */
  openBrowser(options?: BrowserContextOptions): Promise<Page>;
  /** Begins a login and gives the password; returns its `state`. */
  signIn(username?: string): Promise<string>;
  close(): Promise<void>;
}

export async function openWebauthnPages(browser: Browser): Promise<WebauthnPages> {
  const pages = await createTestPages({ isServed: true });
  const userId = await pages.addPerson(person.email, person.password);
  const rememberBrowser = { enabled: false, idleDays: 7, absoluteDays: 30 };
  await pages.house.setTenant({ policy: 'always', factors: webauthnFactors, rememberBrowser });
  const first = await browser.newContext({ locale: 'en' });
  const scene: WebauthnPages = {
    pages,
    userId,
    context: first,
    page: await first.newPage(),
    async openBrowser(options = {}) {
      await scene.context.close();
      scene.context = await browser.newContext({ locale: 'en', ...options });
      scene.page = await scene.context.newPage();
      return scene.page;
    },
    async signIn(username = person.email) {
      const state = await openInteraction(pages, scene.page);
      await open(pages, scene.page, `/u/login?state=${state}`);
      await fillAndSubmit(scene.page, { username, password: person.password });
      return state;
    },
    async close() {
      await scene.context.close();
      await pages.close();
    },
  };
  return scene;
}

/** Presses the button that hands the challenge to the browser. */
export async function startCeremony(page: Page): Promise<void> {
  await page.click('.ceremony .primary:not([disabled])');
}

/** Stores the recovery code and goes back to the application. */
export async function keepRecoveryCode(page: Page): Promise<void> {
  await page.waitForURL('**/u/mfa-recovery-code-enrollment*');
  await page.check('#saved');
  await fillAndSubmit(page);
  await page.waitForURL('**/application*');
}
