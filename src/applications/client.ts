import type { JWK } from 'jose';
import type { SigningAlgorithm } from '../crypto/signingAlgorithms.ts';

/** Auth0's application types; they select defaults and which callback URLs are acceptable. */
export const appTypes = ['spa', 'native', 'regular_web', 'non_interactive'] as const;
export type AppType = (typeof appTypes)[number];

/** How an application proves at the token endpoint who it is (OpenID Connect Core section 9). */
export const clientAuthMethods = [
  'none',
  'client_secret_post',
  'client_secret_basic',
  'private_key_jwt',
] as const;
export type ClientAuthMethod = (typeof clientAuthMethods)[number];

/** How long refresh tokens live and whether each use replaces them. */
export interface RefreshTokenSettings {
  rotationType: 'rotating' | 'non-rotating';
  /** `non-expiring` ignores both lifetimes. */
  expirationType: 'expiring' | 'non-expiring';
  /** Seconds during which a rotated token still works, for clients that repeat a lost request. 0: not at all. */
  leewaySeconds: number;
  /** From the sign-in, however often the token is rotated. */
  tokenLifetimeSeconds: number;
  /** Without use. */
  idleTokenLifetimeSeconds: number;
}

/** An application that may ask for tokens. Its secret is not part of it: see `readClientSecret`. */
export interface Client {
  /** 32 letters and digits. */
  clientId: string;
  name: string;
  description?: string;
  logoUri?: string;
  appType: AppType;
  /** First-party applications ask the user for no consent. */
  isFirstParty: boolean;
  grantTypes: string[];
  /** Redirect URIs, compared character by character; a native application's loopback URI fits any port (S-68). */
  callbacks: string[];
  /** Where logout may lead (S-74); the first is used when none is named. */
  allowedLogoutUrls: string[];
  /** Origins that may frame silent authentication and call the token endpoint. */
  webOrigins: string[];
  /** Further origins that may call the endpoints from a browser. */
  allowedOrigins: string[];
  tokenEndpointAuthMethod: ClientAuthMethod;
  /** Public keys of `private_key_jwt`. */
  publicKeys?: { keys: JWK[] };
  /** Signs this application's ID tokens. */
  signingAlg: SigningAlgorithm;
  idTokenLifetimeSeconds: number;
  refreshToken: RefreshTokenSettings;
  /** Overrides the tenant's multi-factor policy for this application. */
  mfaPolicy?: 'never' | 'always';
  /** Overrides for how long a second factor counts here, minutes; 0 for no end of its own. */
  proofMinutes?: number;
  /** Overrides for how long a remembered browser counts here, days; 0 for not at all. */
  rememberBrowserDays?: number;
  metadata: Record<string, string>;
  createdAt: number;
  updatedAt: number;
}

/** What a caller says about a new application; the rest follows from its type. */
export type ClientDraft = Pick<Client, 'name'> &
  Partial<Omit<Client, 'clientId' | 'createdAt' | 'updatedAt'>>;

export const grantTypes = {
  authorizationCode: 'authorization_code',
  refreshToken: 'refresh_token',
  clientCredentials: 'client_credentials',
  password: 'password',
  passwordRealm: 'http://auth0.com/oauth/grant-type/password-realm',
  mfaOtp: 'http://auth0.com/oauth/grant-type/mfa-otp',
  mfaOob: 'http://auth0.com/oauth/grant-type/mfa-oob',
  mfaRecoveryCode: 'http://auth0.com/oauth/grant-type/mfa-recovery-code',
} as const;

const day = 24 * 60 * 60;

/** Rotating, 30 days at the most and 15 without use: for applications that can't keep a secret. */
const rotating: RefreshTokenSettings = {
  rotationType: 'rotating',
  expirationType: 'expiring',
  leewaySeconds: 0,
  tokenLifetimeSeconds: 30 * day,
  idleTokenLifetimeSeconds: 15 * day,
};

/** A year at the most and 30 days without use: for applications that authenticate themselves. */
const lasting: RefreshTokenSettings = {
  rotationType: 'non-rotating',
  expirationType: 'expiring',
  leewaySeconds: 0,
  tokenLifetimeSeconds: 365 * day,
  idleTokenLifetimeSeconds: 30 * day,
};

type TypeDefaults = Pick<Client, 'grantTypes' | 'tokenEndpointAuthMethod' | 'refreshToken'>;

const defaultsByType: Record<AppType, TypeDefaults> = {
  spa: {
    grantTypes: [grantTypes.authorizationCode, grantTypes.refreshToken],
    tokenEndpointAuthMethod: 'none',
    refreshToken: rotating,
  },
  native: {
    grantTypes: [grantTypes.authorizationCode, grantTypes.refreshToken],
    tokenEndpointAuthMethod: 'none',
    refreshToken: rotating,
  },
  regular_web: {
    grantTypes: [grantTypes.authorizationCode, grantTypes.refreshToken, grantTypes.clientCredentials],
    tokenEndpointAuthMethod: 'client_secret_post',
    refreshToken: lasting,
  },
  non_interactive: {
    grantTypes: [grantTypes.clientCredentials],
    tokenEndpointAuthMethod: 'client_secret_post',
    refreshToken: lasting,
  },
};

/** Completes a draft with the defaults of its type (`regular_web` when none is named). */
export function completeDraft(draft: ClientDraft, clientId: string, now: number): Client {
  const appType = draft.appType ?? 'regular_web';
  return {
    ...defaultsByType[appType],
    isFirstParty: true,
    callbacks: [],
    allowedLogoutUrls: [],
    webOrigins: [],
    allowedOrigins: [],
    signingAlg: 'RS256',
    idTokenLifetimeSeconds: 36_000,
    metadata: {},
    ...draft,
    appType,
    clientId,
    createdAt: now,
    updatedAt: now,
  };
}

/** Whether the application can keep a secret and proves who it is. */
export function isConfidential(client: Client): boolean {
  return client.tokenEndpointAuthMethod !== 'none';
}

/** Origins from which a browser may read answers meant for this application: those named, and its callbacks'. */
export function browserOrigins(client: Client): string[] {
  const ofCallbacks = client.callbacks.map((callback) => URL.parse(callback)?.origin ?? 'null');
  const origins = [...client.webOrigins, ...client.allowedOrigins, ...ofCallbacks];
  return [...new Set(origins)].filter((origin) => origin !== 'null');
}
