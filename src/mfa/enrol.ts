import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { type Limit, spend } from '../database/throttle.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import { holdUser } from './attempts.ts';
import { newMethodId } from './authenticatorIds.ts';
import { issueTicket, type TicketHolder } from './devices/issueTicket.ts';
import { isCodesBeside, withTheirDevices } from './devices/sameDevice.ts';
import type { EnrolmentInput, Factor, Shown } from './factor.ts';
import { mayEnrol } from './mayEnrol.ts';
import type { AuthenticationMethod } from './methods.ts';
import { type OpenedStep, openStep } from './openStep.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import { personBudgetKey } from './personBudgetKey.ts';
import { type Sent, sendChallenge, sends } from './sends/sendChallenge.ts';
import { comesBeside } from './standby.ts';
import { type Refusal, refuse, type Transaction } from './transaction.ts';
import { longestLifetime, type StoredTransaction } from './transactions.ts';

const mostMethods = 20;
/** Enrolments begun for one person from one address; abandoned ones cost storage and log (S-44). */
const enrolmentLimit: Limit = { name: 'mfa-enrolments', burst: 20, refillSeconds: 60 };

/** What to enrol. */
export interface EnrolmentChoice {
  factor: string;
  /** By which of its channels the code is to come. */
  channel?: string;
  /** What the factor begins with: a number, an address. */
  input?: EnrolmentInput;
  /** What the transaction began to enrol with other factors stays: the person may yet prove either. */
  beside?: true;
}

export interface EnrolmentBegun extends Partial<Omit<Sent, 'outcome'>> {
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
  /** The channel of its code and when that was sent, epoch milliseconds. */
  sent?: { channel: string; at: number };
}

/**
 * Begins to enrol a factor in this transaction; an earlier unconfirmed try of the same transaction is
 * dropped, unless it is to be beside. The first enrolment of a person brings the factors that come beside it. A refusal ends a
 * transaction that was opened for it.
 */
export async function beginEnrolment(
  parts: EngineParts,
  transactionId: string,
  choice: EnrolmentChoice,
  context: RequestContext,
): Promise<EnrolmentBegun | Refusal> {
  const read = await parts.registry.get(choice.factor)?.readInput?.(choice.input ?? {});
  return parts.database.transaction(async (trx): Promise<EnrolmentBegun | Refusal> => {
    const named = await parts.transactions.find(trx, transactionId);
    if (!named) return refuse('expired');
    // Nobody confirms or removes a method of this person meanwhile, so what is read next stays true (S-39).
    await holdUser(trx, named.userId);
    const begun = await enrolIn(parts, trx, transactionId, choice, read, context);
    // Opened for this enrolment alone, it would stay behind.
    if (begun.outcome === 'refused' && named.purpose === 'self-service') {
      await parts.transactions.move(trx, transactionId, 'rejected', { reveal: null });
    }
    return begun;
  });
}

type InputRead = Awaited<ReturnType<NonNullable<Factor['readInput']>>>;

/** Likewise in the caller's database transaction, which holds the person; `read` is what the factor read of the input. */
export async function enrolIn(
  parts: EngineParts,
  trx: Db,
  transactionId: string,
  choice: EnrolmentChoice,
  read: InputRead | undefined,
  context: RequestContext,
): Promise<EnrolmentBegun | Refusal> {
  const opened = await openStep(parts, trx, transactionId, context);
  if (opened.outcome === 'refused') return opened;
  const { transaction, settings, user } = opened.step;
  const methods = await dropAbandoned(parts, trx, user.id);
  const refusal = await objection(opened.step, choice.factor, methods);
  if (refusal) {
    if (refusal.code === 'too_many_methods') {
      await parts.record(trx, transaction, user, context, { type: 'too_many_records' });
    }
    return refusal;
  }
  const factor = parts.registry.get(choice.factor) as Factor;
  if (read && 'fault' in read) return refuse(read.fault);
  const budgetKey = personBudgetKey(user.id, context.ip);
  const budget = await spend(trx, parts.clock, enrolmentLimit, budgetKey);
  if (!budget.allowed) return refuse('rate_limited', budget);

  const methodId = newMethodId(factor);
  const { state, shown } = await factor.beginEnrolment(
    parts.factorContext(trx, factor, settings, user),
    read?.value,
  );
  const { channel, beside: isBeside } = choice;
  const sent = await sendTo({ ...opened.step, factor }, { methodId, state, channel, beside: isBeside });
  if (sent?.outcome === 'refused') return sent;
  const begun = methods.filter((method) => method.transactionId === transaction.id);
  const earlier = isBeside ? sameBefore(parts, factor, transaction.id, begun) : begun;
  const hasBeside = begun.some((one) => !earlier.includes(one) && isBesideFirst(parts, one));
  await parts.methods.remove(
    trx,
    user.id,
    earlier.map((method) => method.id),
  );
  await insertUnconfirmed(parts, trx, transaction, { id: methodId, factor, state });
  const hasOwn = methods.some(
    (method) => method.isConfirmed && (isIndependent(parts, method) || isBesideFirst(parts, method)),
  );
  const isFirst = !hasOwn && !hasBeside && !factor.isExclusive;
  const beside = isFirst ? await addBeside(parts, trx, transaction, settings, user) : undefined;
  // What an enrolment before this one yielded is still to be shown.
  const reveal = isFirst ? { reveal: beside ?? null } : {};
  const isBegun = await parts.transactions.move(trx, transaction.id, 'enrolling', reveal);
  if (!isBegun) {
    await parts.methods.remove(trx, user.id, [methodId]);
    return refuse('expired');
  }
  await parts.record(trx, transaction, user, context, {
    type: 'gd_start_enroll',
    details: { authenticator: { id: methodId, type: factor.name } },
  });
  return {
    ...sent,
    outcome: 'begun',
    methodId,
    factor: factor.name,
    shown,
    ...(beside ? { beside: beside.shown } : {}),
  };
}

/** What the transaction began to enrol with this factor, with what a device brought along. */
function sameBefore(
  parts: EngineParts,
  { name }: Factor,
  transactionId: string,
  begun: readonly AuthenticationMethod[],
): AuthenticationMethod[] {
  const same = begun.filter((one) => one.factor === name && isPendingProof(parts, one, transactionId, begun));
  return withTheirDevices(parts.registry, same, begun);
}

function isIndependent({ registry }: EngineParts, { factor }: AuthenticationMethod): boolean {
  return registry.get(factor)?.kind === 'independent';
}

function isBesideFirst({ registry }: EngineParts, { factor }: AuthenticationMethod): boolean {
  return comesBeside(registry.get(factor));
}

/** What the device or address that is being enrolled has to prove itself by; nothing where the person does. */
async function sendTo(
  step: OpenedStep & { factor: Factor },
  recipient: TicketHolder,
): Promise<Sent | Refusal | undefined> {
  const { factor } = step;
  if (factor.device) return issueTicket(step, recipient);
  return sends(factor)
    ? sendChallenge({ ...step, factor }, { ...recipient, purpose: 'enrolment' })
    : undefined;
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
    const method = methods.find((candidate) => isPendingProof(parts, candidate, transaction.id, methods));
    const factor = method && parts.registry.get(method.factor);
    if (!method || !factor) return undefined;
    const shown = factor.presentEnrolment(parts.factorContext(trx, factor, settings, user), method.state);
    const latest = factor.beginChallenge && (await parts.challenges.latestSent(trx, transaction.id));
    const sent = latest?.methodId === method.id ? { channel: latest.channel, at: latest.sentAt } : undefined;
    return { methodId: method.id, factor: factor.name, shown, ...(sent ? { sent } : {}) };
  });
}

/** Whether `method`, of a person's `methods`, is what the transaction's next proof would confirm. */
export function isPendingProof(
  { registry }: EngineParts,
  method: AuthenticationMethod,
  transactionId: string,
  methods: readonly AuthenticationMethod[],
): boolean {
  return (
    !method.isConfirmed &&
    method.transactionId === transactionId &&
    registry.get(method.factor)?.enrolment === 'by-person' &&
    !isCodesBeside(registry, method, methods)
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

async function objection(
  step: OpenedStep,
  factorName: string,
  methods: readonly AuthenticationMethod[],
): Promise<Refusal | undefined> {
  const { parts, trx, transaction, settings, user } = step;
  const factor = parts.registry.get(factorName);
  if (factor?.enrolment !== 'by-person') return refuse('unsupported');
  if (!parts.registry.isEnabled(factor, settings)) return refuse('factor_disabled');
  const confirmed = methods.filter((method) => method.isConfirmed);
  const standing = await parts.methodsOf(trx, user, settings);
  if (!mayEnrol({ ...step, factor, methods: standing })) {
    // Who has nothing signed in by what counts no longer, and has to begin again.
    return refuse(confirmed.length > 0 ? 'already_enrolled' : 'expired');
  }
  if (transaction.requirement.kind !== 'enrol') return refuse('not_allowed');
  if (!transaction.requirement.factors.includes(factorName)) return refuse('not_allowed');
  if (confirmed.length >= mostMethods) return refuse('too_many_methods');
  return undefined;
}

export async function insertUnconfirmed(
  parts: EngineParts,
  trx: Db,
  { id: transactionId, userId }: StoredTransaction,
  { id, factor, state }: { id: string; factor: Factor; state: unknown },
): Promise<void> {
  const method = { id, userId, factor: factor.name, state, transactionId };
  await parts.methods.insert(trx, { ...method, now: parts.clock() });
}

async function addBeside(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  settings: TenantSettings,
  user: EngineUser,
): Promise<Transaction['reveal']> {
  const factor = parts.registry.enabled(settings).find(comesBeside);
  if (!factor) return undefined;
  const { state, shown } = await factor.beginEnrolment(
    parts.factorContext(trx, factor, settings, user),
    undefined,
  );
  const id = newMethodId(factor);
  await insertUnconfirmed(parts, trx, transaction, { id, factor, state });
  return { shown, factor: factor.name, isReplacement: false };
}
