import type { EventEmitter } from 'node:events';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { findUserById } from '../accounts/users.ts';
import { clientAuthMethods, grantTypes } from '../applications/client.ts';
import { assertionAlgorithms } from '../applications/clientAssertion.ts';
import type { RingKey } from '../crypto/keyRing.ts';
import { signingAlgorithms } from '../crypto/signingAlgorithms.ts';
import { acrValuesSupported } from '../mfa/authenticationContext.ts';
import { extraTokenClaims, shapeAccessToken } from './accessTokenClaims.ts';
import { createAdapter } from './adapter.ts';
import { apiOfRequest, describeApi } from './apis.ts';
import { registrationMember } from './clientMetadata.ts';
import { cookieNames } from './cookies.ts';
import { additionalParameters, offlineAccessParameter } from './dialect/authorizationParameters.ts';
import { grantOfflineAccess } from './dialect/offlineAccess.ts';
import { answerByWebMessage } from './dialect/webMessage.ts';
import { loadExistingGrant } from './existingGrant.ts';
import { rememberProofsInGrants } from './grantModel.ts';
import { claimsByScope, identityClaims } from './identityClaims.ts';
import { createInteractionPolicy } from './interactionPolicy.ts';
import { interactionLifetimeSeconds, interactionUrl } from './interactionUrl.ts';
import { refusals } from './oauthError.ts';
import type { OidcParts } from './parts.ts';
import { rotateAfterPolicy } from './refreshPolicy.ts';
import { registrationOf } from './registration.ts';
import { requestState } from './requestState.ts';
import { endOf } from './sessions.ts';
import { grantLifetime, opaqueTokenLifetime, refreshTokenLifetime } from './tokenLifetimes.ts';

/** Where oidc-provider's endpoints are. */
export const routes = {
  authorization: '/authorize',
  token: '/oauth/token',
  revocation: '/oauth/revoke',
  pushed_authorization_request: '/oauth/par',
  userinfo: '/userinfo',
  jwks: '/.well-known/jwks.json',
  end_session: '/oidc/logout',
} as const;

const codeLifetimeSeconds = 60;
const clockToleranceSeconds = 10;

/** oidc-provider with our storage, policy and dialect, signing with `keys`. */
export function createProvider(parts: OidcParts, keys: readonly RingKey[]): Provider {
  const provider = new Provider(parts.issuer, configuration(parts, keys));
  // The address that HTTP was pinned to is the configured one (S-85); oidc-provider may believe its headers.
  provider.proxy = true;
  // Sessions always have an id per application, and every ID token carries it.
  provider.Client.prototype.includeSid = () => true;
  rememberProofsInGrants(provider);
  provider.registerResponseMode('web_message', answerByWebMessage);
  const noteError = (ctx: KoaContextWithOIDC, error: unknown) => {
    requestState(ctx).error = error;
  };
  const emitter: EventEmitter = provider;
  for (const event of errorEvents) emitter.on(event, noteError);
  return provider;
}

const errorEvents = [
  'authorization.error',
  'grant.error',
  'pushed_authorization_request.error',
  'revocation.error',
  'discovery.error',
  'server_error',
];

function configuration(parts: OidcParts, keys: readonly RingKey[]): Configuration {
  return {
    adapter: (model) => createAdapter(parts, model),
    jwks: { keys: keys.map((key) => ({ ...key.privateJwk, use: 'sig' })) } as Configuration['jwks'],
    routes,
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access'],
    acrValues: [...acrValuesSupported],
    claims: {
      openid: ['sub', 'sid', 'auth_time', 'acr', 'amr'],
      profile: [...claimsByScope.profile],
      email: [...claimsByScope.email],
    },
    conformIdTokenClaims: false,
    clientAuthMethods: [...clientAuthMethods],
    enabledJWA: {
      clientAuthSigningAlgValues: assertionAlgorithms as ['RS256'],
      idTokenSigningAlgValues: [...signingAlgorithms],
    },
    extraClientMetadata: { properties: [registrationMember] },
    extraParams: {
      ...Object.fromEntries(additionalParameters.map((name) => [name, null])),
      [offlineAccessParameter]: async (ctx: KoaContextWithOIDC, wish: unknown) =>
        grantOfflineAccess(ctx, wish, await apiOfRequest(parts, ctx)),
    },
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: (_ctx, client) => client.tokenEndpointAuthMethod === 'none' },
    clockTolerance: clockToleranceSeconds,
    cookies: cookies(parts),
    clientBasedCORS: () => true,
    features: features(parts),
    findAccount: (ctx, id) => findAccount(parts, ctx, id),
    loadExistingGrant,
    expiresWithSession: async () => false,
    rotateRefreshToken: (ctx) => rotateAfterPolicy(parts, ctx),
    extraTokenClaims: (ctx, token) => extraTokenClaims(parts, ctx, token),
    formats: {
      customizers: {
        jwt: async (_ctx, token, jwt) => shapeAccessToken(parts.issuer, token, jwt.payload),
      },
    },
    interactions: {
      policy: createInteractionPolicy(parts),
      url: async (ctx, interaction) => interactionUrl(parts, ctx, interaction),
    },
    renderError: async (ctx, out) => {
      requestState(ctx).page = { status: ctx.status, error: out.error, description: out.error_description };
    },
    ttl: lifetimes(parts),
  };
}

/** Everything that oidc-provider could do and this server doesn't is off, and so not there to be attacked. */
function features(parts: OidcParts): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    revocation: {
      enabled: true,
      allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
    },
    rpInitiatedLogout: { enabled: true },
    userinfo: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: async (ctx) => {
        // Client credentials are for an API or for nothing.
        if (ctx.oidc.params?.grant_type === grantTypes.clientCredentials)
          throw refusals.missingParameter('audience');
        return undefined as unknown as string;
      },
      useGrantedResource: async () => true,
      getResourceServerInfo: (ctx, resource) => describeApi(parts, ctx, resource),
    },
  };
}

function cookies({ isHttps }: OidcParts): Configuration['cookies'] {
  return {
    names: {
      session: cookieNames(isHttps).session,
      interaction: 'countersign_interaction',
      resume: cookieNames(isHttps).resume,
    },
    // Silent authentication runs in a frame of the application's, which only SameSite=None reaches.
    long: { httpOnly: true, secure: isHttps, sameSite: isHttps ? 'none' : 'lax', path: '/' },
    short: { httpOnly: true, secure: isHttps, sameSite: 'lax' },
  };
}

async function findAccount({ database }: OidcParts, ctx: KoaContextWithOIDC, id: string) {
  const user = await findUserById(database.db, id);
  if (user?.blocked && ctx.oidc.route === 'token') throw refusals.userIsBlocked();
  if (!user || user.blocked) return undefined;
  const { email, connection } = user;
  return { accountId: user.id, email, connection, claims: async () => identityClaims(user) };
}

function lifetimes(parts: OidcParts): Configuration['ttl'] {
  return {
    AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? opaqueTokenLifetime,
    ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? opaqueTokenLifetime,
    AuthorizationCode: () => codeLifetimeSeconds,
    IdToken: (_ctx, _token, client) => registrationOf(client).idTokenLifetimeSeconds,
    Interaction: () => interactionLifetimeSeconds,
    RefreshToken: (_ctx, token, client) =>
      refreshTokenLifetime(registrationOf(client), token.totalLifetime()),
    Grant: (ctx) => {
      const isOffline = ctx.oidc.requestParamScopes.has('offline_access');
      return grantLifetime(registrationOf(ctx.oidc.client), isOffline);
    },
    Session: (ctx, session) => {
      // Nobody's: it only ties a request to its browser, and strangers can make as many as they like.
      if (session.accountId === undefined) return interactionLifetimeSeconds;
      const now = parts.clock();
      const loginAt = session.loginTs === undefined ? now : session.loginTs * 1000;
      const end = endOf({ loginAt, lastUsedAt: now }, requestState(ctx).settings);
      return Math.max(1, Math.floor((end - now) / 1000));
    },
  };
}
