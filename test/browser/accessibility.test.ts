import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { createTestPages } from '../support/pages.ts';
import { tourPages } from '../support/pageTour.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

describe('every hosted screen', () => {
  it.each([
    { scheme: 'light', locale: 'en', width: 1280 },
    { scheme: 'dark', locale: 'de', width: 320 },
    { scheme: 'light', locale: 'fr', width: 320 },
    { scheme: 'dark', locale: 'ja', width: 1280 },
  ] as const)(
    'meets WCAG 2.2 AA and doesn’t scroll sideways: $scheme, $locale, $width px',
    async ({ scheme, locale, width }) => {
      const pages = await createTestPages({ isServed: true });
      const context = await browser.newContext({
        colorScheme: scheme,
        locale,
        viewport: { width, height: 720 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      const policyViolations: string[] = [];
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) policyViolations.push(message.text());
      });
      const seen: string[] = [];
      await tourPages(pages, page, async (name) => {
        seen.push(name);
        expect(await page.getAttribute('html', 'lang'), name).toBe(locale);
        expect(await faultsOf(page), name).toEqual([]);
        expect(await overflowOf(page), name).toBe(0);
        expect(await smallTargetsOf(page), name).toEqual([]);
      });
      expect(seen.length).toBeGreaterThan(25);
      expect(policyViolations).toEqual([]);
      await context.close();
      await pages.close();
    },
  );
});

/** What axe finds wrong, in few words. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = (await page.evaluate(
    `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(rules)} } })`,
  )) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** How many pixels the page is wider than the window. */
async function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Buttons, fields and boxes that are lower than 44 px, the label of a box included. */
async function smallTargetsOf(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('button, a.button, a.tool, input:not([type=hidden])')]
    .filter((element) => element.checkVisibility())
    .map((element) => (element.type === 'checkbox' ? element.closest('label') : element))
    .filter((element) => element.getBoundingClientRect().height < 43.9)
    .map((element) => element.outerHTML)`);
}
