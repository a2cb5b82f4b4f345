import { raw } from 'hono/html';
import type { Markup } from './html.ts';

/**
 * Countersign's mark: a seal cut in two along an indented line. The halves are of two colours and
 * fit each other only.
 */
export function mark(): Markup {
  return raw(
    '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">' +
      '<path class="mark-own" d="M14.6 2.1A14 14 0 0 0 14.6 29.9L16.9 25.3L12.5 20.6L17.3 16L12.5 11.4L16.9 6.7Z"/>' +
      '<path class="mark-counter" d="M18.4 2.2A14 14 0 0 1 18.4 29.8L20.4 25.1L16 20.6L20.8 16L16 11.4L20.4 6.9Z"/></svg>',
  );
}
