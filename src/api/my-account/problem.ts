import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ThrottleResult } from '../../database/throttle.ts';
import { type AnyError, judgeError } from '../../http/errorHandler.ts';
import { setRateLimitHeaders } from '../../http/rateLimitHeaders.ts';

/** What was wrong with one member of a request. */
export interface ValidationError {
  detail: string;
  field?: string;
  pointer?: string;
}

/** An answer in the form of RFC 7807, as SDKs read it. */
export interface Problem {
  /** A URI that tells its kind: one of Auth0's, or a URN of this server's own. */
  type: string;
  status: number;
  title: string;
  /** What was wrong and what to do. */
  detail: string;
  validationErrors?: readonly ValidationError[];
}

/** Auth0's kind of problem with this code: `400-0003`. */
export function knownType(code: string): string {
  return `https://auth0.com/api-errors/A0E-${code}`;
}

/** A kind that only this server has. */
export function ownType(name: string): string {
  return `urn:countersign:problem:${name}`;
}

/** Problems that don't come from the engine. */
export const problems = {
  missingToken: {
    type: knownType('401-0002'),
    status: 401,
    title: 'Missing Token',
    detail: 'A bearer token is required.',
  },
  invalidToken: {
    type: knownType('401-0003'),
    status: 401,
    title: 'Invalid Token',
    detail: 'The access token is invalid or expired.',
  },
  insufficientScope: {
    type: knownType('403-0002'),
    status: 403,
    title: 'Insufficient Scope',
    detail: 'The access token lacks the scope for this call.',
  },
  notFound: {
    type: knownType('404-0002'),
    status: 404,
    title: 'Resource Not Found',
    detail: 'There is nothing of yours at this address.',
  },
  tooMany: {
    type: knownType('429-0003'),
    status: 429,
    title: 'Endpoint Rate Limit Exceeded',
    detail: 'Too many requests. Try again later.',
  },
} satisfies Record<string, Problem>;

/** A request that has not the form, or asks for what makes no sense; `field` is the member at fault. */
export function invalidPayload(detail: string, field?: string): Problem {
  const pointer = field === undefined ? {} : { field, pointer: `/${field}` };
  return {
    type: knownType('400-0003'),
    status: 400,
    title: 'Validation Error',
    detail: 'Invalid request payload input',
    validationErrors: [{ detail, ...pointer }],
  };
}

/** Sends a problem; `throttle` adds the rate limit headers. */
export function sendProblem(reply: FastifyReply, problem: Problem, throttle?: ThrottleResult): FastifyReply {
  if (throttle) setRateLimitHeaders(reply, throttle);
  const { validationErrors, ...body } = problem;
  return reply
    .code(problem.status)
    .type('application/json')
    .send({ ...body, ...(validationErrors ? { validation_errors: validationErrors } : {}) });
}

/** Answers what is refused before a handler judges it, in this API's form. */
export function handleMyAccountError(error: AnyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = judgeError(error, request, reply);
  const detail = body.error_description;
  if (status === 400 && 'validation' in error && error.validation) {
    const [first] = error.validation;
    const pointer = first?.instancePath ?? '';
    const field = pointer.slice(1).split('/')[0];
    sendProblem(reply, invalidPayload(detail, field === '' ? undefined : field));
    return;
  }
  sendProblem(reply, {
    type: knownType(`${status}-0001`),
    status,
    title: STATUS_CODES[status] ?? 'Error',
    detail,
  });
}

/** Answers at addresses below this API's where there is nothing. */
export async function handleNothingThere(
  _request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  return sendProblem(reply, problems.notFound);
}
