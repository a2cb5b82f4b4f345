import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { Factor } from '../factor.ts';
import type { EngineParts } from '../parts.ts';

/** A factor that operators hand out. */
export type PassFactor = Factor & Required<Pick<Factor, 'handedOut'>>;

/** The one that is switched on. */
export function findPassFactor(
  { registry }: Pick<EngineParts, 'registry'>,
  settings: TenantSettings,
): PassFactor | undefined {
  return registry.enabled(settings).find((factor): factor is PassFactor => factor.handedOut !== undefined);
}
