import { type Client, grantTypes } from '../applications/client.ts';
import { identityScopes, type ResourceServer, scopesForPeople } from '../applications/resourceServer.ts';
import { signJwt } from '../crypto/jwt.ts';
import { randomToken } from '../crypto/random.ts';
import type { Db } from '../database/database.ts';
import { claimsOf } from '../mfa/tokenClaims.ts';
import { audienceClaim, proofClaims } from './accessTokenClaims.ts';
import { newGrantRecords } from './grantRecords.ts';
import { claimsOfScopes } from './identityClaims.ts';
import type { Issue } from './issue.ts';
import type { OidcParts } from './parts.ts';
import { opaqueTokenLifetime } from './tokenLifetimes.ts';

/** The body of a successful token response. */
export interface TokenResponse {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope: string;
  id_token?: string;
  refresh_token?: string;
  recovery_code?: string;
}

/**
 * The scopes that are granted of those requested: identity scopes, and those that the API defines. A
 * refresh token is granted where the application may refresh and the API, if named, allows it.
 */
export function grantedScopes(
  client: Client,
  api: ResourceServer | undefined,
  requested: readonly string[],
): string[] {
  const ofApi = api ? scopesForPeople(api) : [];
  const defined = new Set<string>([...identityScopes, ...ofApi.map((scope) => scope.value)]);
  const mayRefresh = client.grantTypes.includes(grantTypes.refreshToken) && (api?.allowOfflineAccess ?? true);
  if (!mayRefresh) defined.delete('offline_access');
  return [...new Set(requested)].filter((scope) => defined.has(scope));
}

/**
 * Makes the tokens of a grant that needs no browser. Signs on the thread pool, and writes only what must
 * be found again: an opaque access token, a refresh token and the grant under it, in one transaction.
 *
 * @param record writes that belong to the outcome, such as its log event; they join that transaction.
 */
export async function issueTokens(
  parts: OidcParts,
  issue: Issue,
  record?: (trx: Db) => Promise<void>,
): Promise<TokenResponse> {
  const { scopes } = issue;
  const stored = newGrantRecords(parts, issue);
  const [accessToken, idToken] = await Promise.all([
    stored.accessToken ?? signAccessToken(parts, issue),
    scopes.includes('openid') ? signIdToken(parts, issue) : undefined,
  ]);
  if (stored.writes.length > 0 || record) {
    await parts.database.transaction(async (trx) => {
      for (const { model, id, payload } of stored.writes) await parts.records.insert(trx, model, id, payload);
      await record?.(trx);
    });
  }
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: accessTokenLifetime(issue.api),
    scope: scopes.join(' '),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(stored.refreshToken === undefined ? {} : { refresh_token: stored.refreshToken }),
  };
}

/** An ID token with what was proved and when (S-29). */
export function signIdToken(
  parts: OidcParts,
  { client, user, scopes, proofs, acrValues, authTime, sid }: Issue,
): Promise<string> {
  const now = parts.nowSeconds();
  return signJwt(parts.keys, client.signingAlg, 'JWT', {
    ...claimsOfScopes(user, scopes),
    ...claimsOf(proofs, parts.engine.registry, acrValues),
    iss: parts.issuer,
    aud: client.clientId,
    iat: now,
    exp: now + client.idTokenLifetimeSeconds,
    auth_time: authTime,
    sid,
  });
}

/** An access token in the form of RFC 9068, for the API. */
export function signAccessToken(
  parts: OidcParts,
  { client, user, api, scopes, proofs }: Issue,
): Promise<string> {
  if (!api) throw new Error('Only an access token for an API is signed.');
  const now = parts.nowSeconds();
  return signJwt(parts.keys, api.signingAlg, 'at+jwt', {
    ...proofClaims(parts, api.identifier, proofs),
    jti: randomToken(16),
    iss: parts.issuer,
    sub: user.id,
    aud: audienceClaim(parts.issuer, api.identifier, scopes),
    iat: now,
    exp: now + api.tokenLifetimeSeconds,
    scope: scopes.join(' '),
    client_id: client.clientId,
    azp: client.clientId,
  });
}

export function accessTokenLifetime(api: ResourceServer | undefined): number {
  return api?.tokenLifetimeSeconds ?? opaqueTokenLifetime;
}
