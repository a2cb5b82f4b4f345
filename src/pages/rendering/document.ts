import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { Assets } from '../../ui/assets.ts';
import { html, type Markup } from '../../ui/html.ts';
import { renderSlip, type View } from '../../ui/slip.ts';
import { directionOf } from '../locale/direction.ts';
import { pageText } from '../locale/screenText.ts';
import { supportAddress } from './supportAddress.ts';

/** What every document of one answer shares. */
export interface DocumentContext {
  assets: Assets;
  settings: TenantSettings;
  locale: string;
}

/** The whole document: a slip with the tenant's name, and where to find help. */
export function renderDocument({ assets, settings, locale }: DocumentContext, view: View): string {
  const direction = directionOf(locale);
  const footer = supportFooter(settings, locale);
  return renderSlip({ assets, locale, direction, name: settings.friendlyName, footer }, view);
}

function supportFooter(settings: TenantSettings, locale: string): Markup | undefined {
  const address = supportAddress(settings);
  if (!address) return undefined;
  const text = pageText(locale, 'status', 'status', {});
  return html`<footer class="support">${text('supportText')} <a href="${address}" rel="noopener">${text('supportLinkText')}</a></footer>`;
}
