import { html, type Markup } from '../ui/html.ts';
import { pageText } from './locale/screenText.ts';
import type { Visit } from './visit.ts';

/**
 * A link back to the application that a message belongs to, where it is known and has a page to go to. The
 * address is one that the application registered, never one of the request (S-74).
 */
export async function wayOn(visit: Visit, clientId: string | undefined): Promise<Markup | undefined> {
  const page = clientId === undefined ? undefined : await visit.parts.findLandingPage(clientId);
  if (page?.url === undefined) return undefined;
  const text = pageText(visit.locale, 'common', 'common', { ...visit.variables, clientName: page.name });
  return html`<p><a class="button primary" href="${page.url}">${text('backToApplicationText')}</a></p>`;
}
