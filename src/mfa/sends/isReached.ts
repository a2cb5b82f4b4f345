import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { Factor } from '../factor.ts';
import type { FactorRegistry } from '../registry.ts';

/** Whether anything is sent to a method of this state, by the settings as they are now. */
export function isReached(
  registry: FactorRegistry,
  settings: TenantSettings,
  factor: Factor,
  state: unknown,
): boolean {
  return factor.sending?.isAllowed(state, registry.settingsOf(factor, settings)) ?? true;
}
