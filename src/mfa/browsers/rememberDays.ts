import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { DecisionInput } from '../transaction.ts';

/** How many days a remembered browser counts for an application; 0 where none does. */
export function rememberDays(
  { rememberBrowser }: TenantSettings,
  client: Pick<DecisionInput['client'], 'rememberBrowserDays'>,
): number {
  return rememberBrowser.enabled ? (client.rememberBrowserDays ?? rememberBrowser.absoluteDays) : 0;
}
