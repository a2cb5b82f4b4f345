import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ThrottleResult } from '../../database/throttle.ts';
import { type AnyError, judgeError } from '../../http/errorHandler.ts';

/** A refusal in the words of the Guardian API. */
export interface Problem {
  status: number;
  errorCode: string;
  /** What was wrong and what to do. */
  message: string;
}

/** What every call may be refused for. */
export const problems = {
  missingToken: {
    status: 401,
    errorCode: 'invalid_token',
    message: 'The Authorization header is missing.',
  },
  malformedAuthorization: {
    status: 401,
    errorCode: 'invalid_bearer_format',
    message: 'The Authorization header has not the form that this call expects.',
  },
  invalidToken: { status: 401, errorCode: 'invalid_token', message: 'The token is invalid or expired.' },
  unknownTransaction: {
    status: 404,
    errorCode: 'login_transaction_not_found',
    message: 'The login is unknown, over or too old: begin again.',
  },
  disabled: {
    status: 403,
    errorCode: 'feature_disabled_by_admin',
    message: 'The operator has switched this off.',
  },
  locked: {
    status: 429,
    errorCode: 'too_many_attempts',
    message: 'Too many failed second factors. Try again later.',
  },
  tooMany: { status: 429, errorCode: 'too_many_requests', message: 'Too many requests. Try again later.' },
  malformed: {
    status: 400,
    errorCode: 'invalid_body',
    message: 'The body has not the form that is expected.',
  },
} satisfies Record<string, Problem>;

/**
 * Sends a problem; `throttle` adds the budget. Every value is a text but `statusCode`: Android casts them, iOS
 * wants `errorCode`, and `description` for people.
 */
export function sendProblem(
  reply: FastifyReply,
  { status, errorCode, message }: Problem,
  throttle?: ThrottleResult,
): FastifyReply {
  if (throttle) tellBudget(reply, throttle);
  return reply
    .code(status)
    .type('application/json')
    .send({
      statusCode: status,
      error: STATUS_CODES[status] ?? 'Error',
      message,
      errorCode,
      description: message,
    });
}

/**
 * Tells the caller its budget: `X-RateLimit-Limit`, `-Remaining` and `-Reset` (seconds since the epoch), and
 * `Retry-After` in seconds when it is spent. Written past Fastify, which would put them in lower case:
 * auth0-guardian-js looks for them in this one.
 */
export function tellBudget(
  { raw }: FastifyReply,
  { allowed, limit, remaining, resetAt, retryAfterSeconds }: ThrottleResult,
): void {
  raw.setHeader('X-RateLimit-Limit', limit);
  raw.setHeader('X-RateLimit-Remaining', remaining);
  raw.setHeader('X-RateLimit-Reset', Math.ceil(resetAt / 1000));
  if (!allowed) raw.setHeader('Retry-After', retryAfterSeconds);
}

/** Answers what is refused before a handler judges it, in this API's shape. */
export function handleGuardianError(error: AnyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = judgeError(error, request, reply);
  sendProblem(reply, {
    status,
    errorCode: status >= 500 ? body.error : codeOf(error),
    message: body.error_description,
  });
}

function codeOf(error: AnyError): string {
  const isQuery = 'validationContext' in error && error.validationContext === 'querystring';
  return isQuery ? 'invalid_query_string' : 'invalid_body';
}
