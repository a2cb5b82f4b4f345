import type { AccessToken, ClientCredentials, KoaContextWithOIDC, UnknownObject } from 'oidc-provider';
import { proofsClaim } from '../mfa/proofsClaim.ts';
import type { Proof } from '../mfa/transaction.ts';
import { isMfaApi } from './apis.ts';
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
 * What tokens for the MFA API carry beyond others: the proofs behind them, since that API judges how
 * fresh they are (S-40). No other API is told them.
 */
export function proofClaims(
  parts: OidcParts,
  audience: unknown,
  proofs: readonly Proof[] | undefined,
): Record<string, readonly Proof[]> {
  const isForMfa = isMfaApi(parts, typeof audience === 'string' ? audience : undefined);
  return proofs && isForMfa ? { [proofsClaim]: proofs } : {};
}

/** Further claims for a token that oidc-provider makes. */
export function extraTokenClaims(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  token: { aud?: unknown },
): UnknownObject {
  return proofClaims(parts, token.aud, (ctx.oidc.grant as ProvedGrant | undefined)?.proofs);
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
