import type { Db } from '../../database/database.ts';
import type { Factor, SettingsFault } from '../factor.ts';
import { changeFactorSettings, type SettingsPlace } from './changeFactorSettings.ts';
import { describeChange, type FactorSettings } from './settingProperties.ts';

/** A change as the log tells it: which factor's, what was and what is. */
export interface RecordedChange {
  description: string;
  details: { factor: string; from: FactorSettings; to: FactorSettings };
}

/**
 * Changes settings of a factor as `changeFactorSettings` does, and has it logged in the same transaction with what
 * they were before (S-108); not when nothing changed.
 *
 * @returns what makes no sense about them; nothing is changed then.
 */
export async function recordedChange(
  trx: Db,
  place: SettingsPlace,
  factor: Factor,
  change: FactorSettings,
  record: (told: RecordedChange) => Promise<void>,
): Promise<SettingsFault | undefined> {
  const changed = await changeFactorSettings(trx, place, factor, change);
  if (changed.outcome === 'refused') return changed.fault;
  const { from, to } = describeChange(factor.settings, changed.before, changed.after);
  if (JSON.stringify(from) === JSON.stringify(to)) return undefined;
  await record({
    description: 'Change a factor’s settings',
    details: { factor: factor.name, from, to },
  });
  return undefined;
}
