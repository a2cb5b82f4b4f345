import type { Page } from 'playwright-core';
import type { Visitor } from './hostedPages.ts';

/** A person at a page of real Chromium. */
export function chromiumVisitor(page: Page, issuer: string): Visitor {
  const { origin } = new URL(issuer);
  const click = async (selector: string) => {
    const before = page.url();
    await page.click(selector);
    await page.waitForURL((url) => url.href !== before, { waitUntil: 'load' });
  };
  return {
    get screen() {
      const url = new URL(page.url());
      return url.origin === origin ? /^\/u\/(.+)$/.exec(url.pathname)?.[1] : undefined;
    },
    async submit(fields) {
      for (const [name, value] of Object.entries(fields)) {
        const field = page.locator(`#step [name="${name}"]`);
        if ((await field.getAttribute('type')) === 'checkbox') await field.check();
        else await field.fill(value);
      }
      await click('#step button[value="default"]');
    },
    press: (action) => click(`button[value="${action}"]`),
    shownCode: async () => (await page.getAttribute('#shown-code', 'data-code')) ?? '',
  };
}
