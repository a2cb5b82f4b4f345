import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import { recordFailure, recordSuccess, spendAttempt } from './attempts.ts';
import { consumeChallenge, findChallenge } from './challenge.ts';
import { isPendingProof } from './enrol.ts';
import type { Factor, Judgement, Shown } from './factor.ts';
import { judge } from './judge.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import { type Proof, type Refusal, type Requirement, refuse } from './transaction.ts';
import type { StoredTransaction } from './transactions.ts';

/** A proof handed in: for a pending enrolment of the factor, else for a challenge. */
export interface Submission {
  factor: string;
  /** The method it is for; any of the person's methods of this factor when absent. */
  methodId?: string;
  /** Names the challenge that it answers, for factors that send one. */
  oobCode?: string;
  proof: unknown;
}

/** All that the transaction demands is proved; it waits to be completed. */
export interface Satisfied {
  outcome: 'satisfied';
  proofs: Proof[];
  /** Shown once: a recovery code that replaces the one just used. */
  reveal?: Shown;
}

/** The proof was good, and more is demanded. */
export interface StillPending {
  outcome: 'pending';
  requirement: Requirement;
}

/** Judges a proof inside the caller's transaction: spends the attempt, judges, consumes, counts, logs. */
export async function submitProof(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  submission: Submission,
  context: RequestContext,
): Promise<Satisfied | StillPending | Refusal> {
  if (!['pending', 'enrolling', 'challenged'].includes(transaction.state)) return refuse('expired');
  const factor = parts.registry.get(submission.factor);
  if (!factor) return refuse('unsupported');
  const proof = factor.parseProof(submission.proof);
  if (proof === undefined) return refuse('malformed_proof');
  const settings = await parts.settings(trx);
  if (!settings.factors[factor.name]?.enabled) return refuse('factor_disabled');
  const user = await parts.findUser(trx, transaction.userId);
  if (!user || user.blocked) return refuse('not_allowed');

  const attempt = await spendAttempt(trx, parts.clock, settings, user.id, context.ip);
  if (!attempt.allowed) return refuse('locked', attempt.throttle);
  // Read after the attempt: its row lock makes one user's proofs wait for each other, so this is the latest state.
  const methods = await parts.methods.ofUser(trx, user.id);
  const judged = await judgeProof(parts, trx, {
    transaction,
    submission,
    factor,
    proof,
    settings,
    user,
    methods,
  });
  if (!judged) return fail(parts, trx, transaction, factor, settings, user, context);

  await recordSuccess(trx, user.id);
  return judged.isEnrolment
    ? confirmEnrolment(parts, trx, transaction, factor, judged.method, methods, user, context)
    : passChallenge(parts, trx, transaction, factor, judged.method, judged.reveal, user, context);
}

interface Material {
  transaction: StoredTransaction;
  submission: Submission;
  factor: Factor;
  proof: string;
  settings: TenantSettings;
  user: EngineUser;
  methods: readonly AuthenticationMethod[];
}

interface Accepted {
  method: AuthenticationMethod;
  isEnrolment: boolean;
  reveal?: Shown;
}

/** Finds the method that the proof is good for and spends the proof; undefined when there is none. */
async function judgeProof(parts: EngineParts, trx: Db, material: Material): Promise<Accepted | undefined> {
  const { transaction, submission, factor, settings, user } = material;
  const challenge =
    submission.oobCode === undefined
      ? undefined
      : await findChallenge(parts, trx, transaction.id, submission.oobCode);
  if (factor.beginChallenge && !challenge) return undefined;
  const context = parts.factorContext(trx, factor, settings, user);
  for (const method of candidates(parts, material, challenge?.methodId)) {
    const judgement: Judgement<unknown> = await factor.verify(
      context,
      method.state,
      material.proof,
      challenge?.state,
    );
    if (!judgement.good) continue;
    if (!(await parts.methods.accept(trx, method, judgement.state, parts.clock()))) continue;
    if (challenge && !(await consumeChallenge(parts, trx, challenge.id))) return undefined;
    return {
      method,
      isEnrolment: !method.isConfirmed,
      ...(judgement.reveal ? { reveal: judgement.reveal } : {}),
    };
  }
  return undefined;
}

/**
 * A transaction that is to enrol judges its own pending method; one that is to challenge, confirmed
 * methods. Nothing unconfirmed ever answers a challenge (S-34).
 */
function candidates(
  parts: EngineParts,
  { transaction, submission, factor, methods }: Material,
  challengedMethodId: string | undefined,
): AuthenticationMethod[] {
  const wanted = submission.methodId ?? challengedMethodId;
  return methods
    .filter((method) => method.factor === factor.name && (wanted === undefined || method.id === wanted))
    .filter((method) =>
      transaction.requirement.kind === 'enrol'
        ? isPendingProof(parts, method, transaction.id)
        : transaction.requirement.kind === 'challenge' && method.isConfirmed,
    );
}

async function fail(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  factor: Factor,
  settings: TenantSettings,
  user: EngineUser,
  context: RequestContext,
): Promise<Refusal> {
  const failure = await recordFailure(trx, parts.clock, settings, user.id, context.ip);
  const details = { authenticator: { type: factor.name } };
  await parts.record(trx, transaction, user, context, { type: factor.events.failed, details });
  if (failure.shouldNotify) {
    await parts.notify(trx, { template: 'failed_second_factors', user, context, failures: failure.failures });
  }
  if (!failure.isLocked) return refuse('invalid_proof', failure.throttle);
  await parts.record(trx, transaction, user, context, { type: factor.events.limited, details });
  await parts.transactions.move(trx, transaction.id, 'locked', { reveal: null });
  return refuse('locked', failure.throttle);
}

async function confirmEnrolment(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  factor: Factor,
  method: AuthenticationMethod,
  methods: readonly AuthenticationMethod[],
  user: EngineUser,
  context: RequestContext,
): Promise<Satisfied | StillPending | Refusal> {
  const together = methods.filter((other) => other.transactionId === transaction.id).map((other) => other.id);
  await parts.methods.confirm(trx, user.id, together, parts.clock());
  await parts.record(trx, transaction, user, context, {
    type: 'gd_enrollment_complete',
    details: { authenticator: { id: method.id, type: factor.name } },
  });
  await parts.notify(trx, { template: 'mfa_enrolled', user, context, factor });
  return settle(parts, trx, transaction, proofBy(parts, factor, method), undefined);
}

async function passChallenge(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  factor: Factor,
  method: AuthenticationMethod,
  reveal: Shown | undefined,
  user: EngineUser,
  context: RequestContext,
): Promise<Satisfied | StillPending | Refusal> {
  await parts.record(trx, transaction, user, context, {
    type: factor.events.succeeded,
    details: { authenticator: { id: method.id, type: factor.name } },
  });
  if (reveal) await parts.notify(trx, { template: 'recovery_code_used', user, context });
  return settle(
    parts,
    trx,
    transaction,
    proofBy(parts, factor, method),
    reveal && { shown: reveal, factor: factor.name, isReplacement: true },
  );
}

function proofBy(parts: EngineParts, factor: Factor, method: AuthenticationMethod): Proof {
  return { factor: factor.name, methodId: method.id, at: parts.clock() };
}

/** Adds the proof and decides anew: satisfied, or the next requirement. */
async function settle(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  proof: Proof,
  reveal: StoredTransaction['reveal'],
): Promise<Satisfied | StillPending | Refusal> {
  const proofs = [...transaction.proofs, proof];
  const decision = await judge(parts, trx, { ...transaction.decisionInput, proofs });
  const isSatisfied = decision.requirement.kind === 'none';
  const moved = await parts.transactions.move(trx, transaction.id, isSatisfied ? 'satisfied' : 'pending', {
    proofs,
    decision,
    ...(reveal ? { reveal } : {}),
  });
  if (!moved) return refuse('expired');
  if (!isSatisfied) return { outcome: 'pending', requirement: decision.requirement };
  return { outcome: 'satisfied', proofs, ...(reveal ? { reveal: reveal.shown } : {}) };
}
