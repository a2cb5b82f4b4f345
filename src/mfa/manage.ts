import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { recordEvent } from '../logs/tenantLog.ts';
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
export async function removeMethod(
  parts: EngineParts,
  userId: string,
  methodId: string,
  actor: Actor,
  context: RequestContext,
): Promise<Removed | Refusal> {
  return parts.database.transaction(async (trx): Promise<Removed | Refusal> => {
    const user = await parts.findUser(trx, userId);
    const methods = await parts.methods.ofUser(trx, userId);
    const target = methods.find((method) => method.id === methodId);
    if (!user || user.blocked || !target) return refuse('not_found');
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
    for (const method of removed) {
      await record(parts, trx, user, actor, context, { id: method.id, type: method.factor });
    }
    const factor = parts.registry.get(target.factor);
    if (factor) await parts.notify(trx, { template: 'mfa_removed', user, context, factor });
    return { outcome: 'removed', methodIds: removed.map((method) => method.id) };
  });
}

/** Takes every method of a user away: the person is as new, and is told so (S-65). */
export async function resetUser(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  context: RequestContext,
): Promise<Removed | Refusal> {
  return parts.database.transaction(async (trx): Promise<Removed | Refusal> => {
    const user = await parts.findUser(trx, userId);
    if (!user) return refuse('not_found');
    const methodIds = (await parts.methods.ofUser(trx, userId)).map((method) => method.id);
    await parts.methods.remove(trx, userId, methodIds);
    await trx.deleteFrom('second_factor_locks').where('user_id', '=', userId).execute();
    await afterRemoval(parts, trx, user);
    await record(parts, trx, user, actor, context, { reset: true, removed: methodIds.length });
    await parts.notify(trx, { template: 'mfa_reset', user, context });
    return { outcome: 'removed', methodIds };
  });
}

/** Lifts the lock on a person's second factors and forgets the failures that led to it. */
export async function unlockUser(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  context: RequestContext,
): Promise<{ outcome: 'unlocked' } | Refusal> {
  return parts.database.transaction(async (trx): Promise<{ outcome: 'unlocked' } | Refusal> => {
    const user = await parts.findUser(trx, userId);
    if (!user) return refuse('not_found');
    await trx.deleteFrom('second_factor_locks').where('user_id', '=', userId).execute();
    await recordAct(parts, trx, user, actor, context, 'Unlock the second factors');
    return { outcome: 'unlocked' };
  });
}

/** Makes every browser of a person ask for the second factor again. */
export async function forgetBrowsersFor(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  context: RequestContext,
): Promise<{ outcome: 'forgotten' } | Refusal> {
  return parts.database.transaction(async (trx): Promise<{ outcome: 'forgotten' } | Refusal> => {
    const user = await parts.findUser(trx, userId);
    if (!user) return refuse('not_found');
    await parts.browsers.forgetAll(trx, userId);
    await recordAct(parts, trx, user, actor, context, 'Forget remembered browsers');
    return { outcome: 'forgotten' };
  });
}

async function afterRemoval(parts: EngineParts, trx: Db, user: EngineUser): Promise<void> {
  await parts.browsers.forgetAll(trx, user.id);
  await parts.transactions.endAll(trx, user.id);
}

function record(
  parts: EngineParts,
  trx: Db,
  user: EngineUser,
  actor: Actor,
  context: RequestContext,
  subject: Record<string, unknown>,
): Promise<void> {
  const clientId = actor.kind === 'person' ? actor.id : 'operator';
  return parts.record(trx, { id: '', userId: user.id, clientId }, user, context, {
    type: 'gd_unenroll',
    details: { authenticator: subject, actor },
  });
}

/** An act that takes no method away (S-108). */
function recordAct(
  parts: EngineParts,
  trx: Db,
  user: EngineUser,
  actor: Actor,
  context: RequestContext,
  description: string,
): Promise<void> {
  return recordEvent(trx, parts.clock, {
    type: 'sapi',
    description,
    userId: user.id,
    userName: user.email,
    connection: user.connection,
    ip: context.ip,
    userAgent: context.userAgent,
    details: { actor: actor.id },
  });
}
