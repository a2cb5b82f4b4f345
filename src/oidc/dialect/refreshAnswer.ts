import type { KoaContextWithOIDC } from 'oidc-provider';
import { grantTypes } from '../../applications/client.ts';

/**
 * The answer to a token request, with a refresh token only where it is new. oidc-provider repeats the one
 * that a refresh keeps; at Auth0 an application that doesn't rotate is told none.
 */
export function withoutKeptRefreshToken(ctx: KoaContextWithOIDC, body: unknown): unknown {
  const isRefresh = ctx.oidc.params?.grant_type === grantTypes.refreshToken;
  if (!isRefresh || ctx.oidc.entities.RotatedRefreshToken) return body;
  const { refresh_token: _kept, ...rest } = body as Record<string, unknown>;
  return rest;
}
