import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { endFailures, recordFailure, spendAttempt } from './attempts.ts';
import { decideNow } from './decideNow.ts';
import type { Shown } from './factor.ts';
import { type AcceptedProof, judgeProof } from './judgeProof.ts';
import type { AuthenticationMethod } from './methods.ts';
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

  await endFailures(trx, user.id);
  const settled = await settle(step, accepted, goal);
  // The transaction ended meanwhile: the proof is spent, and nothing is confirmed by it.
  if (settled.outcome === 'refused') return settled;
  await (accepted.isEnrolment ? confirmEnrolment(step, accepted) : recordPass(step, accepted));
  return settled;
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

/** Confirms the method and what came beside it. */
async function confirmEnrolment(step: Step, { method }: AcceptedProof): Promise<void> {
  const { parts, trx, user, factor, context } = step;
  const together = enrolledTogether(step).map((other) => other.id);
  await parts.methods.confirm(trx, user.id, together, parts.clock());
  await recordStep(step, 'gd_enrollment_complete', method);
  await parts.notify(trx, { template: 'mfa_enrolled', user, context, factor });
}

async function recordPass(step: Step, { method }: AcceptedProof): Promise<void> {
  const { parts, trx, user, factor, context } = step;
  await recordStep(step, factor.events.succeeded, method);
  if (factor.noticeOfUse) await parts.notify(trx, { template: factor.noticeOfUse, user, context });
}

/** What this transaction enrolled: the method proved and what came beside it. */
function enrolledTogether({ methods, transaction }: Step): AuthenticationMethod[] {
  return methods.filter((method) => method.transactionId === transaction.id);
}

/** The user's confirmed methods once this proof has done its work. */
function methodsAfter(step: Step, { isEnrolment }: AcceptedProof): AuthenticationMethod[] {
  const confirmed = step.methods.filter((method) => method.isConfirmed);
  if (!isEnrolment) return confirmed;
  return [...confirmed, ...enrolledTogether(step).map((method) => ({ ...method, isConfirmed: true }))];
}

/** Adds the proof and decides anew: the goal, or the next requirement. */
async function settle(
  step: Step,
  accepted: AcceptedProof,
  goal: 'satisfied' | 'completed',
): Promise<Satisfied | StillPending | Refusal> {
  const { parts, trx, transaction, settings, user, factor } = step;
  const { method, reveal } = accepted;
  const methods = methodsAfter(step, accepted);
  const proofs = [...transaction.proofs, { factor: factor.name, methodId: method.id, at: parts.clock() }];
  const decision = await decideNow(
    parts,
    trx,
    { ...transaction.decisionInput, proofs },
    { settings, methods, user },
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
