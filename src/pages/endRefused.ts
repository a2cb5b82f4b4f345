import type { FastifyReply } from 'fastify';
import type { Refusal } from '../mfa/transaction.ts';
import { showError, showExpired, showLocked, showRateLimited } from './statusPages.ts';
import type { Visit } from './visit.ts';

/** Answers a refusal of the engine's after which the person can't simply try again on the same screen. */
export function endRefused(visit: Visit, { code, throttle }: Refusal): FastifyReply {
  if (throttle && code === 'locked') return showLocked(visit, throttle);
  if (throttle && (code === 'rate_limited' || code === 'too_many_sends'))
    return showRateLimited(visit, throttle);
  if (code === 'expired' || code === 'not_found') return showExpired(visit);
  return showError(visit, 403);
}
