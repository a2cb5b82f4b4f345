import { randomToken } from '../crypto/random.ts';
import { claimsOf } from '../mfa/tokenClaims.ts';
import { audienceToResource } from './dialect/audience.ts';
import type { Issue } from './issue.ts';
import type { OidcParts } from './parts.ts';
import { grantLifetime, opaqueTokenLifetime, refreshTokenLifetime } from './tokenLifetimes.ts';

/** A record to store, in the form in which oidc-provider reads it later. */
export interface NewRecord {
  model: 'Grant' | 'RefreshToken' | 'AccessToken';
  id: string;
  payload: Record<string, unknown>;
}

/** What must be found again of tokens that are issued now. */
export interface NewGrantRecords {
  writes: NewRecord[];
  /** The token itself, where it is opaque. */
  accessToken?: string;
  refreshToken?: string;
}

/**
 * The records of a grant made without oidc-provider: a refresh token, to be exchanged by oidc-provider's
 * own handler, the grant it names, and an opaque access token. Nothing at all when none is wanted.
 */
export function newGrantRecords(parts: OidcParts, issue: Issue): NewGrantRecords {
  const isOffline = issue.scopes.includes('offline_access');
  const grantId = randomToken();
  const writes: NewRecord[] = [];
  const result: NewGrantRecords = { writes };
  if (isOffline) {
    result.refreshToken = randomToken();
    writes.push(grantRecord(parts, issue, grantId));
    writes.push(refreshTokenRecord(parts, issue, grantId, result.refreshToken));
  }
  if (!issue.api) {
    result.accessToken = randomToken();
    writes.push(accessTokenRecord(parts, issue, grantId, result.accessToken));
  }
  return result;
}

/** An opaque access token: it opens userinfo and nothing else. */
export function accessTokenRecord(parts: OidcParts, issue: Issue, grantId: string, id: string): NewRecord {
  const { client, user, scopes, grantType } = issue;
  const payload = {
    ...times(parts, 'AccessToken', opaqueTokenLifetime),
    clientId: client.clientId,
    accountId: user.id,
    grantId,
    gty: grantType,
    scope: scopes.join(' '),
    format: 'opaque',
  };
  return { model: 'AccessToken', id, payload };
}

function grantRecord(
  parts: OidcParts,
  { client, user, api, scopes, proofs }: Issue,
  grantId: string,
): NewRecord {
  const scope = scopes.join(' ');
  const payload = {
    ...times(parts, 'Grant', grantLifetime(client, true)),
    clientId: client.clientId,
    accountId: user.id,
    openid: { scope },
    ...(api ? { resources: { [audienceToResource(api.identifier)]: scope } } : {}),
    proofs,
  };
  return { model: 'Grant', id: grantId, payload };
}

function refreshTokenRecord(parts: OidcParts, issue: Issue, grantId: string, id: string): NewRecord {
  const { client, user, api, scopes, proofs, acrValues, authTime, sid, grantType } = issue;
  const lifetime = times(parts, 'RefreshToken', refreshTokenLifetime(client, 0));
  const payload = {
    ...lifetime,
    iiat: lifetime.iat,
    rotations: 0,
    clientId: client.clientId,
    accountId: user.id,
    grantId,
    gty: grantType,
    scope: scopes.join(' '),
    ...(api ? { resource: audienceToResource(api.identifier) } : {}),
    ...claimsOf(proofs, parts.engine.registry, acrValues),
    authTime,
    sid,
  };
  return { model: 'RefreshToken', id, payload };
}

function times(parts: OidcParts, kind: NewRecord['model'], lifetime: number) {
  const iat = parts.nowSeconds();
  return { kind, iat, exp: iat + lifetime };
}
