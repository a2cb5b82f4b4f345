import type { AccessToken, ClientCredentials, KoaContextWithOIDC, UnknownObject } from 'oidc-provider';
import { sessionClaim, sessionIdOf } from '../accounts/sessionsOfPerson.ts';
import { proofsClaim } from '../mfa/proofsClaim.ts';
import type { Proof } from '../mfa/transaction.ts';
import { isMfaApi, isMyAccountApi } from './apis.ts';
import type { ProvedGrant } from './grantModel.ts';
import type { OidcParts } from './parts.ts';

/** The audience by which an access token for an API opens userinfo too, given the scope `openid`. */
export function userinfoAudience(issuer: string): string {
  return `${issuer}userinfo`;
}

/** `aud` of a user's access token for an API. */
export function audienceClaim(
  issuer: string,
  audience: string,
  scopes: readonly string[],
): string | string[] {
  return scopes.includes('openid') ? [audience, userinfoAudience(issuer)] : audience;
}

/**
 * What tokens for the MFA API and the My Account API carry beyond others: the proofs behind them, since those
 * judge how fresh they are (S-40). No other API is told them.
 */
export function proofClaims(
  parts: OidcParts,
  audience: unknown,
  proofs: readonly Proof[] | undefined,
): Record<string, readonly Proof[]> {
  if (typeof audience !== 'string' || !proofs) return {};
  const isJudged = isMfaApi(parts, audience) || isMyAccountApi(parts, audience);
  return isJudged ? { [proofsClaim]: proofs } : {};
}

/** Further claims for a token that oidc-provider makes. */
export function extraTokenClaims(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  token: { aud?: unknown; sessionUid?: unknown },
): UnknownObject {
  const { aud, sessionUid: uid } = token;
  const isForAccount = typeof aud === 'string' && isMyAccountApi(parts, aud) && typeof uid === 'string';
  return {
    ...proofClaims(parts, aud, (ctx.oidc.grant as ProvedGrant | undefined)?.proofs),
    ...(isForAccount ? { [sessionClaim]: sessionIdOf(parts.vault, uid) } : {}),
  };
}

/** Gives oidc-provider's access tokens the claims that Auth0's have: `azp`, the userinfo audience, `gty`. */
export function shapeAccessToken(
  issuer: string,
  token: AccessToken | ClientCredentials,
  payload: UnknownObject,
): void {
  payload.azp = payload.client_id;
  if (token.kind === 'ClientCredentials') {
    payload.sub = `${String(payload.client_id)}@clients`;
    payload.gty = 'client-credentials';
    return;
  }
  payload.aud = audienceClaim(issuer, String(payload.aud), String(payload.scope ?? '').split(' '));
}
