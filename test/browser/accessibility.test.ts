import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaultsOf, overflowOf, smallTargetsOf } from '../support/accessibility.ts';
import { launchChromium } from '../support/chromium.ts';
import { tourErrands } from '../support/errandTour.ts';
import { createTestPages } from '../support/pages.ts';
import { tourPages } from '../support/pageTour.ts';
import { tourPush } from '../support/pushTour.ts';
import { tourRecoveryCodes } from '../support/recoveryTour.ts';
import { tourWebauthn } from '../support/webauthnTour.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

describe('every hosted screen', () => {
  it.each([
    { scheme: 'light', locale: 'en', width: 1280, isJudgedByAxe: true },
    { scheme: 'dark', locale: 'de', width: 320, isJudgedByAxe: true },
    // Other words in the same colours: they may be too long.
    { scheme: 'light', locale: 'fr', width: 320, isJudgedByAxe: false },
    { scheme: 'dark', locale: 'ja', width: 1280, isJudgedByAxe: false },
  ] as const)(
    'meets WCAG 2.2 AA and doesn’t scroll sideways: $scheme, $locale, $width px',
    async ({ scheme, locale, width, isJudgedByAxe }) => {
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
      const look = async (name: string) => {
        seen.push(name);
        expect(await page.getAttribute('html', 'lang'), name).toBe(locale);
        if (isJudgedByAxe) expect(await accessibilityFaultsOf(page), name).toEqual([]);
        expect(await overflowOf(page), name).toBe(0);
        expect(await smallTargetsOf(page), name).toEqual([]);
      };
      await tourPages(pages, page, look);
      await tourWebauthn(pages, page, look);
      await tourPush(pages, page, look);
      await tourRecoveryCodes(pages, page, look);
      await tourErrands(pages, page, look);
      expect(seen.length).toBeGreaterThan(50);
      expect(policyViolations).toEqual([]);
      await context.close();
      await pages.close();
    },
    180_000,
  );
});
