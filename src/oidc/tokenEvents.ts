import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { grantTypes } from '../applications/client.ts';
import type { TenantEvent } from '../logs/tenantLog.ts';
import { eventBase } from './events.ts';
import { OAuthError } from './oauthError.ts';
import type { RequestState } from './requestState.ts';

/** Tenant log types of an exchange: succeeded, failed. */
const types: ReadonlyMap<string, readonly [succeeded: string, failed: string]> = new Map([
  [grantTypes.authorizationCode, ['seacft', 'feacft']],
  [grantTypes.refreshToken, ['sertft', 'fertft']],
  [grantTypes.clientCredentials, ['seccft', 'feccft']],
]);

/** The log event of a token request; none where no known application asked, since strangers may ask anything. */
export function tokenEvent(
  grantType: string,
  ctx: KoaContextWithOIDC,
  state: RequestState,
): TenantEvent | undefined {
  const known = types.get(grantType);
  const { error } = state;
  if (!known || !ctx.oidc.client) return undefined;
  if (error === undefined) return { ...eventBase(ctx, state), type: known[0] };
  // The engine wrote `mfar` with the transaction that it opened.
  if (error instanceof OAuthError && error.error === 'mfa_required') return undefined;
  const reason =
    error instanceof errors.OIDCProviderError ? (error.error_detail ?? error.error_description) : undefined;
  const type = reason === 'refresh token already used' ? 'ferrt' : known[1];
  return { ...eventBase(ctx, state), type, ...(reason === undefined ? {} : { description: reason }) };
}
