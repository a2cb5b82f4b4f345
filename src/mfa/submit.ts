import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { forgetFailures, recordFailure, spendAttempt } from './attempts.ts';
import { decideNow } from './decideNow.ts';
import type { Shown } from './factor.ts';
import { type AcceptedProof, judgeProof } from './judgeProof.ts';
import type { EngineParts } from './parts.ts';
import { recordStep, type Step } from './step.ts';
import { isOpen, type Proof, type Refusal, type Requirement, refuse } from './transaction.ts';
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

/** All that the transaction demands is proved. */
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

/**
 * Judges a proof inside the caller's database transaction: spends the attempt, judges, consumes, counts,
 * logs. `goal` is where a transaction goes that has all it demands: it waits to be completed, or is.
 */
export async function submitProof(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  submission: Submission,
  context: RequestContext,
  goal: 'satisfied' | 'completed',
): Promise<Satisfied | StillPending | Refusal> {
  if (!isOpen(transaction.state)) return refuse('expired');
  const factor = parts.registry.get(submission.factor);
  if (!factor) return refuse('unsupported');
  const proof = factor.parseProof(submission.proof);
  if (proof === undefined) return refuse('malformed_proof');
  const settings = await parts.settings(trx);
  if (!parts.registry.isEnabled(factor, settings)) return refuse('factor_disabled');
  const user = await parts.findUser(trx, transaction.userId);
  if (!user || user.blocked) return refuse('not_allowed');

  const attempt = await spendAttempt(trx, parts.clock, settings, user.id, context.ip);
  if (!attempt.allowed) return refuse('locked', attempt.throttle);
  // Read after the attempt: its row lock makes one user's proofs wait for each other, so this is the latest state.
  const methods = await parts.methods.ofUser(trx, user.id);
  const step: Step = { parts, trx, transaction, settings, user, factor, methods, context };
  const { methodId, oobCode } = submission;
  const accepted = await judgeProof(step, { proof, methodId, oobCode });
  if (!accepted) return fail(step);

  await forgetFailures(trx, user.id);
  if (accepted.isEnrolment) return settle(await confirmEnrolment(step, accepted), accepted, goal);
  await recordStep(step, factor.events.succeeded, accepted.method);
  if (factor.noticeOfUse) await parts.notify(trx, { template: factor.noticeOfUse, user, context });
  return settle(step, accepted, goal);
}

async function fail(step: Step): Promise<Refusal> {
  const { parts, trx, transaction, settings, user, factor, context } = step;
  const { failures, isLocked, shouldNotify, throttle } = await recordFailure(
    trx,
    parts.clock,
    settings,
    user.id,
    context.ip,
  );
  await recordStep(step, factor.events.failed);
  if (shouldNotify) await parts.notify(trx, { template: 'failed_second_factors', user, context, failures });
  if (!isLocked) return refuse('invalid_proof', throttle);
  await recordStep(step, factor.events.limited);
  await parts.transactions.move(trx, transaction.id, 'locked', { reveal: null });
  return refuse('locked', throttle);
}

/** Confirms the method and what came beside it; the step goes on with the methods as they are then. */
async function confirmEnrolment(step: Step, { method }: AcceptedProof): Promise<Step> {
  const { parts, trx, transaction, user, factor, methods, context } = step;
  const isOfThis = (other: { transactionId?: string }) => other.transactionId === transaction.id;
  const together = methods.filter(isOfThis).map((other) => other.id);
  await parts.methods.confirm(trx, user.id, together, parts.clock());
  await recordStep(step, 'gd_enrollment_complete', method);
  await parts.notify(trx, { template: 'mfa_enrolled', user, context, factor });
  const confirmed = methods.filter((other) => other.isConfirmed || isOfThis(other));
  return { ...step, methods: confirmed.map((other) => ({ ...other, isConfirmed: true })) };
}

/** Adds the proof and decides anew: the goal, or the next requirement. */
async function settle(
  step: Step,
  { method, reveal }: AcceptedProof,
  goal: 'satisfied' | 'completed',
): Promise<Satisfied | StillPending | Refusal> {
  const { parts, trx, transaction, settings, factor, methods } = step;
  const proofs = [...transaction.proofs, { factor: factor.name, methodId: method.id, at: parts.clock() }];
  const decision = await decideNow(
    parts,
    trx,
    { ...transaction.decisionInput, proofs },
    { settings, methods },
  );
  const isSatisfied = decision.requirement.kind === 'none';
  const kept = reveal && { shown: reveal, factor: factor.name, isReplacement: true };
  const moved = await parts.transactions.move(trx, transaction.id, isSatisfied ? goal : 'pending', {
    proofs,
    decision,
    ...(goal === 'completed' ? { reveal: null } : kept ? { reveal: kept } : {}),
  });
  if (!moved) return refuse('expired');
  if (!isSatisfied) return { outcome: 'pending', requirement: decision.requirement };
  return { outcome: 'satisfied', proofs, ...(reveal ? { reveal } : {}) };
}
