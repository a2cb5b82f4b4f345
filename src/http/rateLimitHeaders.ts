import type { FastifyReply } from 'fastify';
import type { ThrottleResult } from '../database/throttle.ts';

/**
 * Tells the caller its budget: `X-RateLimit-Limit`, `-Remaining`, `-Reset` (seconds since the epoch)
 * and, when it is spent, `Retry-After` in seconds.
 */
export function setRateLimitHeaders(reply: FastifyReply, throttle: ThrottleResult): void {
  reply.header('x-ratelimit-limit', throttle.limit);
  reply.header('x-ratelimit-remaining', throttle.remaining);
  reply.header('x-ratelimit-reset', Math.ceil(throttle.resetAt / 1000));
  if (!throttle.allowed) reply.header('retry-after', throttle.retryAfterSeconds);
}
