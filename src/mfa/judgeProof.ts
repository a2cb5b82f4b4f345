import { isSecondFactor } from './authenticationContext.ts';
import { consumeChallenge, findChallenge } from './challenge.ts';
import { isPendingProof } from './enrol.ts';
import type { Judgement, Shown } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { Step } from './step.ts';

/** A proof that was good and is spent now. */
export interface AcceptedProof {
  method: AuthenticationMethod;
  /** It confirmed this method, rather than answered a challenge. */
  isEnrolment: boolean;
  /** Shown once: what replaces the proof. */
  reveal?: Shown;
}

/** What was handed in, parsed. */
export interface PresentedProof {
  proof: string;
  methodId?: string | undefined;
  oobCode?: string | undefined;
}

/** Finds the method that the proof is good for and spends the proof; undefined when there is none. */
export async function judgeProof(step: Step, presented: PresentedProof): Promise<AcceptedProof | undefined> {
  const { parts, trx, transaction, factor, settings, user } = step;
  const { oobCode } = presented;
  const challenge =
    oobCode === undefined ? undefined : await findChallenge(parts, trx, transaction.id, oobCode);
  if (factor.beginChallenge && !challenge) return undefined;
  const context = parts.factorContext(trx, factor, settings, user);
  for (const method of candidates(step, presented.methodId ?? challenge?.methodId)) {
    const judgement: Judgement<unknown> = await factor.verify(
      context,
      method.state,
      presented.proof,
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
 * methods of the factors that it demands. Nothing unconfirmed ever answers a challenge (S-34).
 */
function candidates(
  { parts, transaction, factor, methods }: Step,
  methodId: string | undefined,
): AuthenticationMethod[] {
  const { requirement, proofs } = transaction;
  if (!('factors' in requirement) || !requirement.factors.includes(factor.name)) return [];
  // Somebody enrolled since this transaction was told to: a password alone adds nothing any more (S-39).
  const isEnrolled = methods.some((method) => method.isConfirmed);
  if (requirement.kind === 'enrol' && isEnrolled && !proofs.some(isSecondFactor)) return [];
  return methods
    .filter((method) => method.factor === factor.name && (methodId === undefined || method.id === methodId))
    .filter((method) =>
      requirement.kind === 'enrol' ? isPendingProof(parts, method, transaction.id) : method.isConfirmed,
    );
}
