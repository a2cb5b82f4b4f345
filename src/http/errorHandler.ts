import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { RequestError } from './requestError.ts';

/** The shape of every refusal of the Authentication API. */
export interface OAuthErrorBody {
  error: string;
  error_description: string;
}

interface Refusal {
  status: number;
  body: OAuthErrorBody;
}

const longestDescription = 300;

/** What Fastify itself refuses, in our words: its own messages name internals. */
const framework: Readonly<Record<string, readonly [status: number, description: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'The body is larger than 64 KB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'The content type is not supported.'],
  FST_ERR_CTP_EMPTY_TYPE: [415, 'The content type is not supported.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'The body does not have the announced length.'],
  FST_ERR_BAD_URL: [400, 'The address is malformed.'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'The address is too long.'],
  FST_STATIC_FORBIDDEN_PATH: [403, 'The address leads outside the folder.'],
};

/** Whatever a request can end with instead of an answer. */
export type AnyError = FastifyError | RequestError | DatabaseUnavailableError;

/**
 * Answers any error in the contract's shape. Expected ones tell what was wrong; a fault tells nothing
 * but the request id (header `x-request-id`), under which it is logged in full (S-91). While the database
 * is unavailable the answer says when to come back; the outage is logged once, elsewhere.
 */
export function handleError(error: AnyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = judgeError(error, request, reply);
  reply.code(status).type('application/json').send(body);
}

/** What `handleError` answers, for a surface whose contract has another shape; logs and headers are done. */
export function judgeError(error: AnyError, request: FastifyRequest, reply: FastifyReply): Refusal {
  const refusal = refusalOf(error);
  if (error instanceof DatabaseUnavailableError) reply.header('retry-after', error.retryAfterSeconds);
  if (!refusal) request.log.error({ err: error }, 'request failed');
  return refusal ?? fault;
}

const fault: Refusal = {
  status: 500,
  body: { error: 'server_error', error_description: 'The server met an unexpected fault.' },
};

const unavailable: Refusal = {
  status: 503,
  body: {
    error: 'temporarily_unavailable',
    error_description: 'The server is temporarily unavailable. Try again later.',
  },
};

function refusalOf(error: AnyError): Refusal | undefined {
  if (error instanceof DatabaseUnavailableError) return unavailable;
  if (error instanceof RequestError) return refuse(error.statusCode, error.message, error.code);
  if ('validation' in error && error.validation) return refuse(400, describeValidation(error));
  const known = framework[error.code];
  return known && refuse(...known);
}

function refuse(status: number, description: string, error = 'invalid_request'): Refusal {
  return { status, body: { error, error_description: description.slice(0, longestDescription) } };
}

/** Names the parameter and what was expected, never the value. */
function describeValidation(error: FastifyError): string {
  const [first] = error.validation ?? [];
  const path = first?.instancePath.slice(1).replaceAll('/', '.') ?? '';
  const member = first?.params.missingProperty ?? first?.params.additionalProperty;
  const name = [path, member].filter((part) => typeof part === 'string' && part !== '').join('.');
  if (first?.keyword === 'required') return `Missing required parameter: ${name}`;
  if (first?.keyword === 'additionalProperties') return `Unknown parameter: ${name}`;
  return name === '' ? 'The request has no valid body.' : `Invalid parameter ${name}: ${first?.message}`;
}
