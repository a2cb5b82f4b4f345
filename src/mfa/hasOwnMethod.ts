import type { AuthenticationMethod } from './methods.ts';
import type { FactorRegistry } from './registry.ts';

/**
 * Whether somebody has what must be proved before another method is set up (S-39): one that may stand alone, or
 * a pass that works. What needs another method protects nobody without it, such as an address that came with the
 * account.
 */
export function hasOwnMethod(registry: FactorRegistry, methods: readonly AuthenticationMethod[]): boolean {
  return methods.some(({ isConfirmed, isImplicit, factor: name, state }) => {
    if (!isConfirmed || isImplicit) return false;
    const factor = registry.get(name);
    return factor?.handedOut ? !factor.handedOut.isUsedUp(state) : factor?.kind !== 'dependent';
  });
}
