import type { Liquid, Template } from 'liquidjs';
import { escapingLiquid, plainLiquid } from './liquidEnvironment.ts';

/** What a template can reach: texts, and objects and lists of them, no object of the program (S-88). */
export type TemplateValue = string | readonly TemplateValue[] | { readonly [name: string]: TemplateValue };
export type TemplateValues = Readonly<Record<string, TemplateValue>>;

const longestResult = 200_000;
const mostParsed = 500;
const parsed = { plain: new Map<string, Template[]>(), html: new Map<string, Template[]>() };

/** Plain text of a template. @throws Liquid's error for what is wrong with it. */
export function renderPlain(source: string, values: TemplateValues): string {
  return render(plainLiquid, parsed.plain, source, values);
}

/** HTML of a template, with every value escaped. @throws as `renderPlain`. */
export function renderHtml(source: string, values: TemplateValues): string {
  return render(escapingLiquid, parsed.html, source, values);
}

function render(
  liquid: Liquid,
  known: Map<string, Template[]>,
  source: string,
  values: TemplateValues,
): string {
  let template = known.get(source);
  if (!template) {
    // Operators edit templates; what they had before must not stay for ever.
    if (known.size >= mostParsed) known.clear();
    template = liquid.parse(source);
    known.set(source, template);
  }
  const result = String(liquid.renderSync(template, values));
  if (result.length > longestResult) throw new RangeError(`longer than ${longestResult} characters`);
  return result;
}
