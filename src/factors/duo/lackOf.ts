import { wireName } from '../../config/wireName.ts';
import type { DuoSettings } from './settings.ts';

/** Which settings are still to be made, in words for the operator. */
export function lackOf(settings: DuoSettings): string | undefined {
  const missing = (['ikey', 'skey', 'host'] as const).filter((name) => settings[name] === '');
  if (missing.length === 0) return undefined;
  return `The settings ${new Intl.ListFormat('en-GB').format(missing.map(wireName))} aren't set.`;
}
