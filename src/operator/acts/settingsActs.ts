import type { Factor, SettingsFault } from '../../mfa/factor.ts';
import { recordedChange } from '../../mfa/settings/recordedChange.ts';
import type { FactorSettings } from '../../mfa/settings/settingProperties.ts';
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
  return database.transaction((trx) =>
    recordedChange(trx, place, factor, change, (told) =>
      recordAct(trx, visit, { type: 'gd_tenant_update', ...told }),
    ),
  );
}
