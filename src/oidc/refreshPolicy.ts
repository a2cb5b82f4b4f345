import type { KoaContextWithOIDC, RefreshToken } from 'oidc-provider';
import { type AuthenticationClaims, claimsOf } from '../mfa/tokenClaims.ts';
import { apiOfRequest, requireApi } from './apis.ts';
import { decisionInputOf, words } from './decisionInput.ts';
import { resourceToAudience } from './dialect/audience.ts';
import type { ProvedGrant } from './grantModel.ts';
import { refusalAfter } from './mfaRequired.ts';
import { refusals } from './oauthError.ts';
import type { OidcParts } from './parts.ts';
import { RecordConflict } from './records.ts';
import { registrationOf } from './registration.ts';
import { requestState } from './requestState.ts';
import { refreshTokenLifetime } from './tokenLifetimes.ts';
import { write } from './unitOfWork.ts';

/** What an MFA transaction remembers of the refresh that it interrupted; tokens answer this (S-27). */
export interface InterruptedRefresh {
  kind: 'refresh';
  scope: string;
  audience?: string;
  /** Hash of the refresh token, which stays usable until the transaction is completed. */
  refreshTokenHash: string;
}

/**
 * Called by oidc-provider when a refresh token has passed every check and nothing is used up yet: the
 * one place where policy can still demand a second factor (S-31). Tells whether the token is to be
 * replaced; one that isn't starts its idle time anew.
 *
 * @throws OAuthError `mfa_required`, or `access_denied` for an API that the token is not for.
 */
export async function rotateAfterPolicy(parts: OidcParts, ctx: KoaContextWithOIDC): Promise<boolean> {
  const client = registrationOf(ctx.oidc.client);
  await requireSecondFactor(parts, ctx);
  if (client.refreshToken.rotationType === 'rotating') return true;
  await prolong(parts, ctx);
  return false;
}

async function requireSecondFactor(parts: OidcParts, ctx: KoaContextWithOIDC): Promise<void> {
  const { refreshToken, params } = ctx.oidc;
  const grant = ctx.oidc.grant as ProvedGrant | undefined;
  if (!refreshToken) throw new Error('oidc-provider asked for the rotation of no refresh token.');
  const asked = params?.resource;
  // Whatever is proved opens no API that the token was not granted for (S-27). oidc-provider would say so
  // only after it had used the token up.
  if (typeof asked === 'string' && !refreshToken.resourceIndicators.has(asked)) {
    throw refusals.unknownApi(resourceToAudience(asked));
  }
  const resource = typeof refreshToken.resource === 'string' ? refreshToken.resource : undefined;
  const api =
    (await apiOfRequest(parts, ctx)) ??
    (resource === undefined ? undefined : await requireApi(parts, resourceToAudience(resource)));
  const scope = String(params?.scope ?? refreshToken.scope ?? '');
  const request: InterruptedRefresh = {
    kind: 'refresh',
    scope,
    ...(api ? { audience: api.identifier } : {}),
    refreshTokenHash: parts.records.hash('RefreshToken', refreshToken.jti),
  };
  const input = {
    ...decisionInputOf(parts, { purpose: 'refresh', client: registrationOf(ctx.oidc.client), api, scope }),
    userId: refreshToken.accountId,
    proofs: grant?.proofs ?? [],
  };
  // What began the session is gone, and with it what was granted in it (S-38).
  if (!(await parts.engine.signInStands(input.userId, input.proofs))) throw refusals.invalidRefreshToken();
  const begun = await parts.engine.begin(input, { token: true }, requestState(ctx).context, { ...request });
  const refusal = refusalAfter(begun, parts.engine.registry);
  if (refusal) throw refusal;
  lower(refreshToken, claimsOf(begun.decision.standing, parts.engine.registry, words(refreshToken.acr)));
}

/** What was proved for a token may count no longer; a refresh never adds to it (S-31). */
function lower(token: RefreshToken, { acr, amr }: AuthenticationClaims): void {
  if (token.acr === undefined) return;
  Object.assign(token, { acr, amr });
}

/** A conditional write: a token that is revoked at this moment must not come back to life. */
async function prolong(parts: OidcParts, ctx: KoaContextWithOIDC): Promise<void> {
  const { refreshToken } = ctx.oidc;
  if (!refreshToken) return;
  const { database, records } = parts;
  const idHash = records.hash('RefreshToken', refreshToken.jti);
  const client = registrationOf(ctx.oidc.client);
  const exp = parts.nowSeconds() + refreshTokenLifetime(client, refreshToken.totalLifetime());
  await write(database, async (trx) => {
    const record = await records.findByHash(trx, 'RefreshToken', idHash);
    const changed = record && (await records.change(trx, 'RefreshToken', idHash, { ...record.payload, exp }));
    if (!changed) throw new RecordConflict('RefreshToken');
  });
}
