import { endAccess } from '../accounts/endAccess.ts';
import { voidProofs } from '../accounts/users.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { standingOf, vouchesFor } from './assurance.ts';
import { currentLock, forgetFailures } from './attempts.ts';
import { isInForce } from './decideNow.ts';
import { forgetDenials } from './devices/denials.ts';
import { withTheirDevices } from './devices/sameDevice.ts';
import { endTransactions } from './endTransactions.ts';
import type { Factor } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import type { Step } from './step.ts';
import { takeAway } from './takeAway.ts';
import { type Proof, type Refusal, refuse } from './transaction.ts';
import { type Actor, actOn, recordAct } from './userAct.ts';

export interface Removed {
  outcome: 'removed';
  methodIds: string[];
}

/**
 * Removes one method of a user. With the last independent one go those that need it. Remembered
 * browsers are forgotten and open transactions end (S-46); the person is told (S-45). A session in which it
 * was proved stays, and is asked again at the next demand; one that it began without a password ends. Who is
 * blocked changes nothing by themselves.
 */
export function removeMethod(
  parts: EngineParts,
  userId: string,
  methodId: string,
  actor: Actor,
  context: RequestContext,
): Promise<Removed | Refusal> {
  return actOn(parts, userId, actor, async (trx, user): Promise<Removed | Refusal> => {
    const methods = await parts.methods.ofUser(trx, userId);
    const target = methods.find((method) => method.id === methodId);
    const isBarred = actor.kind === 'person' && user.blocked;
    if (!isBarred && !target && (await isImplicit(parts, trx, user, methodId)))
      return refuse('not_removable');
    if (isBarred || !target) return refuse('not_found');
    const changed = withTheirDevices(parts.registry, [target], methods).flatMap(
      ({ factor }) => parts.registry.get(factor) ?? [],
    );
    const lock =
      actor.kind === 'person' && (await currentLock(trx, parts.clock, await parts.settings(trx), userId));
    if (lock) return refuse('locked', lock);
    if (actor.kind === 'person' && !(await mayChange(parts, trx, user, actor.proofs, changed))) {
      return refuse('weak_proof');
    }
    const taken = await takeMethod({ parts, trx, user, context }, { target, methods, actor });
    return { outcome: 'removed', methodIds: taken.map((method) => method.id) };
  });
}

/**
 * Takes one method away, and what is on the same device, in the caller's database transaction that holds the
 * person. With the last independent one go those that need it.
 */
export async function takeMethod(
  { parts, trx, user, context }: Pick<Step, 'parts' | 'trx' | 'user' | 'context'>,
  {
    target,
    methods,
    actor,
  }: { target: AuthenticationMethod; methods: readonly AuthenticationMethod[]; actor: Actor },
): Promise<readonly AuthenticationMethod[]> {
  const going = withTheirDevices(parts.registry, [target], methods);
  const isIndependent = ({ factor }: AuthenticationMethod) =>
    parts.registry.get(factor)?.kind === 'independent';
  const staysProtected = methods.some(
    (method) => method.isConfirmed && isIndependent(method) && !going.includes(method),
  );
  const taken = await takeAway(
    { parts, trx, user, context },
    {
      methods: staysProtected ? going : [...going, ...methods.filter((one) => needsAnother(parts, one))],
      told: [target],
      vouchedBy: proofsOf(parts, actor, target),
      ...(actor.kind === 'operator' ? { isByOperator: true } : {}),
      record: (event) => recordAct(parts, trx, user, actor, context, event),
    },
  );
  await endTransactions(parts, trx, user.id);
  return taken;
}

/** All but what an operator handed out, which stands alone for a while. */
function needsAnother({ registry }: EngineParts, { factor }: AuthenticationMethod): boolean {
  return registry.get(factor)?.handedOut === undefined;
}

/** A device that takes itself away has itself in hand; what an operator takes is nobody's to bring back. */
function proofsOf({ clock }: EngineParts, actor: Actor, { factor, id: methodId }: AuthenticationMethod) {
  switch (actor.kind) {
    case 'person':
      return actor.proofs;
    case 'device':
      return [{ factor, methodId, at: clock() }];
    default:
      return [];
  }
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
  return actOn(parts, userId, actor, async (trx, user): Promise<Removed> => {
    const methodIds = (await parts.methods.ofUser(trx, userId)).map((method) => method.id);
    await parts.methods.remove(trx, userId, methodIds);
    await parts.changes.forget(trx, userId);
    await parts.changes.keep(trx, userId, { kind: 'reset' });
    await forgetFailures(trx, userId);
    await forgetDenials(trx, userId);
    await voidProofs(trx, parts.clock, userId);
    await endAccess(trx, userId);
    const details = { authenticator: { reset: true, removed: methodIds.length } };
    await recordAct(parts, trx, user, actor, context, { type: 'gd_unenroll', details });
    await parts.notify(trx, { template: 'mfa_reset', user, context });
    return { outcome: 'removed', methodIds };
  });
}

/** Lifts the lock on a person's second factors, and the pause after denials; forgets what led to them. */
export function unlockUser(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  context: RequestContext,
): Promise<{ outcome: 'unlocked' } | Refusal> {
  return actOn(parts, userId, actor, async (trx, user) => {
    await forgetFailures(trx, userId);
    await forgetDenials(trx, userId);
    const event = { type: 'sapi', description: 'Unlock the second factors' };
    await recordAct(parts, trx, user, actor, context, event);
    return { outcome: 'unlocked' } as const;
  });
}

async function isImplicit(parts: EngineParts, trx: Db, user: EngineUser, methodId: string): Promise<boolean> {
  const methods = await parts.methodsOf(trx, user, await parts.settings(trx));
  return methods.some(({ id, isImplicit }) => id === methodId && isImplicit);
}

/** Whether a person's own proofs allow them to change methods of these factors. */
async function mayChange(
  parts: EngineParts,
  trx: Db,
  user: EngineUser,
  proofs: readonly Proof[],
  changed: readonly Factor[],
): Promise<boolean> {
  const settings = await parts.settings(trx);
  const methods = await parts.methodsOf(trx, user, settings);
  const standing = standingOf(parts, { settings, methods, user, proofs });
  const inForce = proofs.filter((proof) => isInForce(proof, user));
  return changed.every((factor) => vouchesFor(factor, inForce, standing, parts.clock()));
}
