import type { Db } from '../../../database/database.ts';
import type { Factor } from '../../../mfa/factor.ts';
import { recordedChange } from '../../../mfa/settings/recordedChange.ts';
import type { FactorSettings } from '../../../mfa/settings/settingProperties.ts';
import { readTenantSettings } from '../../../tenant/tenantSettings.ts';
import type { Asked } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { invalidMember, type Problem } from '../problem.ts';
import { recordCall } from '../recordCall.ts';

/** A factor's settings as they are in force. */
export async function settingsOf<Settings>(
  { engine: { registry }, database: { db } }: ManagementDependencies,
  factor: Factor<unknown, Settings>,
): Promise<Settings> {
  return registry.settingsOf(factor, await readTenantSettings(db)) as Settings;
}

/**
 * Changes settings of a factor for an application, in the caller's transaction; logged with it (S-108).
 */
export async function changeSettings(
  trx: Db,
  dependencies: ManagementDependencies,
  asked: Pick<Asked, 'client' | 'context'>,
  factor: Factor,
  change: FactorSettings,
): Promise<{ problem: Problem } | undefined> {
  const { engine, vault, clock, issuer } = dependencies;
  const place = { registry: engine.registry, vault, clock, origin: new URL(issuer).origin };
  const fault = await recordedChange(trx, place, factor, change, (told) =>
    recordCall(trx, dependencies, asked, told),
  );
  return fault && { problem: invalidMember(fault.message, fault.setting) };
}
