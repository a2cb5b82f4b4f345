import { html, type Markup } from '../../ui/html.ts';

const format = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

/** A moment, in UTC because operators are in many places: `24 Nov 2026, 14:38:12`. Epoch milliseconds. */
export function timeElement(at: number): Markup {
  return html`<time datetime="${new Date(at).toISOString()}">${format.format(at)}</time>`;
}

/** The same, where it may never have happened. */
export function timeOrNever(at: number | undefined): Markup | string {
  return at === undefined ? 'never' : timeElement(at);
}
