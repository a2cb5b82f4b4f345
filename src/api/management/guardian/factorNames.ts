import type { Factor } from '../../../mfa/factor.ts';
import type { FactorRegistry } from '../../../mfa/registry.ts';

/** The factors as this API calls them, in the order of its list. */
export const factorNames = [
  'sms',
  'push-notification',
  'otp',
  'email',
  'duo',
  'webauthn-roaming',
  'webauthn-platform',
  'recovery-code',
] as const;

export type FactorName = (typeof factorNames)[number];

/** The factor of that name; the one for phones is called by its older name here. */
export function factorOf(registry: FactorRegistry, name: FactorName): Factor {
  const factor = registry.get(name === 'sms' ? 'phone' : name);
  if (!factor) throw new Error(`There is no factor ${name}.`);
  return factor;
}
