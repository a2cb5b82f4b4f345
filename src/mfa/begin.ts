import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { type Limit, spend, type ThrottleResult } from '../database/throttle.ts';
import { decideNow, isInForce } from './decideNow.ts';
import type { EngineParts } from './parts.ts';
import { personBudgetKey } from './personBudgetKey.ts';
import { enrollableFactors, hasIndependentMethod } from './policy/decide.ts';
import {
  type Decision,
  type DecisionInput,
  type Refusal,
  type Requirement,
  refuse,
  type Transaction,
} from './transaction.ts';
import type { Binding } from './transactions.ts';

/** Transactions begun for one user from one address: a password holder can't fill the table or the log. */
const addressLimit: Limit = { name: 'mfa-transactions', burst: 60, refillSeconds: 20 };
/** From all addresses together; far more, so that nobody keeps the owner out by using it up (S-19). */
const userLimit: Limit = { name: 'mfa-transactions-user', burst: 2000, refillSeconds: 1 };

export type Begun =
  | { outcome: 'none'; decision: Decision }
  | { outcome: 'begun'; decision: Decision; transaction: Transaction; mfaToken?: string }
  | (Refusal & { decision: Decision });

/** Decides, and opens a transaction when something is required. */
export async function begin(
  parts: EngineParts,
  input: DecisionInput,
  binding: Binding,
  context: RequestContext,
  request: Record<string, unknown>,
): Promise<Begun> {
  return parts.database.transaction(async (trx): Promise<Begun> => {
    const user = await parts.findUser(trx, input.userId);
    const decision = await decideNow(parts, trx, input, { user });
    if (!user || user.blocked) return { ...refuse('not_allowed'), decision };
    if (decision.requirement.kind === 'none') {
      if (input.browserToken !== undefined) await parts.browsers.touch(trx, input.userId, input.browserToken);
      return { outcome: 'none', decision };
    }
    const budget = await spendTransaction(parts, trx, input.userId, context);
    if (!budget.allowed) return { ...refuse('rate_limited', budget), decision };
    const { transaction, mfaToken } = await parts.transactions.create(trx, input, decision, binding, request);
    const isBlocked = decision.requirement.kind === 'blocked';
    if (isBlocked || input.purpose === 'token' || input.purpose === 'refresh') {
      await parts.record(trx, transaction, user, context, {
        type: 'mfar',
        details: { reasons: decision.reasons, requirement: decision.requirement.kind },
      });
    }
    return { outcome: 'begun', decision, transaction, ...(mfaToken === undefined ? {} : { mfaToken }) };
  });
}

/**
 * Opens a transaction in which a person adds a method, on the authority of a token that the surface
 * checked. A person who has a method must have proved one for that token (S-39).
 */
export async function beginSelfService(
  parts: EngineParts,
  input: DecisionInput,
  accessToken: string,
  context: RequestContext,
  request: Record<string, unknown>,
): Promise<Begun> {
  return parts.database.transaction(async (trx): Promise<Begun> => {
    const user = await parts.findUser(trx, input.userId);
    const decision = await decideNow(parts, trx, { ...input, mfaAudience: true }, { user });
    if (!user || user.blocked) return { ...refuse('not_allowed'), decision };
    if (!input.proofs.some((proof) => isInForce(proof, user))) return { ...refuse('not_allowed'), decision };
    const methods = await parts.methods.ofUser(trx, user.id);
    const isEnrolled = hasIndependentMethod({ registry: parts.registry, methods });
    const { kind } = decision.requirement;
    if (kind === 'blocked') return { ...refuse('not_allowed'), decision };
    if (kind === 'challenge' || (kind === 'enrol' && isEnrolled))
      return { ...refuse('already_enrolled'), decision };
    const budget = await spendTransaction(parts, trx, input.userId, context);
    if (!budget.allowed) return { ...refuse('rate_limited', budget), decision };
    const beside = isEnrolled ? 'independent' : 'nothing';
    const factors = enrollableFactors(parts.registry, await parts.settings(trx), beside);
    const requirement: Requirement = factors.length > 0 ? { kind: 'enrol', factors } : { kind: 'blocked' };
    const { transaction } = await parts.transactions.create(
      trx,
      input,
      { ...decision, requirement, reasons: [{ code: 'self_service' }] },
      { existingToken: accessToken },
      request,
    );
    return { outcome: 'begun', decision, transaction };
  });
}

/** Takes one from the budgets of transactions begun for a person. */
export async function spendTransaction(
  parts: EngineParts,
  trx: Db,
  userId: string,
  context: RequestContext,
): Promise<ThrottleResult> {
  const ofAddress = await spend(trx, parts.clock, addressLimit, personBudgetKey(userId, context.ip));
  return ofAddress.allowed ? spend(trx, parts.clock, userLimit, userId) : ofAddress;
}
