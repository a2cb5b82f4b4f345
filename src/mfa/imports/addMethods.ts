import type { Db } from '../../database/database.ts';
import { holdUser } from '../attempts.ts';
import { newMethodId } from '../authenticatorIds.ts';
import type { EngineParts } from '../parts.ts';
import type { ImportedMethod } from './importDesk.ts';

/** Adds confirmed methods, unless the person has one. */
export async function addMethods(
  parts: EngineParts,
  trx: Db,
  userId: string,
  methods: readonly ImportedMethod[],
): Promise<boolean> {
  await holdUser(trx, userId);
  const standing = await parts.methods.ofUser(trx, userId);
  if (standing.some(({ isConfirmed }) => isConfirmed)) return false;
  const now = parts.clock();
  for (const { factor: name, state } of methods) {
    const factor = parts.registry.get(name);
    if (!factor) continue;
    await parts.methods.insert(trx, { id: newMethodId(factor), userId, factor: name, state, now });
  }
  return true;
}
