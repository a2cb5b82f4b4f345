import type { Factor } from '../mfa/factor.ts';
import type { FactorRegistry } from '../mfa/registry.ts';
import { CommandError } from './commandError.ts';

/** @throws CommandError when there is none of that name. */
export function findFactor(registry: FactorRegistry, name: string): Factor {
  const factor = registry.get(name);
  if (factor) return factor;
  const known = registry.all.map((one) => one.name).join(', ');
  throw new CommandError('not_found', `There is no factor ${name}; there are ${known}.`);
}
