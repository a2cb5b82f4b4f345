import { describeExpected, type SettingProperty } from './settingProperties.ts';

/**
 * The value that a text stands for, `SHA256`, `8`, `true` or a list as in `DE,AT`; undefined where an empty text
 * asks for the default. What was ticked in a list is given as it is.
 */
export async function readSetting(
  property: SettingProperty,
  given: string | readonly string[],
): Promise<{ value: unknown } | { expected: string }> {
  if (given === '') return { value: undefined };
  // Loaded here alone: it doubles the modules that a server would load.
  const { Check } = await import('typebox/value');
  const possible = typeof given === 'string' ? readings(given) : [given];
  const value = possible.find((reading) => Check(property, reading));
  return value === undefined ? { expected: describeExpected(property) } : { value };
}

/** What a text may stand for. Only the plain spelling of a number is one; commas separate what a list holds. */
function readings(text: string): unknown[] {
  const number = Number(text);
  const scalars = new Map<string, unknown>([
    ['true', true],
    ['false', false],
    [String(number), number],
  ]);
  const list = text.split(',').map((item) => item.trim());
  return [text, ...(scalars.has(text) ? [scalars.get(text)] : []), list];
}
