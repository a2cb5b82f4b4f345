import { html, type Markup } from '../../ui/html.ts';

/** `good` and `bad` are states to be glad or worried about, `open` one to look after. */
export type Tone = 'plain' | 'good' | 'open' | 'bad';

/** A state in a word or two. The colour only underlines it. */
export function badge(text: string, tone: Tone = 'plain'): Markup {
  return html`<span class="badge badge-${tone}">${text}</span>`;
}
