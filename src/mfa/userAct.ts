import { operatorConnection } from '../accounts/operators.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { recordEvent, type TenantEvent } from '../logs/tenantLog.ts';
import { holdUser } from './attempts.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import { type Proof, type Refusal, refuse } from './transaction.ts';

/** Who removes or resets. */
export type Actor =
  /** The person, through the client of this id, with fresh proofs. */
  | { kind: 'person'; id: string; proofs: readonly Proof[] }
  /** An operator of this name. */
  | { kind: 'operator'; id: string }
  /** An application of this id, by itself, with a grant for the Management API. */
  | { kind: 'application'; id: string }
  /** A device of this id, itself. */
  | { kind: 'device'; id: string };

/** One database transaction about one person; refused when there is no such person for this actor. */
export function actOn<Result>(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  act: (trx: Db, user: EngineUser) => Promise<Result>,
): Promise<Result | Refusal> {
  return parts.database.transaction(async (trx): Promise<Result | Refusal> => {
    if (!(await parts.findUser(trx, userId))) return refuse('not_found');
    await holdUser(trx, userId);
    // Read once nobody else changes something about them: what voids proofs may have happened meanwhile.
    const user = await parts.findUser(trx, userId);
    if (!user || isOutOfReach(user, actor)) return refuse('not_found');
    return act(trx, user);
  });
}

/** Who may do something about people's factors mustn't open the operator console by it (S-106, S-107). */
export function isOutOfReach({ connection }: EngineUser, { kind }: Actor): boolean {
  return kind === 'application' && connection === operatorConnection;
}

/** Writes what was done and by whom: the application that the person used, or the operator (S-108). */
export function recordAct(
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
    ...(actor.kind === 'person' || actor.kind === 'application' ? { clientId: actor.id } : {}),
    ...(actor.kind === 'person' ? {} : { details: { ...event.details, actor: actor.id } }),
  });
}
