import { readAuthenticatorId } from './authenticatorIds.ts';
import { type MethodView, viewOf } from './methodViews.ts';
import type { EngineParts } from './parts.ts';
import { type Actor, isOutOfReach } from './userAct.ts';

/** A method, described, and whose it is. */
export interface FoundMethod {
  userId: string;
  method: MethodView;
}

/**
 * A stored method of anybody within the actor's reach, by its id in any of its forms: `phone|dev_…`, `sms|dev_…` or
 * `dev_…` alone.
 */
export async function findMethod(
  parts: EngineParts,
  id: string,
  actor: Actor,
): Promise<FoundMethod | undefined> {
  const { registry, methods } = parts;
  const { db } = parts.database;
  const ids = id.includes('|')
    ? [readAuthenticatorId(registry, id).methodId]
    : registry.all.map(({ wire }) => `${wire.idPrefix}|${id}`);
  const userId = await methods.ownerOfAny(db, ids);
  const user = userId === undefined ? undefined : await parts.findUser(db, userId);
  if (userId === undefined || !user || isOutOfReach(user, actor)) return undefined;
  const method = (await methods.ofUser(db, userId)).find((one) => ids.includes(one.id));
  return method && { userId, method: viewOf(parts, await parts.settings(db), method) };
}
