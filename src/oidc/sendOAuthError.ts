import type { FastifyReply } from 'fastify';
import { setRateLimitHeaders } from '../http/rateLimitHeaders.ts';
import { OAuthError } from './oauthError.ts';

/**
 * Answers a refusal as JSON with its own status. Never with `WWW-Authenticate`: openid-client stops
 * reading there and loses the code and the `mfa_token`.
 *
 * @throws what is no refusal, for the server's error handler.
 */
export function sendOAuthError(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof OAuthError)) throw error;
  reply.raw.removeHeader('www-authenticate');
  if (error.throttle) setRateLimitHeaders(reply, error.throttle);
  return reply.code(error.statusCode).type('application/json; charset=utf-8').send(error.body);
}
