import { readAuthenticatorId } from './authenticatorIds.ts';
import { type MethodView, viewOf } from './methodViews.ts';
import type { EngineParts } from './parts.ts';

/** A method, described, and whose it is. */
export interface FoundMethod {
  userId: string;
  method: MethodView;
}

/** A stored method of anybody's, by its id in any of its forms: `phone|dev_…`, `sms|dev_…` or `dev_…` alone. */
export async function findMethod(parts: EngineParts, id: string): Promise<FoundMethod | undefined> {
  const { registry, methods } = parts;
  const { db } = parts.database;
  const ids = id.includes('|')
    ? [readAuthenticatorId(registry, id).methodId]
    : registry.all.map(({ wire }) => `${wire.idPrefix}|${id}`);
  const userId = await methods.ownerOfAny(db, ids);
  if (userId === undefined) return undefined;
  const method = (await methods.ofUser(db, userId)).find((one) => ids.includes(one.id));
  return method && { userId, method: viewOf(parts, await parts.settings(db), method) };
}
