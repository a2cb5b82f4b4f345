import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { knowsOrVerified, levelWith } from './assuranceLevel.ts';
import { endFailures, returnAttempt, spendAttempt } from './attempts.ts';
import type { Challenge, ChallengeName, FoundChallenge } from './challenges.ts';
import { decideNow, isInForce } from './decideNow.ts';
import { type Collected, collectAnswer, refusalOfOver } from './devices/collectAnswer.ts';
import { replaceEarlier } from './devices/replaceEarlier.ts';
import { withTheirDevices } from './devices/sameDevice.ts';
import { settleDevices } from './devices/settleDevices.ts';
import { spendInvitation } from './errands/spendInvitation.ts';
import type { Factor, Shown } from './factor.ts';
import { recordFailedProof } from './failedProof.ts';
import { type AcceptedProof, judgeProof, type PresentedProof, type RejectedProof } from './judgeProof.ts';
import type { AuthenticationMethod } from './methods.ts';
import { removeEarlier, withOffer } from './offer.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import { endPasses } from './passes/endPasses.ts';
import { provedAddress } from './provedAddress.ts';
import { recordConversion } from './sends/admitSend.ts';
import { comesBeside } from './standby.ts';
import { recordStep, type Step } from './step.ts';
import { isOpen, type Proof, type Refusal, type Requirement, refuse } from './transaction.ts';
import type { StoredTransaction } from './transactions.ts';
import { keepAddition } from './undo/keepAddition.ts';

/** A proof handed in: for a pending enrolment, else for a challenge. */
export type Submission =
  /** One that answers a challenge which was sent; the challenge tells factor and method. */
  | {
      challenge: ChallengeName;
      proof: unknown;
      /** An enrolment that it confirms counts for nothing yet: the person is asked to prove it. */
      confirmsOnly?: true;
    }
  /** What another service told this server; the challenge was spent before it was asked (S-94). */
  | { taken: Challenge; proof: unknown }
  /** One that needs none. */
  | {
      factor: string;
      /** The method it is for; any of the person's methods of this factor when absent. */
      methodId?: string;
      proof: unknown;
    };

/** What a proof is for, read in the same database transaction. */
export interface Passage {
  transaction: StoredTransaction;
  /** Undefined when the account is gone. */
  user: EngineUser | undefined;
}

/** All that the transaction demands is proved. */
export interface Satisfied {
  outcome: 'satisfied';
  /** Those that count, for the session or the tokens. */
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
  { transaction, user }: Passage,
  submission: Submission,
  context: RequestContext,
  goal: 'satisfied' | 'completed',
): Promise<Satisfied | StillPending | Refusal> {
  if (!isOpen(transaction.state)) return refuse('expired');
  const found = await answeredChallenge(parts, trx, transaction.id, submission);
  if (found?.outcome === 'unknown') return refuse('wrong_challenge');
  if (found?.outcome === 'over') return refusalOfOver(parts, trx, found.id);
  const challenge = found?.challenge;
  const factor = parts.registry.get('factor' in submission ? submission.factor : (challenge?.factor ?? ''));
  if (!factor) return refuse('unsupported');
  const proof = proofIn(submission, factor);
  if (proof === undefined && !factor.device) return refuse('malformed_proof');
  const settings = await parts.settings(trx);
  if (!parts.registry.isEnabled(factor, settings)) return refuse('factor_disabled');
  if (!user || user.blocked) return refuse('not_allowed');

  const handed = { parts, trx, transaction, settings, user, factor, context };
  const methodId = 'factor' in submission ? submission.methodId : undefined;
  const taken = factor.device
    ? await collectAnswer(handed, challenge)
    : await attempt(handed, { proof, methodId, challenge });
  if (taken.outcome === 'refused') return taken;
  const { step, accepted } = taken;

  await endFailures(trx, user.id);
  if (accepted.isEnrolment && !(await spendInvitation(step))) return refuse('expired');
  const isCounted = !('confirmsOnly' in submission && accepted.isEnrolment);
  const settled = await settle(step, accepted, { goal, isCounted });
  // The transaction ended meanwhile: the proof is spent, and nothing is confirmed by it.
  if (settled.outcome === 'refused') return settled;
  await settleDevices(step, settled.outcome === 'satisfied');
  if (settled.outcome === 'satisfied') await noteAddress(step);
  if (challenge && factor.sending) {
    const purpose = accepted.isEnrolment ? 'enrolment' : 'verification';
    await recordConversion(step, accepted.method.state, purpose);
  }
  // Only beside the new password: who knows just the old one says nothing about who chose the new.
  const knowsPassword = transaction.proofs.some(
    (proof) => proof.factor === 'password' && isInForce(proof, user),
  );
  if (user.isPasswordByMail && knowsPassword && factor.reach !== 'mailbox') {
    await parts.vouchForPassword(trx, user.id);
  }
  await (accepted.isEnrolment ? confirmEnrolment(step, accepted) : recordPass(step, accepted));
  return settled;
}

async function answeredChallenge(
  parts: EngineParts,
  trx: Db,
  transactionId: string,
  submission: Submission,
): Promise<FoundChallenge | undefined> {
  if ('taken' in submission) return { outcome: 'open', challenge: submission.taken };
  return 'challenge' in submission
    ? parts.challenges.find(trx, transactionId, submission.challenge)
    : undefined;
}

/**
 * What is judged. A device has answered already, or will: what is handed in here says nothing. Likewise nothing
 * counts but what another service told this server itself.
 */
function proofIn(submission: Submission, factor: Factor): unknown {
  if (factor.device) return undefined;
  if ('taken' in submission) return factor.redirect && submission.proof;
  return factor.redirect ? undefined : factor.parseProof(submission.proof);
}

/** Spends an attempt, then judges the proof (S-17). */
async function attempt(
  handed: Omit<Step, 'methods'>,
  presented: PresentedProof,
): Promise<Collected | Refusal> {
  const { parts, trx, settings, user, context } = handed;
  const spent = await spendAttempt(trx, parts.clock, settings, user.id, context.ip);
  if (!spent.allowed) return refuse('locked', spent.throttle);
  // Read after the attempt: its row lock makes one user's proofs wait for each other, so this is the latest state.
  const step: Step = { ...handed, methods: await parts.methodsOf(trx, user, settings) };
  const judged = await judgeProof(step, presented);
  if ('rejected' in judged) return fail(step, judged.rejected);
  return { outcome: 'collected', step, accepted: judged.accepted };
}

/** From where everything was proved just now. */
async function noteAddress({ parts, trx, user, context }: Step): Promise<void> {
  const address = provedAddress(parts.vault, user.id, context.ip);
  if (user.provedAddress !== address) await parts.noteProvedAddress(trx, user.id, address);
}

async function fail(step: Step, { detail }: RejectedProof): Promise<Refusal> {
  const { parts, trx, transaction, user } = step;
  const present = await parts.transactions.find(trx, transaction.id);
  // The same proof, sent at the same time, was accepted meanwhile: no failure of the person's.
  if (!present || !isOpen(present.state)) {
    await returnAttempt(trx, user.id);
    return refuse('expired');
  }
  const { isLocked, throttle } = await recordFailedProof(step, detail);
  if (!isLocked) return refuse('invalid_proof', throttle);
  await parts.transactions.move(trx, transaction.id, 'locked', { reveal: null });
  return refuse('locked', throttle);
}

/** Confirms the method and what came beside it. */
export async function confirmEnrolment(step: Step, { method }: Pick<AcceptedProof, 'method'>): Promise<void> {
  const { parts, trx, transaction, user, factor, context } = step;
  const together = enrolledTogether(step, method).map((other) => other.id);
  await parts.methods.confirm(trx, user.id, together, parts.clock());
  const added = { factor: factor.name, methodIds: together, before: step.methods };
  const undoTicket = await keepAddition({ parts, trx, user, ...added });
  await endPasses(step);
  // Whatever else was begun beside is void with it.
  await parts.challenges.voidAll(trx, transaction.id);
  await recordStep(step, 'gd_enrollment_complete', { method });
  await parts.notify(trx, { template: 'mfa_enrolled', user, context, factor, undoTicket });
  await replaceEarlier(step, method);
  await removeEarlier(step);
}

async function recordPass(step: Step, accepted: AcceptedProof): Promise<void> {
  const { parts, trx, transaction, user, factor, context } = step;
  const { method, detail, remaining } = accepted;
  const level = levelWith(accepted, { knows: knowsOrVerified(transaction.proofs), factor });
  await recordStep(step, factor.events.succeeded, { method, detail, level });
  if (!factor.noticeOfUse) return;
  const left = remaining === undefined ? {} : { remaining };
  await parts.notify(trx, { template: factor.noticeOfUse, user, context, ...left });
}

/** What this transaction enrolled: the method proved, what its device brought along, and what comes beside a first one. */
function enrolledTogether(
  { parts: { registry }, methods, transaction }: Step,
  proved: AuthenticationMethod,
): AuthenticationMethod[] {
  const begun = methods.filter((method) => method.transactionId === transaction.id);
  const beside = begun.filter(({ factor }) => comesBeside(registry.get(factor)));
  return withTheirDevices(registry, [proved, ...beside], begun);
}

/** The user's confirmed methods once this proof has done its work. */
function methodsAfter(step: Step, { isEnrolment, method }: AcceptedProof): AuthenticationMethod[] {
  const confirmed = step.methods.filter(({ isConfirmed }) => isConfirmed);
  if (!isEnrolment) return confirmed;
  return [...confirmed, ...enrolledTogether(step, method).map((one) => ({ ...one, isConfirmed: true }))];
}

/** Adds the proof where it counts, and decides anew: the goal, or the next requirement. */
async function settle(
  step: Step,
  accepted: AcceptedProof,
  { goal, isCounted }: { goal: 'satisfied' | 'completed'; isCounted: boolean },
): Promise<Satisfied | StillPending | Refusal> {
  const { parts, trx, transaction, settings, user, factor } = step;
  const { method, reveal, channel, evidence } = accepted;
  const methods = methodsAfter(step, accepted);
  const { enrols } = transaction.decisionInput;
  const proof: Proof = {
    factor: factor.name,
    methodId: method.id,
    ...(channel === undefined ? {} : { channel }),
    ...(evidence ? { evidence } : {}),
    ...(enrols && accepted.isEnrolment ? { enrolledBy: enrols.ticketId } : {}),
    at: parts.clock(),
  };
  const proofs = isCounted ? [...transaction.proofs, proof] : transaction.proofs;
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
    decision: goal === 'satisfied' ? withOffer(step, accepted, decision) : decision,
    ...(goal === 'completed' ? { reveal: null } : kept ? { reveal: kept } : {}),
  });
  if (!moved) return refuse('expired');
  if (!isSatisfied) return { outcome: 'pending', requirement: decision.requirement };
  return { outcome: 'satisfied', proofs: [...decision.standing], ...(reveal ? { reveal } : {}) };
}
