import type { FastifyReply } from 'fastify';
import { errorSummary, type FieldError, type FormTarget, form } from '../../ui/form.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import type { TextOf } from '../locale/screenText.ts';
import type { Visit } from '../visit.ts';

/** A screen that consists of one form. */
export interface FormScreen {
  text: TextOf<'pageTitle' | 'title' | 'alertListTitle'>;
  description: string;
  target: FormTarget;
  fields: Markup;
  errors: readonly FieldError[];
  scripts: readonly string[];
  /** What stands below the form. */
  onward?: Fragment;
}

/** Shows a form; 400 when something has to be put right. */
export function showForm(
  visit: Visit,
  { text, description, target, fields, errors, scripts, onward }: FormScreen,
): FastifyReply {
  return visit.show(errors.length > 0 ? 400 : 200, {
    title: text('pageTitle'),
    scripts,
    body: html`<h1>${text('title')}</h1>
<p class="lead">${description}</p>
${errorSummary(text('alertListTitle'), errors)}
${form(target, 'step', fields)}
${onward}`,
  });
}
