import type { FastifyRequest } from 'fastify';
import { authenticateClient } from '../../../applications/authenticateClient.ts';
import type { MfaApiDependencies } from './dependencies.ts';
import { type Problem, problems } from './problem.ts';

const credentialNames = ['client_secret', 'client_assertion'];

/**
 * Checks the client a body names: it must be the token's own, and credentials must be right if there
 * are any. SDKs send none for clients with keys, so the token's binding to the client is the minimum.
 */
export async function verifyClientIfNamed(
  { db, vault, clock, issuer }: MfaApiDependencies,
  request: FastifyRequest,
  tokenClientId: string,
): Promise<Problem | undefined> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  if (body.client_id !== undefined && body.client_id !== tokenClientId) return problems.foreignToken;
  if (!credentialNames.some((name) => body[name] !== undefined)) return undefined;
  const authentication = await authenticateClient(db, vault, clock, {
    authorization: undefined,
    body,
    audiences: [issuer, `${issuer}oauth/token`],
  });
  const isOwn =
    authentication.outcome === 'authenticated' && authentication.client.clientId === tokenClientId;
  return isOwn ? undefined : problems.invalidClient;
}
