import type { FastifyReply } from 'fastify';
import type { ThrottleResult } from '../../../database/throttle.ts';
import { setRateLimitHeaders } from '../../../http/rateLimitHeaders.ts';
import type { FactorRegistry } from '../../../mfa/registry.ts';
import type { Refusal, RefusalCode } from '../../../mfa/transaction.ts';

/** An answer in the contract's error shape. */
export interface Problem {
  status: number;
  error: string;
  description: string;
}

/** Problems that don't come from the engine. */
export const problems = {
  missingToken: { status: 401, error: 'invalid_token', description: 'A bearer token is required.' },
  invalidToken: {
    status: 401,
    error: 'invalid_token',
    description: 'The access token is invalid or expired.',
  },
  malformedToken: { status: 401, error: 'invalid_grant', description: 'Malformed mfa_token' },
  expiredToken: { status: 401, error: 'expired_token', description: 'mfa_token is expired' },
  foreignToken: { status: 400, error: 'invalid_request', description: 'mfa_token not issued to this client' },
  invalidClient: { status: 401, error: 'invalid_client', description: 'Client authentication failed.' },
  insufficientScope: {
    status: 403,
    error: 'insufficient_scope',
    description: 'The access token lacks the scope for this call.',
  },
  needsAccessToken: {
    status: 403,
    error: 'insufficient_scope',
    description: 'An access token for the MFA API is required: complete multi-factor authentication first.',
  },
  needsFreshProof: {
    status: 403,
    error: 'access_denied',
    description: 'A second factor proved within the last five minutes is required.',
  },
  unknownAuthenticator: { status: 404, error: 'not_found', description: 'No such authenticator.' },
  unsupportedEnrolment: {
    status: 400,
    error: 'unsupported_challenge_type',
    description: 'No factor of the requested type can be enrolled.',
  },
} satisfies Record<string, Problem>;

/** What each of the engine's refusals is called in the MFA API. */
const refusals: Record<RefusalCode, Problem> = {
  invalid_proof: { status: 403, error: 'invalid_grant', description: 'Invalid otp_code.' },
  malformed_proof: { status: 400, error: 'invalid_request', description: 'The proof has the wrong form.' },
  service_unavailable: {
    status: 503,
    error: 'temporarily_unavailable',
    description: 'The service that would answer cannot be reached.',
  },
  locked: {
    status: 429,
    error: 'too_many_attempts',
    description: 'Too many failed attempts. Try again later.',
  },
  rate_limited: {
    status: 429,
    error: 'too_many_requests',
    description: 'Too many requests. Try again later.',
  },
  expired: problems.expiredToken,
  not_found: problems.unknownAuthenticator,
  not_allowed: { status: 403, error: 'access_denied', description: 'This step is not allowed now.' },
  already_enrolled: { status: 403, error: 'access_denied', description: 'User is already enrolled.' },
  factor_disabled: problems.unsupportedEnrolment,
  nothing_enrolled: {
    status: 400,
    error: 'association_required',
    description: 'User does not have any authenticator. Associate one first.',
  },
  unsupported: {
    status: 400,
    error: 'unsupported_challenge_type',
    description: 'User does not have an authenticator for the requested challenge type.',
  },
  too_many_sends: {
    status: 429,
    error: 'too_many_requests',
    description: 'Too many messages were sent. Try again later.',
  },
  malformed_input: {
    status: 400,
    error: 'invalid_request',
    description: 'A phone_number in E.164 form (+12025550123), or an email, is required for this channel.',
  },
  destination_refused: {
    status: 400,
    error: 'invalid_request',
    description: 'Nothing is sent to numbers of this kind or country.',
  },
  wrong_challenge: {
    status: 400,
    error: 'invalid_request',
    description: "The oob_code doesn't match the mfa_token",
  },
  challenge_expired: { status: 401, error: 'expired_token', description: 'oob_code is expired' },
  answer_pending: {
    status: 400,
    error: 'authorization_pending',
    description: 'Authorization pending: please repeat the request in a few seconds.',
  },
  answer_denied: { status: 400, error: 'invalid_grant', description: 'MFA Authorization rejected.' },
  answer_replaced: {
    status: 400,
    error: 'invalid_grant',
    description: 'A newer request to the same user took the place of this one.',
  },
  polled_too_fast: {
    status: 400,
    error: 'slow_down',
    description: 'You are polling faster than every 5 seconds.',
  },
  weak_proof: {
    status: 403,
    error: 'access_denied',
    description: 'A second factor at least as strong as this authenticator must be proved first.',
  },
  not_removable: {
    status: 400,
    error: 'invalid_request',
    description: 'A verified e-mail address of the account is an authenticator that can’t be removed.',
  },
  too_many_methods: {
    status: 403,
    error: 'access_denied',
    description: 'User has the largest number of authenticators.',
  },
};

/** Sends a problem; `throttle` adds the rate limit headers. */
export function sendProblem(reply: FastifyReply, problem: Problem, throttle?: ThrottleResult): FastifyReply {
  if (throttle) setRateLimitHeaders(reply, throttle);
  return reply
    .code(problem.status)
    .type('application/json')
    .send({ error: problem.error, error_description: problem.description });
}

/** Sends what the engine refused, under the contract's name. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, registry: FactorRegistry): FastifyReply {
  const problem = refusals[refusal.code];
  const error = refusal.factor && registry.get(refusal.factor)?.wire.tooManySends;
  return sendProblem(reply, error ? { ...problem, error } : problem, refusal.throttle);
}
