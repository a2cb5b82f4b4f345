import type { Db } from '../../database/database.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import { currentLock, holdUser } from '../attempts.ts';
import type { Challenge } from '../challenges.ts';
import { type AcceptedProof, candidates, isUnclaimed } from '../judgeProof.ts';
import type { EngineParts } from '../parts.ts';
import { isReached } from '../sends/isReached.ts';
import type { Step } from '../step.ts';
import { type Refusal, type RefusalCode, refuse } from '../transaction.ts';
import type { RequestAnswer } from './deviceRequests.ts';

/** How often whoever waits may ask: RFC 8628 §3.5 (S-54). */
const pollLimit: Limit = { name: 'device-polls', burst: 12, refillSeconds: 5 };

/** Whoever waits asks every five seconds, and shall still get what came in the last one. */
export const collectGraceMs = 60_000;

const fates: Record<Exclude<RequestAnswer, 'approved'>, RefusalCode> = {
  denied: 'answer_denied',
  mismatched: 'answer_denied',
  replaced: 'answer_replaced',
};

/** A proof that the person's device gave, and the step that goes on with it. */
export interface Collected {
  outcome: 'collected';
  step: Step;
  accepted: AcceptedProof;
}

/**
 * Takes the device's answer, once (S-01): nothing is satisfied but by what was recorded for this very challenge
 * (S-14). No attempt is spent, since nothing is guessed.
 */
export async function collectAnswer(
  handed: Omit<Step, 'methods'>,
  challenge: Challenge | undefined,
): Promise<Collected | Refusal> {
  const { parts, trx, transaction, settings, user, factor, context } = handed;
  if (!challenge) return refuse('malformed_proof');
  const request = await parts.deviceRequests.ofChallenge(trx, challenge.id);
  if (!request) return refuse('challenge_expired');
  if (request.answer !== undefined && request.answer !== 'approved') {
    await parts.challenges.consume(trx, challenge.id);
    return refuse(fates[request.answer]);
  }
  // Whoever changes something about this person waits, so that what is read next stays true.
  if (request.answer) await holdUser(trx, user.id);
  const lock = await currentLock(trx, parts.clock, settings, user.id);
  if (lock) return refuse('locked', lock);
  if (!request.answer) {
    const polled = await spend(trx, parts.clock, pollLimit, transaction.id);
    return polled.allowed ? refuse('answer_pending') : refuse('polled_too_fast', polled);
  }

  const methods = await parts.methodsOf(trx, user, settings);
  const step: Step = { ...handed, methods };
  const [method] = candidates(step, undefined, challenge.methodId);
  if (!(await parts.challenges.consume(trx, challenge.id))) return refuse('challenge_expired');
  if (!method || !isReached(parts.registry, settings, factor, method.state)) return refuse('not_allowed');
  if (!method.isConfirmed && !(await isUnclaimed(step, method, method.state))) return refuse('not_allowed');
  if (!(await parts.methods.accept(trx, method, method.state, { ...context, now: parts.clock() }))) {
    return refuse('challenge_expired');
  }
  const { channel } = challenge;
  const accepted = { method, isEnrolment: !method.isConfirmed, ...(channel ? { channel } : {}) };
  return { outcome: 'collected', step, accepted };
}

/** What became of a challenge that is over: a device may have had to do with it. */
export async function refusalOfOver(
  { deviceRequests }: EngineParts,
  trx: Db,
  challengeId: string,
): Promise<Refusal> {
  const answer = (await deviceRequests.ofChallenge(trx, challengeId))?.answer;
  return refuse(answer === undefined || answer === 'approved' ? 'challenge_expired' : fates[answer]);
}
