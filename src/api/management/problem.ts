import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type AnyError, judgeError } from '../../http/errorHandler.ts';

/** A refusal in the words of the Management API; tools look for parts of its messages. */
export interface Problem {
  status: number;
  message: string;
  errorCode?: string;
}

/** What every call may be refused for. */
export const problems = {
  missingToken: { status: 401, message: 'Missing authentication', errorCode: 'missing_authentication' },
  invalidToken: { status: 401, message: 'Invalid token', errorCode: 'invalid_token' },
  unknownUser: { status: 404, message: 'The user does not exist.', errorCode: 'inexistent_user' },
  tooMany: {
    status: 429,
    message:
      'Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.',
    errorCode: 'too_many_requests',
  },
  nothingThere: { status: 404, message: 'Not Found' },
} satisfies Record<string, Problem>;

/** Tools split the message at its colon. */
export function insufficientScope(...expected: string[]): Problem {
  const message = `Insufficient scope, expected any of: ${expected.join(',')}`;
  return { status: 403, message, errorCode: 'insufficient_scope' };
}

/** What was asked for can't be done here, in a sentence. */
export function notSupported(message: string): Problem {
  return { status: 400, message, errorCode: 'operation_not_supported' };
}

/** A member of the body that has the right type and makes no sense all the same. */
export function invalidMember(what: string, path: string): Problem {
  return { status: 400, message: faultOf('Payload', what, path), errorCode: 'invalid_body' };
}

export function sendProblem(reply: FastifyReply, { status, message, errorCode }: Problem): FastifyReply {
  const body = { statusCode: status, error: STATUS_CODES[status] ?? 'Error', message };
  return reply
    .code(status)
    .type('application/json')
    .send(errorCode === undefined ? body : { ...body, errorCode });
}

/** Answers what is refused before a handler judges it, in this API's shape. */
export function handleManagementError(error: AnyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = judgeError(error, request, reply);
  const validation = 'validation' in error && error.validation ? validationProblem(error) : undefined;
  if (validation) sendProblem(reply, validation);
  else if (status >= 500) sendProblem(reply, { status, message: body.error_description });
  else sendProblem(reply, { status, message: body.error_description, errorCode: 'invalid_body' });
}

/** Answers at addresses below this API's where there is nothing. SDKs try nothing again after a 404. */
export async function handleNothingThere(
  _request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  return sendProblem(reply, problems.nothingThere);
}

const parts = {
  body: { name: 'Payload', errorCode: 'invalid_body' },
  params: { name: 'Path', errorCode: 'invalid_uri' },
  querystring: { name: 'Query', errorCode: 'invalid_query_string' },
  headers: { name: 'Header', errorCode: 'invalid_headers' },
} as const;

/** Names the member and what was expected, never the value. */
function validationProblem({ validation, validationContext = 'body' }: FastifyError): Problem | undefined {
  const [first] = validation ?? [];
  const part = parts[validationContext as keyof typeof parts];
  if (!first || !part) return undefined;
  const { keyword, params, message = 'is invalid', instancePath } = first;
  const path = instancePath.slice(1).replaceAll('/', '.');
  const what =
    keyword === 'required'
      ? `Missing required property: ${params.missingProperty}`
      : keyword === 'additionalProperties'
        ? `Additional properties not allowed: ${params.additionalProperty}`
        : message;
  return { status: 400, message: faultOf(part.name, what, path), errorCode: part.errorCode };
}

function faultOf(part: string, what: string, path: string): string {
  return `${part} validation error: '${what}'${path === '' ? '' : ` on property ${path}`}.`;
}
