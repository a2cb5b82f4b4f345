import type { KoaContextWithOIDC, ResourceServer as ProviderResourceServer } from 'oidc-provider';
import { grantTypes } from '../applications/client.ts';
import { scopesOfClient } from '../applications/clientGrants.ts';
import {
  identityScopes,
  mfaAudience,
  myAccountAudience,
  type ResourceServer,
  scopesForPeople,
} from '../applications/resourceServer.ts';
import { findResourceServer } from '../applications/resourceServers.ts';
import { resourceToAudience } from './dialect/audience.ts';
import { OAuthError, refusals } from './oauthError.ts';
import type { OidcParts } from './parts.ts';
import { registrationOf } from './registration.ts';
import { requestState } from './requestState.ts';

/** @throws OAuthError when no API has the identifier. */
export async function requireApi({ database, issuer }: OidcParts, audience: string): Promise<ResourceServer> {
  const api = await findResourceServer(database.db, issuer, audience);
  if (!api) throw refusals.unknownApi(audience);
  return api;
}

/** The API that a request to oidc-provider names, looked up once for the request; undefined when it names none. */
export async function apiOfRequest(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
): Promise<ResourceServer | undefined> {
  const resource = ctx.oidc.params?.resource;
  return typeof resource === 'string' ? apiOfResource(parts, ctx, resource) : undefined;
}

/**
 * Describes an API to oidc-provider. The identity scopes belong to every API, so that its token opens
 * userinfo too. With client credentials, the scopes are those that the application was granted; asking
 * for none means all of them.
 *
 * @throws OAuthError when there is no such API, or the application may not use it by itself.
 */
export async function describeApi(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  resource: string,
): Promise<ProviderResourceServer> {
  const api = await apiOfResource(parts, ctx, resource);
  const isClientCredentials = ctx.oidc.params?.grant_type === grantTypes.clientCredentials;
  const scopes = isClientCredentials
    ? await scopesForClient(parts, ctx, api)
    : [...identityScopes, ...scopesForPeople(api).map((scope) => scope.value)];
  return {
    scope: scopes.join(' '),
    audience: api.identifier,
    accessTokenTTL: api.tokenLifetimeSeconds,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: api.signingAlg } },
  };
}

/** Those of the API's step-up scopes that are asked for. */
export function stepUpScopes(api: ResourceServer | undefined, scope: readonly string[]): string[] {
  return api ? api.stepUpScopes.filter((value) => scope.includes(value)) : [];
}

export function isMfaApi({ issuer }: OidcParts, audience: string | undefined): boolean {
  return audience === mfaAudience(issuer);
}

export function isMyAccountApi({ issuer }: OidcParts, audience: string | undefined): boolean {
  return audience === myAccountAudience(issuer);
}

async function apiOfResource(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  resource: string,
): Promise<ResourceServer> {
  const audience = resourceToAudience(resource);
  const { apis } = requestState(ctx);
  const known = apis.get(audience);
  if (known) return known;
  const api = await requireApi(parts, audience);
  apis.set(audience, api);
  return api;
}

async function scopesForClient(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  api: ResourceServer,
): Promise<string[]> {
  const client = registrationOf(ctx.oidc.client);
  const scopes = await scopesOfClient(parts.database.db, client, api);
  if (!scopes) {
    const description = `Client is not authorized to access "${api.identifier}". It needs a client grant for this API.`;
    throw new OAuthError(403, 'access_denied', description);
  }
  if (ctx.oidc.params && ctx.oidc.params.scope === undefined && scopes.length > 0) {
    ctx.oidc.params.scope = scopes.join(' ');
  }
  return scopes;
}
