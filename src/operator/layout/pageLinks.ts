import { html, type Markup } from '../../ui/html.ts';

/** A link to a neighbouring part of a list. */
interface PageLink {
  path: string;
  text: string;
}

/** Links to the parts before and after this one; nothing where there is neither. */
export function pageLinks(links: readonly (PageLink | undefined)[]): Markup | undefined {
  const there = links.filter((link) => link !== undefined);
  if (there.length === 0) return undefined;
  return html`<nav class="page-links" aria-label="Pages">${there.map(
    ({ path, text }) => html`<a class="tool" href="${path}">${text}</a>`,
  )}</nav>`;
}

/** An address with those parameters that have a value. */
export function pathWith(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}
