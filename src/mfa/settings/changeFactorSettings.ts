import { withoutUndefined } from '../../applications/withoutUndefined.ts';
import type { Clock } from '../../config/clock.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Db } from '../../database/database.ts';
import { type TenantSettings, updateTenantSettings } from '../../tenant/tenantSettings.ts';
import type { Factor, SettingsFault } from '../factor.ts';
import type { FactorRegistry } from '../registry.ts';
import { sealSecrets } from './secretSettings.ts';
import type { FactorSettings } from './settingProperties.ts';

/** Where and when settings are changed. */
export interface SettingsPlace {
  registry: FactorRegistry;
  clock: Clock;
  vault: Pick<Vault, 'encrypt'>;
  /** Of the pages, as browsers name it. */
  origin: string;
}

/** `before` and `after` have the defaults filled in; secrets are sealed in both. */
export type SettingsChanged =
  | { outcome: 'changed'; before: FactorSettings; after: FactorSettings }
  | { outcome: 'refused'; fault: SettingsFault };

/**
 * Changes settings of a factor, inside the caller's transaction, from the next request on. `change` has values
 * of the schema's form; one that is there and undefined goes back to its default. Only what was decided is
 * stored. Refused where the factor finds that the whole makes no sense.
 */
export async function changeFactorSettings(
  trx: Db,
  { registry, clock, vault, origin }: SettingsPlace,
  factor: Factor,
  change: FactorSettings,
): Promise<SettingsChanged> {
  const settingsOf = (tenant: TenantSettings) => registry.settingsOf(factor, tenant) as FactorSettings;
  // Takes the row's lock, so that what is judged is what will be stored.
  const tenant = await updateTenantSettings(trx, clock(), (settings) => settings);
  const changed = withSettings(tenant, factor.name, sealSecrets(vault, factor, change));
  const fault = await factor.checkSettings?.(settingsOf(changed), { db: trx, origin });
  if (fault) return { outcome: 'refused', fault };
  await updateTenantSettings(trx, clock(), () => changed);
  return { outcome: 'changed', before: settingsOf(tenant), after: settingsOf(changed) };
}

function withSettings(tenant: TenantSettings, name: string, change: FactorSettings): TenantSettings {
  const stored = tenant.factors[name];
  const settings = withoutUndefined({ ...(stored?.settings as FactorSettings | undefined), ...change });
  return {
    ...tenant,
    factors: { ...tenant.factors, [name]: { enabled: stored?.enabled === true, settings } },
  };
}
