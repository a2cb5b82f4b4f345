import type { EngineParts } from '../parts.ts';
import { addMethods } from './addMethods.ts';
import type { ImportDesk } from './importDesk.ts';
import { readMfaFactors } from './readMfaFactors.ts';

/** The engine's face for methods that come from elsewhere. */
export function createImports(parts: EngineParts): ImportDesk {
  return {
    read: (mfaFactors) => readMfaFactors(parts.registry, mfaFactors),
    add: (trx, userId, methods) => addMethods(parts, trx, userId, methods),
  };
}
