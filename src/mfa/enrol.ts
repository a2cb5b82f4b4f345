import { addressBudgetKey } from '../config/networkAddress.ts';
import type { RequestContext } from '../config/requestContext.ts';
import { deviceId } from '../crypto/ids.ts';
import type { Db } from '../database/database.ts';
import { type Limit, spend } from '../database/throttle.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import { holdUser } from './attempts.ts';
import { isSecondFactor } from './authenticationContext.ts';
import type { Factor, Shown } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import { isOver, type Refusal, refuse, type Transaction } from './transaction.ts';
import { longestLifetime, type StoredTransaction } from './transactions.ts';

const mostMethods = 20;
/** Enrolments begun for one person from one address; abandoned ones cost storage and log (S-44). */
const enrolmentLimit: Limit = { name: 'mfa-enrolments', burst: 20, refillSeconds: 60 };

export interface EnrolmentBegun {
  outcome: 'begun';
  methodId: string;
  factor: string;
  /** For the person's eyes, once: the secret and the URI to scan. */
  shown: Shown;
  /** What comes beside a first enrolment (a recovery code); valid once the enrolment is confirmed. */
  beside?: Shown;
}

/** An enrolment that waits for its proof. */
export interface PendingEnrolment {
  methodId: string;
  factor: string;
  shown: Shown;
}

/**
 * Begins to enrol a factor in this transaction; an earlier unconfirmed try of the same transaction is
 * dropped. The first enrolment of a person brings the factors that come beside it.
 */
export async function beginEnrolment(
  parts: EngineParts,
  transactionId: string,
  factorName: string,
  context: RequestContext,
): Promise<EnrolmentBegun | Refusal> {
  return parts.database.transaction(async (trx): Promise<EnrolmentBegun | Refusal> => {
    const named = await parts.transactions.find(trx, transactionId);
    if (!named) return refuse('expired');
    // Nobody confirms or removes a method of this person meanwhile, so what is read next stays true (S-39).
    await holdUser(trx, named.userId);
    const transaction = await parts.transactions.find(trx, transactionId);
    if (!transaction || isOver(transaction.state)) return refuse('expired');
    const settings = await parts.settings(trx);
    const user = await parts.findUser(trx, transaction.userId);
    if (!user || user.blocked) return refuse('not_allowed');
    const methods = await dropAbandoned(parts, trx, user.id);
    const refusal = objection(parts, transaction, factorName, settings, methods);
    if (refusal) {
      if (refusal.code === 'too_many_methods') {
        await parts.record(trx, transaction, user, context, { type: 'too_many_records' });
      }
      return refusal;
    }
    const budgetKey = `${user.id}:${addressBudgetKey(context.ip)}`;
    const budget = await spend(trx, parts.clock, enrolmentLimit, budgetKey);
    if (!budget.allowed) return refuse('rate_limited', budget);

    const earlier = methods.filter((method) => method.transactionId === transaction.id);
    await parts.methods.remove(
      trx,
      user.id,
      earlier.map((method) => method.id),
    );
    const factor = parts.registry.get(factorName) as Factor;
    const { methodId, shown } = await addUnconfirmed(parts, trx, transaction, factor, settings, user);
    const isFirst = !methods.some((method) => method.isConfirmed);
    const beside = isFirst ? await addBeside(parts, trx, transaction, settings, user) : undefined;
    const isBegun = await parts.transactions.move(trx, transaction.id, 'enrolling', {
      reveal: beside ?? null,
    });
    if (!isBegun) {
      await parts.methods.remove(trx, user.id, [methodId]);
      return refuse('expired');
    }
    await parts.record(trx, transaction, user, context, {
      type: 'gd_start_enroll',
      details: { authenticator: { id: methodId, type: factor.name } },
    });
    return {
      outcome: 'begun',
      methodId,
      factor: factor.name,
      shown,
      ...(beside ? { beside: beside.shown } : {}),
    };
  });
}

/** The enrolment this transaction waits for, with what its screen shows. */
export async function pendingEnrolment(
  parts: EngineParts,
  transactionId: string,
): Promise<PendingEnrolment | undefined> {
  return parts.database.transaction(async (trx) => {
    const transaction = await parts.transactions.find(trx, transactionId);
    if (transaction?.state !== 'enrolling') return undefined;
    const user = await parts.findUser(trx, transaction.userId);
    if (!user) return undefined;
    const settings = await parts.settings(trx);
    const methods = await parts.methods.ofUser(trx, transaction.userId);
    const method = methods.find((candidate) => isPendingProof(parts, candidate, transaction.id));
    const factor = method && parts.registry.get(method.factor);
    if (!method || !factor) return undefined;
    const shown = factor.presentEnrolment(parts.factorContext(trx, factor, settings, user), method.state);
    return { methodId: method.id, factor: factor.name, shown };
  });
}

/** Whether `method` is what the transaction's next proof would confirm. */
export function isPendingProof(
  parts: EngineParts,
  method: AuthenticationMethod,
  transactionId: string,
): boolean {
  return (
    !method.isConfirmed &&
    method.transactionId === transactionId &&
    parts.registry.get(method.factor)?.enrolment === 'by-person'
  );
}

/** The user's methods, without those whose transaction can't confirm them any more. */
async function dropAbandoned(parts: EngineParts, trx: Db, userId: string): Promise<AuthenticationMethod[]> {
  const methods = await parts.methods.ofUser(trx, userId);
  const oldest = parts.clock() - longestLifetime;
  const isAbandoned = (method: AuthenticationMethod) => !method.isConfirmed && method.createdAt < oldest;
  const abandoned = methods.filter(isAbandoned).map((method) => method.id);
  await parts.methods.remove(trx, userId, abandoned);
  return methods.filter((method) => !isAbandoned(method));
}

function objection(
  parts: EngineParts,
  transaction: Transaction,
  factorName: string,
  settings: TenantSettings,
  methods: readonly AuthenticationMethod[],
): Refusal | undefined {
  const factor = parts.registry.get(factorName);
  if (factor?.enrolment !== 'by-person') return refuse('unsupported');
  if (!parts.registry.isEnabled(factor, settings)) return refuse('factor_disabled');
  const confirmed = methods.filter((method) => method.isConfirmed);
  const hasProved = transaction.proofs.some(isSecondFactor);
  if (confirmed.length > 0 && !hasProved) return refuse('already_enrolled');
  if (transaction.requirement.kind !== 'enrol') return refuse('not_allowed');
  if (!transaction.requirement.factors.includes(factorName)) return refuse('not_allowed');
  if (confirmed.length >= mostMethods) return refuse('too_many_methods');
  return undefined;
}

async function addUnconfirmed(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  factor: Factor,
  settings: TenantSettings,
  user: EngineUser,
): Promise<{ methodId: string; shown: Shown }> {
  const { state, shown } = await factor.beginEnrolment(parts.factorContext(trx, factor, settings, user));
  const methodId = `${factor.wire.idPrefix}|${deviceId()}`;
  await parts.methods.insert(trx, {
    id: methodId,
    userId: user.id,
    factor: factor.name,
    state,
    transactionId: transaction.id,
    now: parts.clock(),
  });
  return { methodId, shown };
}

async function addBeside(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  settings: TenantSettings,
  user: EngineUser,
): Promise<Transaction['reveal']> {
  const factor = parts.registry.enabled(settings).find((candidate) => candidate.enrolment === 'beside-first');
  if (!factor) return undefined;
  const { shown } = await addUnconfirmed(parts, trx, transaction, factor, settings, user);
  return { shown, factor: factor.name, isReplacement: false };
}
