import type { TObject } from 'typebox';
import { CommandError } from './commandError.ts';
import { describeExpected, type FactorSettings, factorProperties } from './factorSettingsWire.ts';

/**
 * The settings that `name=value` pairs say. A member is there and undefined where the default is wanted.
 *
 * @throws CommandError that tells every fault at once, and what was expected.
 */
export async function readFactorPairs(schema: TObject, pairs: readonly string[]): Promise<FactorSettings> {
  // Loaded here alone: it doubles the modules that a server would load.
  const { Check } = await import('typebox/value');
  const properties = factorProperties(schema);
  const settings: FactorSettings = {};
  const faults: string[] = [];
  for (const pair of pairs) {
    const [name = '', ...rest] = pair.split('=');
    const found = properties.get(name);
    if (rest.length === 0) {
      faults.push(`${pair}: expected name=value.`);
    } else if (!found) {
      faults.push(`${name}: expected ${[...properties.keys()].join(', ') || 'nothing: it has no settings'}.`);
    } else {
      const { member, property } = found;
      const text = rest.join('=');
      const value = text === '' ? undefined : readings(text).find((reading) => Check(property, reading));
      if (text !== '' && value === undefined) faults.push(`${name}: expected ${describeExpected(property)}.`);
      settings[member] = value;
    }
  }
  if (faults.length > 0) throw new CommandError('invalid_input', faults.join(' '));
  return settings;
}

/** What a text may stand for. Only the plain spelling of a number is one. */
function readings(text: string): unknown[] {
  const number = Number(text);
  const scalars = new Map<string, unknown>([
    ['true', true],
    ['false', false],
    [String(number), number],
  ]);
  return [text, ...(scalars.has(text) ? [scalars.get(text)] : [])];
}
