import { type FormTarget, form } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';

/** Something that is done only after a second look. */
export interface Question {
  /** Whom it concerns, where the heading doesn't say so. */
  about?: string;
  target: FormTarget;
  /** What it brings about, a sentence each. */
  effects: readonly string[];
  button: string;
  isDangerous: boolean;
  /** Where no leads. */
  cancelPath: string;
}

/** What would happen, a button that does it, and a way back. */
export function question({ about, target, effects, button, isDangerous, cancelPath }: Question): Markup {
  const buttons = html`<div class="answers">
<button class="primary${isDangerous && ' danger'}" type="submit">${button}</button>
<a class="button secondary" href="${cancelPath}">Cancel</a>
</div>`;
  return html`<section class="card">
${about && html`<p class="account"><span>Account</span> <strong>${about}</strong></p>`}
<ul class="effects">${effects.map((effect) => html`<li>${effect}</li>`)}</ul>
${form(target, 'question', buttons)}
</section>`;
}
