import type { TenantSettings } from '../../tenant/tenantSettings.ts';

/** The settings with a factor on or off; its own settings stay. */
export function withFactor(settings: TenantSettings, name: string, enabled: boolean): TenantSettings {
  return {
    ...settings,
    factors: { ...settings.factors, [name]: { ...settings.factors[name], enabled } },
  };
}
