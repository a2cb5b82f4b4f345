import type { AuthenticationMethod } from '../methods.ts';
import type { FactorRegistry } from '../registry.ts';

/** Whether a method protects the account by itself: it is confirmed, and needs no other. */
export function isProtection(
  registry: FactorRegistry,
  { isConfirmed, factor }: Pick<AuthenticationMethod, 'isConfirmed' | 'factor'>,
): boolean {
  return isConfirmed && registry.get(factor)?.kind === 'independent';
}
