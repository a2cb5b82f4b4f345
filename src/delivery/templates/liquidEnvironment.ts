import { Liquid } from 'liquidjs';

/** Longest template, characters. */
export const longestSource = 100_000;

/** Of Auth0's tags all but those that load other files; nothing else is known. */
const tags = [
  '#',
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'cycle',
  'decrement',
  'echo',
  'for',
  'if',
  'increment',
  'raw',
  'tablerow',
  'unless',
] as const;

/** What changes text, numbers and lists. `raw` would undo the escaping, the others look into objects or hash. */
const filters = [
  'abs',
  'append',
  'at_least',
  'at_most',
  'capitalize',
  'ceil',
  'compact',
  'concat',
  'date',
  'default',
  'divided_by',
  'downcase',
  'escape',
  'first',
  'floor',
  'join',
  'last',
  'lstrip',
  'map',
  'minus',
  'modulo',
  'plus',
  'prepend',
  'remove',
  'remove_first',
  'replace',
  'replace_first',
  'reverse',
  'round',
  'rstrip',
  'size',
  'slice',
  'sort',
  'split',
  'squish',
  'strip',
  'strip_newlines',
  'times',
  'truncate',
  'truncatewords',
  'uniq',
  'upcase',
  'url_encode',
] as const;

/** Names of the tags and filters that a template may use. */
export const liquidWords: { tags: readonly string[]; filters: readonly string[] } = { tags, filters };

/**
 * Liquid for messages: no files and no includes, only own properties of the values it is given (S-88), a
 * bounded amount of text, memory and time, and an error for every unknown variable, filter and tag.
 */
export const plainLiquid: Liquid = strictLiquid();

/** The same for HTML: every value is escaped where it is put in, and no filter can undo that (S-95). */
export const escapingLiquid: Liquid = strictLiquid('escape');

function strictLiquid(outputEscape?: 'escape'): Liquid {
  const liquid = new Liquid({
    templates: {},
    globals: {},
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    parseLimit: longestSource,
    renderLimit: 500,
    memoryLimit: 1e6,
    timezoneOffset: 0,
    locale: 'en',
    ...(outputEscape && { outputEscape }),
  });
  keepOnly(liquid.tags, tags);
  keepOnly(liquid.filters, filters);
  escapeOnce(liquid);
  return liquid;
}

/** So that `{{ x | escape }}`, which Auth0's templates are full of, isn't escaped a second time. */
function escapeOnce(liquid: Liquid): void {
  liquid.registerFilter('escape', { handler: escapeHtml, raw: true });
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

function escapeHtml(value: unknown): string {
  return String(value ?? '').replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function keepOnly(words: Record<string, unknown>, kept: readonly string[]): void {
  for (const word of Object.keys(words)) if (!kept.includes(word)) delete words[word];
}
