import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { html, type Markup } from '../../ui/html.ts';
import type { TextOf } from '../locale/screenText.ts';
import { supportAddress } from './supportAddress.ts';

/** Whom to ask where the page itself can't help; the link only where the tenant names somebody. */
export function contact(settings: TenantSettings, text: TextOf<'contactText' | 'contactLinkText'>): Markup {
  const support = supportAddress(settings);
  return html`<p>${text('contactText')}</p>
${support && html`<p><a class="button secondary" href="${support}" rel="noopener">${text('contactLinkText')}</a></p>`}`;
}
