import type { JWK } from 'jose';
import type { Client, ClientDraft } from './client.ts';
import type { ClientGrant } from './clientGrants.ts';
import type { ResourceServer } from './resourceServer.ts';
import { withoutUndefined } from './withoutUndefined.ts';

/** An application with Auth0's field names; fields that are not Auth0's are marked. */
export interface WireClient {
  client_id: string;
  client_secret?: string;
  name: string;
  description?: string;
  logo_uri?: string;
  app_type: Client['appType'];
  is_first_party: boolean;
  oidc_conformant: true;
  grant_types: string[];
  callbacks: string[];
  allowed_logout_urls: string[];
  web_origins: string[];
  allowed_origins: string[];
  token_endpoint_auth_method: Client['tokenEndpointAuthMethod'];
  /** Ours: Auth0 keeps keys as credentials. */
  jwks?: { keys: JWK[] };
  jwt_configuration: { alg: Client['signingAlg']; lifetime_in_seconds: number };
  refresh_token: {
    rotation_type: Client['refreshToken']['rotationType'];
    expiration_type: Client['refreshToken']['expirationType'];
    leeway: number;
    token_lifetime: number;
    idle_token_lifetime: number;
    infinite_token_lifetime: boolean;
    infinite_idle_token_lifetime: boolean;
  };
  /** Ours: overrides the tenant's policy. */
  mfa_policy?: Client['mfaPolicy'];
  /** Ours: how long a second factor counts here, 0 without an end of its own. */
  second_factor_lifetime_in_minutes?: number;
  /** Ours: how long a remembered browser counts here, 0 for not at all. */
  remember_browser_days?: number;
  client_metadata: Record<string, string>;
}

/** With the secret only where the caller is entitled to it (S-80). */
export function toWireClient(client: Client, clientSecret?: string): WireClient {
  const isInfinite = client.refreshToken.expirationType === 'non-expiring';
  return {
    client_id: client.clientId,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
    name: client.name,
    ...(client.description === undefined ? {} : { description: client.description }),
    ...(client.logoUri === undefined ? {} : { logo_uri: client.logoUri }),
    app_type: client.appType,
    is_first_party: client.isFirstParty,
    oidc_conformant: true,
    grant_types: client.grantTypes,
    callbacks: client.callbacks,
    allowed_logout_urls: client.allowedLogoutUrls,
    web_origins: client.webOrigins,
    allowed_origins: client.allowedOrigins,
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    ...(client.publicKeys === undefined ? {} : { jwks: client.publicKeys }),
    jwt_configuration: { alg: client.signingAlg, lifetime_in_seconds: client.idTokenLifetimeSeconds },
    refresh_token: {
      rotation_type: client.refreshToken.rotationType,
      expiration_type: client.refreshToken.expirationType,
      leeway: client.refreshToken.leewaySeconds,
      token_lifetime: client.refreshToken.tokenLifetimeSeconds,
      idle_token_lifetime: client.refreshToken.idleTokenLifetimeSeconds,
      infinite_token_lifetime: isInfinite,
      infinite_idle_token_lifetime: isInfinite,
    },
    ...withoutUndefined({
      mfa_policy: client.mfaPolicy,
      second_factor_lifetime_in_minutes: client.proofMinutes,
      remember_browser_days: client.rememberBrowserDays,
    }),
    client_metadata: client.metadata,
  };
}

/** The named fields only; the types are the caller's to have checked. Members of nested objects may be left out. */
export function fromWireClient(
  wire: Partial<Omit<WireClient, 'jwt_configuration' | 'refresh_token'>> & {
    jwt_configuration?: Partial<WireClient['jwt_configuration']>;
    refresh_token?: Partial<WireClient['refresh_token']>;
  },
  current?: Client,
): Partial<ClientDraft> {
  const { jwt_configuration: jwt, refresh_token: refresh } = wire;
  return withoutUndefined({
    name: wire.name,
    description: wire.description,
    logoUri: wire.logo_uri,
    appType: wire.app_type,
    isFirstParty: wire.is_first_party,
    grantTypes: wire.grant_types,
    callbacks: wire.callbacks,
    allowedLogoutUrls: wire.allowed_logout_urls,
    webOrigins: wire.web_origins,
    allowedOrigins: wire.allowed_origins,
    tokenEndpointAuthMethod: wire.token_endpoint_auth_method,
    publicKeys: wire.jwks,
    signingAlg: jwt?.alg,
    idTokenLifetimeSeconds: jwt?.lifetime_in_seconds,
    refreshToken:
      refresh && current ? { ...current.refreshToken, ...fromWireRefreshToken(refresh) } : undefined,
    mfaPolicy: wire.mfa_policy,
    proofMinutes: wire.second_factor_lifetime_in_minutes,
    rememberBrowserDays: wire.remember_browser_days,
    metadata: wire.client_metadata,
  });
}

function fromWireRefreshToken(wire: Partial<WireClient['refresh_token']>): Partial<Client['refreshToken']> {
  return withoutUndefined({
    rotationType: wire.rotation_type,
    expirationType: wire.infinite_token_lifetime ? ('non-expiring' as const) : wire.expiration_type,
    leewaySeconds: wire.leeway,
    tokenLifetimeSeconds: wire.token_lifetime,
    idleTokenLifetimeSeconds: wire.idle_token_lifetime,
  });
}

/** An API with Auth0's field names. */
export interface WireResourceServer {
  id: string;
  identifier: string;
  name: string;
  is_system: boolean;
  scopes: { value: string; description: string }[];
  /** Ours: scopes that need a second factor. */
  step_up_scopes: string[];
  signing_alg: ResourceServer['signingAlg'];
  token_lifetime: number;
  token_dialect: 'rfc9068_profile';
  allow_offline_access: boolean;
  skip_consent_for_verifiable_first_party_clients: true;
  subject_type_authorization: {
    user: { policy: 'allow_all' };
    client: { policy: ResourceServer['clientAccess'] };
  };
}

export function toWireResourceServer(api: ResourceServer): WireResourceServer {
  return {
    id: api.id,
    identifier: api.identifier,
    name: api.name,
    is_system: api.isSystem,
    scopes: api.scopes,
    step_up_scopes: api.stepUpScopes,
    signing_alg: api.signingAlg,
    token_lifetime: api.tokenLifetimeSeconds,
    token_dialect: 'rfc9068_profile',
    allow_offline_access: api.allowOfflineAccess,
    skip_consent_for_verifiable_first_party_clients: true,
    subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: api.clientAccess } },
  };
}

/** A client grant with Auth0's field names. */
export interface WireClientGrant {
  id: string;
  client_id: string;
  audience: string;
  scope: string[];
  subject_type: 'client';
}

export function toWireClientGrant(grant: ClientGrant): WireClientGrant {
  return {
    id: grant.id,
    client_id: grant.clientId,
    audience: grant.audience,
    scope: grant.scope,
    subject_type: 'client',
  };
}
