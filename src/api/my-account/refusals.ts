import type { FastifyReply } from 'fastify';
import { vouchingMs } from '../../mfa/assurance.ts';
import { levelAcr } from '../../mfa/authenticationContext.ts';
import type { OwnRefusal, OwnRefusalCode } from '../../mfa/selfService/ownRefusal.ts';
import { invalidPayload, knownType, ownType, type Problem, problems, sendProblem } from './problem.ts';

const conflict = (name: string, detail: string): Problem => ({
  type: ownType(name),
  status: 409,
  title: 'Conflict',
  detail,
});

const notOffered: Problem = {
  type: ownType('not-offered'),
  status: 403,
  title: 'Forbidden',
  detail: 'You can’t set up a method of this type now.',
};

const stepUp = (detail: string): Problem => ({
  type: ownType('insufficient-user-authentication'),
  status: 403,
  title: 'Insufficient User Authentication',
  detail,
});

const weakProof = stepUp(
  'A second factor as strong as what you change, proved within five minutes, is required.',
);

const over: Problem = {
  type: ownType('auth-session-over'),
  status: 403,
  title: 'Forbidden',
  detail: 'The auth_session is over: begin again.',
};

/** What each of the engine's refusals is called here. */
const refusals: Record<OwnRefusalCode, Problem> = {
  invalid_proof: {
    type: ownType('invalid-proof'),
    status: 403,
    title: 'Forbidden',
    detail: 'The code or the answer is wrong, or was used before.',
  },
  malformed_proof: invalidPayload('What is to confirm this method is missing or has the wrong form.'),
  malformed_input: invalidPayload('The number, address or name has the wrong form.'),
  destination_refused: invalidPayload('Nothing is sent to numbers of this kind or country.', 'phone_number'),
  locked: {
    type: ownType('locked'),
    status: 429,
    title: 'Too Many Attempts',
    detail: 'Too many failed second factors. Try again later.',
  },
  rate_limited: problems.tooMany,
  polled_too_fast: problems.tooMany,
  too_many_sends: {
    type: ownType('too-many-messages'),
    status: 429,
    title: 'Too Many Messages',
    detail: 'Too many messages were sent. Try again later.',
  },
  weak_proof: weakProof,
  already_enrolled: weakProof,
  stale_sign_in: stepUp('A sign-in within the last five minutes is required.'),
  expired: over,
  wrong_challenge: over,
  challenge_expired: {
    type: ownType('challenge-over'),
    status: 403,
    title: 'Forbidden',
    detail: 'The code is too old, or had too many tries: begin again.',
  },
  not_found: problems.notFound,
  not_allowed: notOffered,
  unsupported: notOffered,
  factor_disabled: notOffered,
  nothing_enrolled: conflict('nothing-enrolled', 'Set up another method first.'),
  too_many_methods: conflict('too-many-methods', 'You have as many methods as there may be.'),
  not_removable: conflict(
    'part-of-the-account',
    'The verified address of the account is a method without having been added.',
  ),
  answer_pending: conflict('device-pending', 'The device hasn’t been set up yet. Ask again in five seconds.'),
  answer_denied: over,
  answer_replaced: over,
  service_unavailable: {
    type: knownType('503-0001'),
    status: 503,
    title: 'Service Unavailable',
    detail: 'The service that would answer can’t be reached.',
  },
};

/**
 * Sends what the engine refused. Where fresher proofs are wanted, `WWW-Authenticate` tells an application what
 * to ask for at `/authorize` (RFC 9470): a second factor by `acr_values`, or a new sign-in by `max_age` from who
 * has none.
 */
export function sendRefusal(reply: FastifyReply, { code, throttle }: OwnRefusal): FastifyReply {
  const problem = refusals[code];
  const hint = code === 'stale_sign_in' ? `max_age="${vouchingMs / 1000}"` : `acr_values="${levelAcr(2)}"`;
  if (problem.type === ownType('insufficient-user-authentication')) {
    reply.header(
      'www-authenticate',
      `Bearer error="insufficient_user_authentication", error_description="${problem.detail}", ${hint}`,
    );
  }
  return sendProblem(reply, problem, throttle);
}
