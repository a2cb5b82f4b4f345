import type { KoaContextWithOIDC } from 'oidc-provider';
import { grantTypes } from '../../applications/client.ts';
import type { ResourceServer } from '../../applications/resourceServer.ts';

/**
 * Puts `offline_access` back into the scope of an authorization request that asked for it. oidc-provider
 * drops it unless consent is asked for; at Auth0 it is granted when the application may refresh and the
 * API, if one is named, allows offline access.
 *
 * @param api the API that was asked for, if any.
 */
export function grantOfflineAccess(
  ctx: KoaContextWithOIDC,
  wish: unknown,
  api: ResourceServer | undefined,
): void {
  const { client, params } = ctx.oidc;
  if (wish !== 'requested' || !params || !client?.grantTypeAllowed(grantTypes.refreshToken)) return;
  if (api && !api.allowOfflineAccess) return;
  const scopes = String(params.scope ?? '').split(' ');
  if (!scopes.includes('offline_access')) params.scope = [...scopes, 'offline_access'].join(' ').trim();
}
