import { html as escapingTemplate } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** HTML that is safe to send: every text in it was escaped. */
export type Markup = HtmlEscapedString;

/** What may stand in a template: text (escaped), markup (as it is), lists; nothing for the rest. */
export type Fragment = string | number | Markup | false | null | undefined | readonly Fragment[];

/**
 * Template literal that escapes every text put into it, in element content and in quoted
 * attributes alike (S-88). Attributes must be quoted.
 */
export function html(strings: TemplateStringsArray, ...values: Fragment[]): Markup {
  // The library answers with a promise only when a value is one, and `Fragment` admits none.
  return escapingTemplate(strings, ...values) as Markup;
}
