import type { User } from '../accounts/users.ts';
import type { Client } from '../applications/client.ts';
import { randomToken } from '../crypto/random.ts';
import type { Db } from '../database/database.ts';
import { claimsOf } from '../mfa/tokenClaims.ts';
import type { Proof } from '../mfa/transaction.ts';
import { requireApi } from './apis.ts';
import { words } from './decisionInput.ts';
import { accessTokenRecord } from './grantRecords.ts';
import type { Issue } from './issue.ts';
import {
  accessTokenLifetime,
  grantedScopes,
  signAccessToken,
  signIdToken,
  type TokenResponse,
} from './issueTokens.ts';
import { refusals } from './oauthError.ts';
import type { OidcParts } from './parts.ts';
import type { StoredRecord } from './records.ts';
import type { InterruptedRefresh } from './refreshPolicy.ts';
import { union } from './sessions.ts';
import { refreshTokenLifetime } from './tokenLifetimes.ts';

/**
 * Finishes a refresh that waited for a second factor. The refresh token that was presented is used up,
 * conditionally and in one transaction with the new one, where the application rotates; in either case
 * the family remembers the new proof, so that the next refresh isn't asked again.
 *
 * @throws OAuthError when the refresh token was used, revoked or expired meanwhile.
 */
export async function completeRefresh(
  parts: OidcParts,
  client: Client,
  user: User,
  request: InterruptedRefresh,
  proofs: readonly Proof[],
): Promise<TokenResponse> {
  const { database, records } = parts;
  const token = await records.findByHash(database.db, 'RefreshToken', request.refreshTokenHash);
  if (!token || !isUsable(parts, token)) throw refusals.invalidRefreshToken();
  const api = request.audience === undefined ? undefined : await requireApi(parts, request.audience);
  const payload = token.payload as { authTime?: number; sid?: string; gty?: string; acr?: string };
  const issue: Issue = {
    client,
    user,
    api,
    scopes: grantedScopes(client, api, words(request.scope)),
    proofs: union([], proofs),
    acrValues: words(payload.acr),
    authTime: payload.authTime ?? parts.nowSeconds(),
    sid: payload.sid ?? randomToken(16),
    grantType: payload.gty ?? 'refresh_token',
  };
  const opaque = api ? undefined : randomToken();
  const [accessToken, idToken] = await Promise.all([
    opaque ?? signAccessToken(parts, issue),
    issue.scopes.includes('openid') ? signIdToken(parts, issue) : undefined,
  ]);
  const refreshToken = await database.transaction(async (trx) => {
    const replaced = await renew(parts, trx, issue, token);
    if (replaced && opaque !== undefined) {
      const record = accessTokenRecord(parts, issue, token.grantId ?? '', opaque);
      await records.insert(trx, record.model, record.id, record.payload);
    }
    return replaced;
  });
  if (!refreshToken) throw refusals.invalidRefreshToken();
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: accessTokenLifetime(api),
    scope: issue.scopes.join(' '),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(refreshToken.value === undefined ? {} : { refresh_token: refreshToken.value }),
  };
}

/** Rotates or updates the token and its grant. Undefined when another request was faster. */
async function renew(
  parts: OidcParts,
  trx: Db,
  { client, proofs, acrValues }: Issue,
  token: StoredRecord,
): Promise<{ value?: string } | undefined> {
  const { records } = parts;
  const grant = token.grantId === undefined ? undefined : await records.find(trx, 'Grant', token.grantId);
  if (!grant) return undefined;
  const iat = parts.nowSeconds();
  const { iiat, rotations } = token.payload as { iiat: number; rotations?: number };
  const renewed = {
    ...token.payload,
    ...claimsOf(proofs, parts.engine.registry, acrValues),
    exp: iat + refreshTokenLifetime(client, iat - iiat),
  };
  const isRotating = client.refreshToken.rotationType === 'rotating';
  const isOurs = isRotating
    ? await records.consume(trx, 'RefreshToken', token.idHash)
    : await records.change(trx, 'RefreshToken', token.idHash, renewed);
  if (!isOurs) return undefined;
  await records.amend(trx, 'Grant', grant.idHash, { ...grant.payload, proofs });
  if (!isRotating) return {};
  const value = randomToken();
  await records.insert(trx, 'RefreshToken', value, { ...renewed, iat, rotations: (rotations ?? 0) + 1 });
  return { value };
}

function isUsable(parts: OidcParts, { payload, consumedAt }: StoredRecord): boolean {
  return consumedAt === undefined && typeof payload.exp === 'number' && payload.exp > parts.nowSeconds();
}
