import type { FastifyRequest } from 'fastify';
import { type Problem, problems } from './problem.ts';

/** A token out of an `Authorization` header, or why there is none. */
export type Authorization = { token: string } | { problem: Problem };

const ticketForm = /^Ticket id="([A-Za-z0-9_-]{1,128})"$/i;
const bearerForm = /^Bearer ([\x21-\x7e]{1,8192})$/i;
const possessionForm = /^MFA-DPoP ([\x21-\x7e]{1,8192})$/i;

/** `Ticket id="…"`: an enrolment's. The quotes belong to it. */
export function readTicket(request: FastifyRequest): Authorization {
  return read(request, ticketForm);
}

/** `Bearer …`. */
export function readBearer(request: FastifyRequest): Authorization {
  return read(request, bearerForm);
}

/** `MFA-DPoP …`: a bearer that comes with a proof of possession. */
export function readPossessionToken(request: FastifyRequest): Authorization {
  return read(request, possessionForm);
}

function read({ headers: { authorization } }: FastifyRequest, form: RegExp): Authorization {
  if (authorization === undefined) return { problem: problems.missingToken };
  const token = form.exec(authorization)?.[1];
  return token === undefined ? { problem: problems.malformedAuthorization } : { token };
}
