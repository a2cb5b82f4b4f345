import { raw } from 'hono/html';
import type { Markup } from './html.ts';

/**
 * The wavy cut between counterfoil and slip. An indenture was a contract cut in two along such a
 * line: the halves that fit prove each other, which is what a countersign does.
 */
export function indenture(): Markup {
  return raw(
    '<svg class="indenture" aria-hidden="true" focusable="false"><defs>' +
      '<pattern id="wave" width="20" height="10" patternUnits="userSpaceOnUse">' +
      '<path d="M0 5C3.6 5 6.4 1 10 1S16.4 5 20 5V10H0Z" transform="translate(0 1)"/></pattern></defs>' +
      '<rect width="100%" height="10" fill="url(#wave)"/></svg>',
  );
}
