import { operatorConnection } from '../../accounts/operators.ts';
import { recordLogin, type User } from '../../accounts/users.ts';
import { grantTypes } from '../../applications/client.ts';
import { identityScopes, type ResourceServer } from '../../applications/resourceServer.ts';
import { randomToken } from '../../crypto/random.ts';
import { recordFailure } from '../../logs/recordFailure.ts';
import { recordEvent } from '../../logs/tenantLog.ts';
import { readTenantSettings } from '../../tenant/tenantSettings.ts';
import { requireApi } from '../apis.ts';
import { decisionInputOf, words } from '../decisionInput.ts';
import { grantedScopes, issueTokens, type TokenResponse } from '../issueTokens.ts';
import { refusalAfter } from '../mfaRequired.ts';
import { OAuthError } from '../oauthError.ts';
import type { OidcParts } from '../parts.ts';
import { type DirectGrantRequest, required } from './directGrant.ts';

/** What an MFA transaction remembers of a password grant; its tokens answer this and nothing else (S-27). */
export interface InterruptedPasswordGrant {
  kind: 'password';
  scope: string;
  audience?: string;
}

/**
 * The grants `password` and `password-realm`. `realm` names the connection in both; without
 * one, the tenant's default directory is asked. Where policy demands it, the answer is `mfa_required`.
 */
export async function passwordGrant(parts: OidcParts, request: DirectGrantRequest): Promise<TokenResponse> {
  const { client, fields, context, grantType } = request;
  const identifier = required(request, 'username');
  const password = required(request, 'password');
  const realm = grantType === grantTypes.passwordRealm ? required(request, 'realm') : fields.realm;
  const api = fields.audience === undefined ? undefined : await requireApi(parts, fields.audience);
  const scopes = grantedScopes(client, api, requestedScopes(fields.scope, api));

  const connection = realm ?? (await readTenantSettings(parts.database.db)).defaultDirectory;
  // Operators sign in to their console and to no application (S-107).
  if (connection === operatorConnection) throw wrongCredentials();
  const user = await checkPassword(parts, request, { identifier, password, connection });
  const now = parts.clock();
  const proofs = [{ factor: 'password', at: now }];
  const scope = scopes.join(' ');
  const remembered: InterruptedPasswordGrant = {
    kind: 'password',
    scope,
    ...(api ? { audience: api.identifier } : {}),
  };
  const input = {
    ...decisionInputOf(parts, { purpose: 'token', client, api, scope }),
    userId: user.id,
    proofs,
  };
  const begun = await parts.engine.begin(input, { token: true }, context, { ...remembered });
  const refusal = refusalAfter(begun, parts.engine.registry);
  if (refusal) throw refusal;

  const authTime = Math.floor(now / 1000);
  const issue = {
    client,
    user,
    api,
    scopes,
    proofs,
    acrValues: [],
    authTime,
    sid: randomToken(16),
    grantType,
  };
  return issueTokens(parts, issue, async (trx) => {
    await recordLogin(trx, parts.clock, user.id);
    await recordEvent(trx, parts.clock, { ...eventOf(request, user), type: 'sepft' });
  });
}

/** Asking for nothing means everything that the API defines, or the profile where there is none. */
function requestedScopes(scope: string | undefined, api: ResourceServer | undefined): string[] {
  if (scope !== undefined) return words(scope);
  if (api) return api.scopes.map((defined) => defined.value);
  return identityScopes.filter((value) => value !== 'offline_access');
}

async function checkPassword(
  parts: OidcParts,
  request: DirectGrantRequest,
  login: { identifier: string; password: string; connection: string },
): Promise<User> {
  const { client, context } = request;
  const result = await parts.accounts.checkPassword({ ...login, context, clientId: client.clientId });
  if (result.outcome === 'accepted') return result.user;
  await recordFailure(parts.database.db, parts.clock, {
    ...eventOf(request),
    type: 'fepft',
    connection: login.connection,
  });
  if (result.outcome === 'refused') throw wrongCredentials();
  const { outcome: _, ...throttle } = result;
  const description = 'Too many sign-in attempts. Please try again later.';
  throw new OAuthError(429, 'too_many_attempts', description, {}, throttle);
}

function wrongCredentials(): OAuthError {
  return new OAuthError(403, 'invalid_grant', 'Wrong email or password.');
}

function eventOf({ client, fields, context }: DirectGrantRequest, user?: User) {
  return {
    clientId: client.clientId,
    clientName: client.name,
    ip: context.ip,
    userAgent: context.userAgent,
    ...(fields.audience === undefined ? {} : { audience: fields.audience }),
    ...(fields.scope === undefined ? {} : { scope: fields.scope }),
    ...(user ? { userId: user.id, userName: user.email, connection: user.connection } : {}),
  };
}
