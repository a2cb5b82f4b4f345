import type { ThrottleResult } from '../database/throttle.ts';
import { recordFailure } from './attempts.ts';
import { failureEvent, recordStep, type Step } from './step.ts';

/** What a failed proof led to. */
export interface FailedProof {
  /** It was the last one allowed. */
  isLocked: boolean;
  throttle: ThrottleResult;
}

/** Counts, logs and tells a failed proof whose attempt was spent; `detail` is a word for the log. */
export async function recordFailedProof(step: Step, detail: string | undefined): Promise<FailedProof> {
  const { parts, trx, settings, user, factor, context } = step;
  const { failures, isLocked, shouldNotify, throttle } = await recordFailure(
    trx,
    parts.clock,
    settings,
    user.id,
    context.ip,
  );
  await recordStep(step, failureEvent(step), { detail });
  if (shouldNotify) await parts.notify(trx, { template: 'failed_second_factors', user, context, failures });
  if (isLocked) {
    await recordStep(step, factor.events.limited);
    // Somebody has the password: no browser stands in for the second factor that is being guessed at (S-46).
    await parts.browsers.forgetAll(trx, user.id);
  }
  return { isLocked, throttle };
}
