import { type Fragment, html, type Markup } from '../../ui/html.ts';

/** Names with their values, in order; values that are absent are shown as a dash. */
export function facts(entries: readonly (readonly [name: string, value: Fragment])[]): Markup {
  return html`<dl class="facts">${entries.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value || '–'}</dd></div>`,
  )}</dl>`;
}
