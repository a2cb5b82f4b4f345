import type { FastifyReply, FastifyRequest } from 'fastify';
import { findUserById } from '../../accounts/users.ts';
import { findClient } from '../../applications/clients.ts';
import { verifyJwt } from '../../crypto/jwt.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import { setRateLimitHeaders } from '../../http/rateLimitHeaders.ts';
import { userinfoAudience } from '../accessTokenClaims.ts';
import { words } from '../decisionInput.ts';
import { claimsOfScopes } from '../identityClaims.ts';
import type { OidcParts } from '../parts.ts';
import { textFields } from '../tokenFields.ts';

/** Auth0's budget: ten at once, then five a minute, for each user. */
const limit: Limit = { name: 'userinfo', burst: 10, refillSeconds: 12 };

interface Bearer {
  clientId: string;
  userId: string;
  scopes: string[];
}

/**
 * `/userinfo`, for opaque access tokens and for those of an API that were granted `openid`. oidc-provider
 * opens its own only to the former.
 */
export async function userinfoEndpoint(
  parts: OidcParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { db } = parts.database;
  const token = presentedToken(request);
  if (token === undefined) return refuse(reply, 401, undefined, 'A bearer token is required.');
  const bearer = (await findOpaque(parts, token)) ?? (await findSigned(parts, token));
  // A token ends with the application that asked for it (S-38).
  const client = bearer && (await findClient(db, bearer.clientId));
  const user = client && (await findUserById(db, bearer.userId));
  if (!user || user.blocked) return refuse(reply, 401, 'invalid_token', 'The access token is invalid.');
  if (!bearer.scopes.includes('openid')) {
    return refuse(reply, 403, 'insufficient_scope', 'The access token lacks the scope openid.');
  }
  const budget = await spend(db, parts.clock, limit, user.id);
  setRateLimitHeaders(reply, budget);
  if (!budget.allowed) {
    return reply
      .code(429)
      .send({ error: 'too_many_requests', error_description: 'Too many requests. Please try again later.' });
  }
  return reply.send(claimsOfScopes(user, bearer.scopes));
}

/** In the header, or in the form of a POST (RFC 6750 section 2.2); never in the URL, and in one place only. */
function presentedToken(request: FastifyRequest): string | undefined {
  const inHeader = bearerToken(request.headers.authorization);
  const inBody = request.method === 'POST' ? textFields(request.body).access_token : undefined;
  return inHeader !== undefined && inBody !== undefined ? undefined : (inHeader ?? inBody);
}

async function findOpaque(
  { database, records, clock }: OidcParts,
  token: string,
): Promise<Bearer | undefined> {
  const record = await records.find(database.db, 'AccessToken', token);
  const { exp, clientId, accountId, scope, aud } = (record?.payload ?? {}) as Record<string, unknown>;
  if (typeof exp !== 'number' || exp * 1000 <= clock() || aud !== undefined) return undefined;
  return { clientId: String(clientId), userId: String(accountId), scopes: words(scope) };
}

/** Signed by us as an access token, and for userinfo among others; an ID token never passes (S-72). */
async function findSigned({ keys, clock, issuer }: OidcParts, token: string): Promise<Bearer | undefined> {
  const expectation = { typ: 'at+jwt', issuer, audience: userinfoAudience(issuer) } as const;
  const claims = await verifyJwt(keys, clock, token, expectation);
  if (claims?.sub === undefined) return undefined;
  return { clientId: String(claims.client_id), userId: claims.sub, scopes: words(claims.scope) };
}

/** The token of an `Authorization: Bearer` header (RFC 6750 section 2.1). */
function bearerToken(authorization: string | undefined): string | undefined {
  return /^bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
}

function refuse(
  reply: FastifyReply,
  status: number,
  error: string | undefined,
  description: string,
): FastifyReply {
  const challenge =
    error === undefined ? 'Bearer' : `Bearer error="${error}", error_description="${description}"`;
  return reply
    .code(status)
    .header('www-authenticate', challenge)
    .send({ error: error ?? 'invalid_token', error_description: description });
}
