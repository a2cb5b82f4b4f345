import type { FastifyReply } from 'fastify';
import type { DeviceRefusal, DeviceRefusalCode } from '../../../mfa/devices/deviceDesk.ts';
import { type Problem, problems, sendProblem } from '../problem.ts';

/** What each refusal of a device is called. */
const refusals: Record<DeviceRefusalCode, Problem> = {
  unknown_ticket: {
    status: 404,
    errorCode: 'enrollment_transaction_not_found',
    message: 'The code that was scanned is unknown, used or too old: show a new one.',
  },
  malformed_device: problems.malformed,
  unsupported_device: {
    status: 403,
    errorCode: 'feature_disabled_by_admin',
    message: 'This server takes devices that compare numbers only: use its own authenticator app.',
  },
  // One answer for a device of somebody else and for a bearer that isn't its own (S-11).
  unknown_device: {
    status: 404,
    errorCode: 'enrollment_not_found',
    message: 'There is no such device for this token.',
  },
  unknown_request: { status: 404, errorCode: 'invalid_token', message: 'There is no such request.' },
  request_over: {
    status: 404,
    errorCode: 'login_transaction_not_found',
    message: 'The request was answered, replaced, or is too old.',
  },
  invalid_answer: {
    status: 401,
    errorCode: 'invalid_challenge',
    message: 'The answer is not signed by this device for this request.',
  },
  number_mismatch: {
    status: 401,
    errorCode: 'number_mismatch',
    message: 'The number is another one than the login page shows. The request is over.',
  },
  invalid_possession: {
    status: 403,
    errorCode: 'invalid_dpop_assertion',
    message: 'The proof of possession is wrong, too old or was used before.',
  },
  factor_disabled: problems.disabled,
  locked: problems.locked,
  rate_limited: problems.tooMany,
};

/** Sends what the engine refused a device. */
export function sendDeviceRefusal(
  reply: FastifyReply,
  { code, throttle }: Pick<DeviceRefusal, 'code' | 'throttle'>,
): FastifyReply {
  return sendProblem(reply, refusals[code], throttle);
}
