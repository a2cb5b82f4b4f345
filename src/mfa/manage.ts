import { endAccess } from '../accounts/endAccess.ts';
import { voidProofs } from '../accounts/users.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { recordEvent, type TenantEvent } from '../logs/tenantLog.ts';
import { forgetFailures, holdUser } from './attempts.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import { type Refusal, refuse } from './transaction.ts';

/** Who removes or resets: the person through a client, or an operator. */
export interface Actor {
  kind: 'person' | 'operator';
  /** Client id, or the operator's name. */
  id: string;
}

export interface Removed {
  outcome: 'removed';
  methodIds: string[];
}

/**
 * Removes one method of a user. With the last independent one go those that need it. Remembered
 * browsers are forgotten and open transactions end (S-46); the person is told (S-45).
 */
export function removeMethod(
  parts: EngineParts,
  userId: string,
  methodId: string,
  actor: Actor,
  context: RequestContext,
): Promise<Removed | Refusal> {
  return actOn(parts, userId, async (trx, user): Promise<Removed | Refusal> => {
    const methods = await parts.methods.ofUser(trx, userId);
    const target = methods.find((method) => method.id === methodId);
    if (user.blocked || !target) return refuse('not_found');
    const rest = methods.filter((method) => method.id !== methodId);
    const isIndependent = (name: string) => parts.registry.get(name)?.kind === 'independent';
    const staysProtected = rest.some((method) => method.isConfirmed && isIndependent(method.factor));
    const removed = staysProtected ? [target] : methods;
    await parts.methods.remove(
      trx,
      userId,
      removed.map((method) => method.id),
    );
    await afterRemoval(parts, trx, user);
    for (const { id, factor: type } of removed) {
      const details = { authenticator: { id, type } };
      await record(parts, trx, user, actor, context, { type: 'gd_unenroll', details });
    }
    const factor = parts.registry.get(target.factor);
    if (factor) await parts.notify(trx, { template: 'mfa_removed', user, context, factor });
    return { outcome: 'removed', methodIds: removed.map((method) => method.id) };
  });
}

/**
 * Takes every method of a user away: the person is as new, and is told so (S-65). Sessions and tokens that
 * the old methods had a part in end too, so that nothing goes on claiming them.
 */
export function resetUser(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  context: RequestContext,
): Promise<Removed | Refusal> {
  return actOn(parts, userId, async (trx, user): Promise<Removed> => {
    const methodIds = (await parts.methods.ofUser(trx, userId)).map((method) => method.id);
    await parts.methods.remove(trx, userId, methodIds);
    await forgetFailures(trx, userId);
    await voidProofs(trx, parts.clock, userId);
    await endAccess(trx, userId);
    const details = { authenticator: { reset: true, removed: methodIds.length } };
    await record(parts, trx, user, actor, context, { type: 'gd_unenroll', details });
    await parts.notify(trx, { template: 'mfa_reset', user, context });
    return { outcome: 'removed', methodIds };
  });
}

/** Lifts the lock on a person's second factors and forgets the failures that led to it. */
export function unlockUser(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  context: RequestContext,
): Promise<{ outcome: 'unlocked' } | Refusal> {
  return actOn(parts, userId, async (trx, user) => {
    await forgetFailures(trx, userId);
    const event = { type: 'sapi', description: 'Unlock the second factors' };
    await record(parts, trx, user, actor, context, event);
    return { outcome: 'unlocked' } as const;
  });
}

/** Makes every browser of a person ask for the second factor again. */
export function forgetBrowsersFor(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  context: RequestContext,
): Promise<{ outcome: 'forgotten' } | Refusal> {
  return actOn(parts, userId, async (trx, user) => {
    await parts.browsers.forgetAll(trx, userId);
    const event = { type: 'sapi', description: 'Forget remembered browsers' };
    await record(parts, trx, user, actor, context, event);
    return { outcome: 'forgotten' } as const;
  });
}

/** One database transaction about one person; refused when there is no such person. */
function actOn<Result>(
  parts: EngineParts,
  userId: string,
  act: (trx: Db, user: EngineUser) => Promise<Result>,
): Promise<Result | Refusal> {
  return parts.database.transaction(async (trx): Promise<Result | Refusal> => {
    const user = await parts.findUser(trx, userId);
    if (!user) return refuse('not_found');
    await holdUser(trx, userId);
    return act(trx, user);
  });
}

async function afterRemoval(parts: EngineParts, trx: Db, user: EngineUser): Promise<void> {
  await parts.browsers.forgetAll(trx, user.id);
  await parts.transactions.endAll(trx, user.id);
}

/** Writes what was done and by whom: the application that the person used, or the operator (S-108). */
function record(
  parts: EngineParts,
  trx: Db,
  user: EngineUser,
  actor: Actor,
  context: RequestContext,
  event: Pick<TenantEvent, 'type' | 'description' | 'details'>,
): Promise<void> {
  return recordEvent(trx, parts.clock, {
    ...event,
    userId: user.id,
    userName: user.email,
    connection: user.connection,
    ip: context.ip,
    userAgent: context.userAgent,
    ...(actor.kind === 'person'
      ? { clientId: actor.id }
      : { details: { ...event.details, actor: actor.id } }),
  });
}
