import type { FastifyReply } from 'fastify';
import type { Refusal, RefusalCode } from '../../../mfa/transaction.ts';
import { type Problem, problems, sendProblem } from '../problem.ts';

/** The id in an address is not that of the flow's enrolment. */
export const unknownEnrolment: Problem = {
  status: 404,
  errorCode: 'enrollment_not_found',
  message: 'There is no such enrolment in this login.',
};

const notEnrolled: Problem = {
  status: 404,
  errorCode: 'enrollment_not_found',
  message: 'The person has nothing enrolled that serves this.',
};

const wrongCode: Problem = {
  status: 401,
  errorCode: 'invalid_otp',
  message: 'The code is wrong or too old.',
};

export const conflict: Problem = {
  status: 409,
  errorCode: 'enrollment_conflict',
  message: 'The person is enrolled already, or nothing can be enrolled now.',
};

const notNow: Problem = {
  status: 403,
  errorCode: 'insufficient_scope',
  message: 'This is not allowed at this point of the login.',
};

/** What each refusal of the engine is called, where the call has no word of its own. */
const refusals: Record<RefusalCode, Problem> = {
  invalid_proof: wrongCode,
  malformed_proof: problems.malformed,
  service_unavailable: notNow,
  locked: problems.locked,
  rate_limited: problems.tooMany,
  expired: problems.unknownTransaction,
  not_found: notEnrolled,
  not_allowed: notNow,
  already_enrolled: conflict,
  factor_disabled: problems.disabled,
  nothing_enrolled: notEnrolled,
  unsupported: notEnrolled,
  too_many_methods: conflict,
  too_many_sends: problems.tooMany,
  malformed_input: {
    status: 400,
    errorCode: 'invalid_phone_number',
    message: 'A phone number in E.164 form is expected: +12025550123.',
  },
  destination_refused: {
    status: 400,
    errorCode: 'invalid_phone_number',
    message: 'Nothing is sent to numbers of this kind or country.',
  },
  wrong_challenge: wrongCode,
  challenge_expired: wrongCode,
  answer_pending: notNow,
  answer_denied: notNow,
  answer_replaced: notNow,
  polled_too_fast: problems.tooMany,
  weak_proof: notNow,
  not_removable: notNow,
};

/** Words of a call's own, by the engine's. */
export type OwnWords = Partial<Record<RefusalCode, Problem>>;

/** For calls that enrol. */
export const enrolling: OwnWords = { not_allowed: conflict };

/** For calls that send something to what is enrolled. */
export const sendingTo = (tooMany: string, unreachable?: Problem): OwnWords => ({
  not_allowed: notEnrolled,
  too_many_sends: { ...problems.tooMany, errorCode: tooMany },
  ...(unreachable ? { destination_refused: unreachable } : {}),
});

/** For the recovery code. */
export const recovering: OwnWords = {
  invalid_proof: {
    status: 401,
    errorCode: 'invalid_recovery_code',
    message: 'The recovery code is wrong or was used.',
  },
};

/** Sends what the engine refused, in this API's words. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, own: OwnWords = {}): FastifyReply {
  return sendProblem(reply, own[refusal.code] ?? refusals[refusal.code], refusal.throttle);
}
