import type { TObject } from 'typebox';
import { readSetting } from '../mfa/settings/readSetting.ts';
import { type FactorSettings, settingProperties } from '../mfa/settings/settingProperties.ts';
import { CommandError } from './commandError.ts';

/**
 * The settings that `name=value` pairs say. A member is there and undefined where the default is wanted.
 *
 * @throws CommandError that tells every fault at once, and what was expected.
 */
export async function readFactorPairs(schema: TObject, pairs: readonly string[]): Promise<FactorSettings> {
  const properties = settingProperties(schema);
  const settings: FactorSettings = {};
  const faults: string[] = [];
  for (const pair of pairs) {
    const [name = '', ...rest] = pair.split('=');
    const found = properties.get(name);
    if (rest.length === 0) {
      faults.push(`${pair}: expected name=value.`);
    } else if (!found) {
      faults.push(`${name}: expected ${[...properties.keys()].join(', ')}.`);
    } else {
      const read = await readSetting(found.property, rest.join('='));
      if ('expected' in read) faults.push(`${name}: expected ${read.expected}.`);
      else settings[found.member] = read.value;
    }
  }
  if (faults.length > 0) throw new CommandError('invalid_input', faults.join(' '));
  return settings;
}
