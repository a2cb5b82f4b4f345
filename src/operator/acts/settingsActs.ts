import type { Factor, SettingsFault } from '../../mfa/factor.ts';
import { changeFactorSettings } from '../../mfa/settings/changeFactorSettings.ts';
import { describeChange, type FactorSettings } from '../../mfa/settings/settingProperties.ts';
import type { OperatorVisit } from '../visit.ts';
import { recordAct } from './actor.ts';

/**
 * Changes settings of a factor, from the next request on. Logged with what they were before (S-108).
 *
 * @returns what makes no sense about them; nothing is changed then.
 */
export function changeSettings(
  visit: OperatorVisit,
  factor: Factor,
  change: FactorSettings,
): Promise<SettingsFault | undefined> {
  const { database, clock, vault, engine, publicUrl } = visit.parts;
  const place = { registry: engine.registry, clock, vault, origin: new URL(publicUrl).origin };
  return database.transaction(async (trx) => {
    const changed = await changeFactorSettings(trx, place, factor, change);
    if (changed.outcome === 'refused') return changed.fault;
    const { from, to } = describeChange(factor.settings, changed.before, changed.after);
    if (JSON.stringify(from) === JSON.stringify(to)) return undefined;
    await recordAct(trx, visit, {
      type: 'gd_tenant_update',
      description: 'Change a factor’s settings',
      details: { factor: factor.name, from, to },
    });
    return undefined;
  });
}
