import type { FastifyRequest } from 'fastify';
import { findUserById } from '../../../accounts/users.ts';
import { findClient } from '../../../applications/clients.ts';
import { type MfaScope, mfaAudience } from '../../../applications/resourceServer.ts';
import { proofsClaim, readProofsClaim } from '../../../mfa/proofsClaim.ts';
import type { DecisionInput, Transaction } from '../../../mfa/transaction.ts';
import type { MfaApiDependencies } from './dependencies.ts';
import { type Problem, problems } from './problem.ts';

/** On whose behalf a call is made: in an open transaction, or with an access token of the MFA API. */
export type Authority =
  | { kind: 'transaction'; userId: string; transaction: Transaction }
  | { kind: 'access-token'; userId: string; accessToken: string; input: DecisionInput };

export type BearerResult = { authority: Authority } | { problem: Problem };

/**
 * Tells who calls, by `Authorization: Bearer`. An `mfa_token` is opaque, an access token a JWT for the
 * MFA audience that must hold `scope`, of a user who still exists and isn't blocked (S-79). Either ends with
 * the application that asked for it (S-38).
 */
export async function readBearer(
  { engine, accessTokens, db, issuer }: MfaApiDependencies,
  request: FastifyRequest,
  scope: MfaScope,
): Promise<BearerResult> {
  const token = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return { problem: problems.missingToken };
  // Three parts make a JWT; the tokens of a server that this one took over from have a dot as well.
  if (token.split('.').length !== 3) {
    const found = await engine.findByToken(token);
    if (found.outcome === 'expired') return { problem: problems.expiredToken };
    if (found.outcome !== 'found') return { problem: problems.malformedToken };
    const { transaction } = found;
    if (!(await findClient(db, transaction.clientId))) return { problem: problems.malformedToken };
    return { authority: { kind: 'transaction', userId: transaction.userId, transaction } };
  }
  const audience = mfaAudience(issuer);
  const claims = await accessTokens.verify(token, audience);
  if (!claims?.sub || typeof claims.client_id !== 'string') return { problem: problems.invalidToken };
  const client = await findClient(db, claims.client_id);
  const user = client && (await findUserById(db, claims.sub));
  if (!user || user.blocked) return { problem: problems.invalidToken };
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
  if (!scopes.includes(scope)) return { problem: problems.insufficientScope };
  const input: DecisionInput = {
    purpose: 'self-service',
    userId: claims.sub,
    client: { id: claims.client_id, name: claims.client_id },
    acrValues: [],
    audience,
    scope: scopes,
    stepUpScopes: [],
    mfaAudience: true,
    proofs: readProofsClaim(claims[proofsClaim]),
  };
  return { authority: { kind: 'access-token', userId: claims.sub, accessToken: token, input } };
}
