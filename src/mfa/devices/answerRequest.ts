import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import { recordAddressFailure, returnAttempt, spendAttempt } from '../attempts.ts';
import { recordFailedProof } from '../failedProof.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { EngineParts } from '../parts.ts';
import { isReached } from '../sends/isReached.ts';
import { failureEvent, recordStep, type Step } from '../step.ts';
import type { RequestState } from './askDevice.ts';
import { collectGraceMs } from './collectAnswer.ts';
import { countDenial } from './denials.ts';
import type { DeviceRefusal } from './deviceDesk.ts';
import type { DeviceStatement, DeviceVerdict } from './deviceFactor.ts';
import type { StoredRequest } from './deviceRequests.ts';
import { type DeviceFactor, hasDevice, refuseDevice } from './openDevice.ts';

export interface AnswerRecorded {
  outcome: 'recorded';
  answer: 'approved' | 'denied';
}

/**
 * Judges what a device answers and records it, once (S-51). The attempt is spent before it is judged (S-17); what
 * this device signed for something else, and a wrong number, count as failed proofs (S-49).
 */
export function answerRequest(
  parts: EngineParts,
  requestToken: string,
  answer: DeviceStatement,
  context: RequestContext,
): Promise<AnswerRecorded | DeviceRefusal> {
  return parts.database.transaction(async (trx): Promise<AnswerRecorded | DeviceRefusal> => {
    const request = await parts.deviceRequests.ofToken(trx, 'verification', requestToken);
    if (!request) return refuseDevice('unknown_request');
    if (!request.isWaiting) return refuseDevice('request_over');
    const opened = await openRequest(parts, trx, request, context);
    if (opened.outcome === 'refused') return opened;
    const { step, method, state } = opened;
    const { settings, user, factor } = step;
    const factorContext = parts.factorContext(trx, factor, settings, user, context);
    const verdict = await factor.device.judgeAnswer(factorContext, method.state, answer, state.request);
    if (verdict.answer === 'invalid') {
      const { detail, isUnsigned } = verdict;
      return isUnsigned ? forged(step, detail) : failed(step, detail, 'invalid_answer');
    }
    if (!(await parts.deviceRequests.answer(trx, request.challengeId, verdict.answer))) {
      await returnAttempt(trx, user.id);
      return refuseDevice('request_over');
    }
    if (verdict.answer === 'mismatched') {
      // Who taps without looking is asked less and less, as who says no: a third of their taps is right.
      await countDenial(trx, parts.clock, state.denialKey);
      return failed(step, 'number_mismatch', 'number_mismatch');
    }
    await returnAttempt(trx, user.id);
    if (verdict.answer === 'denied') await noteDenial(step, method, state, verdict);
    else await parts.challenges.prolong(trx, request.challengeId, parts.clock() + collectGraceMs);
    return { outcome: 'recorded', answer: verdict.answer };
  });
}

interface OpenedRequest {
  outcome: 'opened';
  step: Step & { factor: DeviceFactor };
  method: AuthenticationMethod;
  state: RequestState;
}

/** All that an answer is judged by, read once the attempt is spent and with it the person held. */
async function openRequest(
  parts: EngineParts,
  trx: Db,
  { challengeId, transactionId, userId, methodId }: StoredRequest,
  context: RequestContext,
): Promise<OpenedRequest | DeviceRefusal> {
  const user = await parts.findUser(trx, userId);
  if (!user || user.blocked) return refuseDevice('request_over');
  const settings = await parts.settings(trx);
  const spent = await spendAttempt(trx, parts.clock, settings, userId, context.ip);
  if (!spent.allowed) return refuseDevice('locked', spent.throttle);
  const unspent = async (code: 'request_over' | 'unsupported_device' | 'factor_disabled') => {
    await returnAttempt(trx, userId);
    return refuseDevice(code);
  };
  const transaction = await parts.transactions.find(trx, transactionId);
  const found = await parts.challenges.findById(trx, challengeId);
  const methods = await parts.methodsOf(trx, user, settings);
  const method = methods.find(({ id, isConfirmed }) => id === methodId && isConfirmed);
  const factor = method && parts.registry.get(method.factor);
  const request = await parts.deviceRequests.ofChallenge(trx, challengeId);
  if (!transaction || found.outcome !== 'open' || !request?.isWaiting || !method || !hasDevice(factor)) {
    return unspent('request_over');
  }
  if (!parts.registry.isEnabled(factor, settings)) return unspent('factor_disabled');
  if (!isReached(parts.registry, settings, factor, method.state)) return unspent('unsupported_device');
  if (!(await parts.challenges.spendAttempt(trx, challengeId))) return unspent('request_over');
  const step = { parts, trx, transaction, settings, user, factor, methods, context };
  return { outcome: 'opened', step, method, state: found.challenge.state as RequestState };
}

/** The transaction stays as it is: whoever waits for it hears of a lock when they collect. */
async function failed(
  step: Step,
  detail: string | undefined,
  code: 'invalid_answer' | 'number_mismatch',
): Promise<DeviceRefusal> {
  const { isLocked, throttle } = await recordFailedProof(step, detail);
  return isLocked ? refuseDevice('locked', throttle) : refuseDevice(code);
}

/**
 * The push service, or whoever else sees a request's bearer, needs no password to send this, and guesses nothing by
 * it: it counts for the request and the address, and locks nobody's second factors (S-19).
 */
async function forged(step: Step, detail: string | undefined): Promise<DeviceRefusal> {
  const { parts, trx, user, context } = step;
  await returnAttempt(trx, user.id);
  await recordAddressFailure(trx, parts.clock, context.ip);
  await recordStep(step, failureEvent(step), { detail });
  return refuseDevice('invalid_answer');
}

const longestReason = 256;

async function noteDenial(
  { parts, trx, transaction, user, factor, context }: Step,
  { id }: AuthenticationMethod,
  { asked, denialKey }: RequestState,
  { reason, isForeign }: DeviceVerdict & { answer: 'denied' },
): Promise<void> {
  const pausedUntil = await countDenial(trx, parts.clock, denialKey);
  await parts.record(trx, transaction, user, context, {
    type: 'gd_auth_rejected',
    ...(isForeign ? { description: 'The person says that the sign-in is not theirs' } : {}),
    details: {
      authenticator: { id, type: factor.name },
      ...(reason === undefined ? {} : { reason: reason.slice(0, longestReason) }),
      is_foreign: isForeign,
      asked_from: asked.ip,
      paused_until: new Date(pausedUntil).toISOString(),
    },
  });
  if (!isForeign) return;
  // Whoever it is may have had one remembered before (S-46).
  await parts.browsers.forgetAll(trx, user.id);
  const { client } = transaction.decisionInput;
  // Where and when somebody asked is what the person has to judge; the words are in their own language.
  await parts.notify(trx, { template: 'push_denied', user, client, context: { ...context, ...asked } });
}
