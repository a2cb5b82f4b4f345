import type { KoaContextWithOIDC } from 'oidc-provider';
import { recordEvent } from '../logs/tenantLog.ts';
import { eventBase } from './events.ts';
import { OAuthError, refusals } from './oauthError.ts';
import type { OidcParts } from './parts.ts';
import type { RecordConflict } from './records.ts';
import type { RequestState } from './requestState.ts';

/**
 * A code or refresh token was presented twice at once. Who came second may be a thief, or the owner
 * behind a thief: everything under the grant ends (S-70, S-71), and that is logged.
 *
 * @returns what to answer.
 */
export async function endFamily(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  state: RequestState,
  { model, grantId }: RecordConflict,
): Promise<OAuthError> {
  if (model === 'ReplayDetection') return refusals.invalidClient();
  const type = model === 'RefreshToken' ? 'ferrt' : 'feacft';
  await parts.database.transaction(async (trx) => {
    if (grantId !== undefined) await parts.records.revokeGrant(trx, grantId);
    await recordEvent(trx, parts.clock, {
      ...eventBase(ctx, state),
      type,
      description: 'Used more than once',
    });
  });
  if (model === 'RefreshToken') return refusals.invalidRefreshToken();
  return new OAuthError(403, 'invalid_grant', 'Invalid authorization code');
}
