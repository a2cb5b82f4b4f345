import type { FastifyRequest } from 'fastify';
import type { Client } from '../../applications/client.ts';
import { scopesOfClient } from '../../applications/clientGrants.ts';
import { findClient } from '../../applications/clients.ts';
import type { ManagementScope } from '../../applications/managementScopes.ts';
import { managementAudience } from '../../applications/resourceServer.ts';
import { findResourceServer } from '../../applications/resourceServers.ts';
import type { ManagementDependencies } from './dependencies.ts';
import { insufficientScope, type Problem, problems } from './problem.ts';

/** An application that calls, and what it may do. */
export interface Caller {
  client: Client;
  /** Those of the token that the client grant still holds. */
  scopes: ReadonlySet<string>;
}

/**
 * Tells which application calls, by an access token of its own for this API that holds one of the `expected` scopes.
 * Its client grant has to hold it now as well, so that one taken away counts at once (S-38). A person's token lets
 * nobody in, whatever it holds (S-106).
 */
export async function readBearer(
  { accessTokens, database: { db }, issuer }: ManagementDependencies,
  { headers: { authorization } }: FastifyRequest,
  expected: readonly ManagementScope[],
): Promise<Caller | { problem: Problem }> {
  const token = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return { problem: problems.missingToken };
  const audience = managementAudience(issuer);
  const claims = await accessTokens.verify(token, audience);
  if (typeof claims?.client_id !== 'string') return { problem: problems.invalidToken };
  const client = await findClient(db, claims.client_id);
  const api = await findResourceServer(db, issuer, audience);
  if (!client || !api) return { problem: problems.invalidToken };
  const held = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
  const granted = (await scopesOfClient(db, client, api)) ?? [];
  const isOwn = claims.gty === 'client-credentials';
  const scopes = new Set(isOwn ? held.filter((scope) => granted.includes(scope)) : []);
  return expected.some((scope) => scopes.has(scope))
    ? { client, scopes }
    : { problem: insufficientScope(...expected) };
}
