import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is still fading in has too little contrast. What goes on for longer shows the time. */
const animationsToEnd = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime < 5000)
  .map(({ finished }) => finished))`;

/** What axe finds wrong by WCAG 2.2 AA and good practice, in few words. */
export async function accessibilityFaultsOf(page: Page): Promise<string[]> {
  await page.evaluate(animationsToEnd);
  await page.evaluate(axe);
  const results = (await page.evaluate(
    `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(rules)} } })`,
  )) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** How many pixels the page is wider than the window. */
export async function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Buttons, fields and boxes that are lower than 44 px, the label of a box included. */
export async function smallTargetsOf(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('button, a.button, a.tool, select, summary, input:not([type=hidden])')]
    .filter((element) => element.checkVisibility())
    .map((element) => (['checkbox', 'radio'].includes(element.type) ? element.closest('label') : element))
    .filter((element) => element.getBoundingClientRect().height < 43.9)
    .map((element) => element.outerHTML)`);
}
