import type { Challenge } from './challenges.ts';
import { isPendingProof } from './enrol.ts';
import type { Evidence, Judgement, Shown } from './factor.ts';
import { levelContext } from './levelContext.ts';
import { mayEnrol } from './mayEnrol.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { Step } from './step.ts';

/** A proof that was good and is spent now. */
export interface AcceptedProof {
  method: AuthenticationMethod;
  /** It confirmed this method, rather than answered a challenge. */
  isEnrolment: boolean;
  /** By which channel its code came. */
  channel?: string;
  /** Shown once: what replaces the proof. */
  reveal?: Shown;
  evidence?: Evidence;
  /** Of several codes that were handed out: how many are left. */
  remaining?: number;
  /** A word for the log about something strange. */
  detail?: string;
}

/** A proof that was good for nothing. */
export interface RejectedProof {
  /** A word for the log. */
  detail?: string;
}

/** What was handed in, parsed. */
export interface PresentedProof {
  proof: unknown;
  methodId?: string | undefined;
  /** The challenge that it answers, for factors that make one. */
  challenge?: Challenge | undefined;
}

/** Finds the method that the proof is good for and spends the proof. */
export async function judgeProof(
  step: Step,
  { proof, methodId, challenge }: PresentedProof,
): Promise<{ accepted: AcceptedProof } | { rejected: RejectedProof }> {
  const { parts, trx, factor } = step;
  let rejected: RejectedProof = {};
  if ((factor.beginChallenge || factor.showChallenge || factor.redirect) && !challenge) return { rejected };
  const isOpen = challenge !== undefined && !challenge.isTaken;
  if (isOpen && !(await parts.challenges.spendAttempt(trx, challenge.id))) return { rejected };
  const methods = candidates(step, proof, challenge?.methodId ?? methodId);
  if (methods.length === 0 && factor.isFor) rejected = { detail: 'unknown_credential' };
  for (const method of methods) {
    const context = levelContext(step, [method.state]);
    const judgement: Judgement<unknown> = await factor.verify(context, method.state, proof, challenge?.state);
    const { detail } = judgement;
    if (!judgement.good) {
      if (detail !== undefined) rejected = { detail };
      continue;
    }
    if (isOpen && !(await parts.challenges.consume(trx, challenge.id))) return { rejected };
    if (!method.isConfirmed && !(await isUnclaimed(step, method, judgement.state))) {
      return { rejected: { detail: 'claimed_by_another' } };
    }
    if (!(await isAccepted(step, method, judgement.state))) continue;
    const { reveal, evidence } = judgement;
    const { remaining } = factor.describe(judgement.state);
    const accepted: AcceptedProof = {
      method,
      isEnrolment: !method.isConfirmed,
      ...(challenge?.channel === undefined ? {} : { channel: challenge.channel }),
      ...(reveal ? { reveal } : {}),
      ...(evidence ? { evidence } : {}),
      ...(remaining === undefined ? {} : { remaining }),
      ...(detail === undefined ? {} : { detail }),
    };
    return { accepted };
  }
  return { rejected };
}

/** Takes what no other method may have; false when another has it. */
export async function isUnclaimed(
  { parts, trx, factor }: Step,
  method: AuthenticationMethod,
  state: unknown,
): Promise<boolean> {
  return !factor.claim || parts.methods.claim(trx, method, factor.claim(state));
}

/** What isn't stored has no state to move; its proof is spent with the challenge. */
async function isAccepted(
  { parts, trx, context }: Step,
  method: AuthenticationMethod,
  state: unknown,
): Promise<boolean> {
  if (method.isImplicit) return true;
  return parts.methods.accept(trx, method, state, { ...context, now: parts.clock() });
}

/**
 * The methods that a proof may be of.
 *
 * A transaction that is to enrol judges its own pending method; one that is to challenge, confirmed
 * methods of the factors that it demands. Nothing unconfirmed ever answers a challenge (S-34).
 */
export function candidates(step: Step, proof: unknown, methodId: string | undefined): AuthenticationMethod[] {
  const { parts, transaction, factor, methods } = step;
  const { requirement } = transaction;
  if (!('factors' in requirement) || !requirement.factors.includes(factor.name)) return [];
  // Somebody enrolled since this transaction was told to: a password alone adds nothing any more (S-39).
  if (requirement.kind === 'enrol' && !mayEnrol(step)) return [];
  return methods
    .filter((method) => method.factor === factor.name && (methodId === undefined || method.id === methodId))
    .filter((method) => !method.isConfirmed || factor.isFor?.(method.state, proof) !== false)
    .filter((method) =>
      requirement.kind === 'enrol'
        ? isPendingProof(parts, method, transaction.id, methods)
        : method.isConfirmed,
    );
}
