import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionClaim } from '../../accounts/sessionsOfPerson.ts';
import { findClientGrant } from '../../applications/clientGrants.ts';
import { findClient } from '../../applications/clients.ts';
import { type MyAccountScope, myAccountAudience } from '../../applications/resourceServer.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import { setRateLimitHeaders } from '../../http/rateLimitHeaders.ts';
import { proofsClaim, readProofsClaim } from '../../mfa/proofsClaim.ts';
import type { Caller } from '../../mfa/selfService/selfServiceDesk.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { type Problem, problems, sendProblem } from './problem.ts';

/** Somebody whom a bearer token lets in here. */
export interface Visitor extends Caller {
  /** Id of the session in which the token was granted, as its person sees it. */
  sessionId?: string;
}

/** What one person may ask for, in all of their applications together. */
const limits: Record<'read' | 'write', Limit> = {
  read: { name: 'my-account-reads', burst: 120, refillSeconds: 1 },
  write: { name: 'my-account-writes', burst: 40, refillSeconds: 6 },
};

/**
 * Lets in who calls by an access token for this API that holds `scope`: a person whose account is there, through
 * an application that is (S-38, S-79), on proofs that still count. Undefined when the answer was sent already.
 */
export async function admit(
  dependencies: MyAccountDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  scope: MyAccountScope,
): Promise<Visitor | undefined> {
  const found = await readVisitor(dependencies, request, scope);
  reply.header('cache-control', 'no-store');
  if ('problem' in found) {
    reply.header('www-authenticate', challengeOf(found.problem, scope));
    sendProblem(reply, found.problem);
    return undefined;
  }
  const { database, clock } = dependencies;
  const limit = limits[request.method === 'GET' ? 'read' : 'write'];
  const budget = await spend(database.db, clock, limit, found.visitor.userId);
  setRateLimitHeaders(reply, budget);
  if (budget.allowed) return found.visitor;
  sendProblem(reply, problems.tooMany);
  return undefined;
}

async function readVisitor(
  { engine, accessTokens, database: { db }, issuer }: MyAccountDependencies,
  request: FastifyRequest,
  scope: MyAccountScope,
): Promise<{ visitor: Visitor } | { problem: Problem }> {
  const token = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return { problem: problems.missingToken };
  const audience = myAccountAudience(issuer);
  const claims = await accessTokens.verify(token, audience);
  if (!claims?.sub || typeof claims.client_id !== 'string') return { problem: problems.invalidToken };
  const client = await findClient(db, claims.client_id);
  if (!client) return { problem: problems.invalidToken };
  const sessionId = claims[sessionClaim];
  const visitor: Visitor = {
    userId: claims.sub,
    client: { id: client.clientId, name: client.name },
    proofs: readProofsClaim(claims[proofsClaim]),
    ...(typeof sessionId === 'string' ? { sessionId } : {}),
  };
  if (!(await engine.selfService.isInForce(visitor))) return { problem: problems.invalidToken };
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
  if (!scopes.includes(scope)) return { problem: problems.insufficientScope };
  // What other people's applications may do with an account, the operator decides besides its person.
  if (!client.isFirstParty) {
    const grant = await findClientGrant(db, client.clientId, audience);
    if (!grant?.scope.includes(scope)) return { problem: problems.insufficientScope };
  }
  return { visitor };
}

/** RFC 6750, section 3. */
function challengeOf(problem: Problem, scope: MyAccountScope): string {
  if (problem === problems.missingToken) return 'Bearer';
  return problem === problems.insufficientScope
    ? `Bearer error="insufficient_scope", scope="${scope}"`
    : 'Bearer error="invalid_token"';
}
