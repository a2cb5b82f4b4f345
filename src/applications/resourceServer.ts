import type { SigningAlgorithm } from '../crypto/signingAlgorithms.ts';

/** An API that access tokens are for. */
export interface ResourceServer {
  /** 24 hex digits. */
  id: string;
  /** The `audience`; any text, often a URL. Never changes. */
  identifier: string;
  name: string;
  scopes: ApiScope[];
  /** Scopes that need a second factor; part of `scopes`. */
  stepUpScopes: string[];
  /** Signs its access tokens. */
  signingAlg: SigningAlgorithm;
  tokenLifetimeSeconds: number;
  /** Whether `offline_access` yields a refresh token. */
  allowOfflineAccess: boolean;
  /** Who may use client credentials: every first-party application, or only those with a client grant. */
  clientAccess: 'allow_all' | 'require_client_grant';
  /** Built in: not stored, not changeable. */
  isSystem: boolean;
}

export interface ApiScope {
  value: string;
  description: string;
}

export type ResourceServerDraft = Pick<ResourceServer, 'identifier'> &
  Partial<Omit<ResourceServer, 'id' | 'isSystem' | 'identifier'>>;

/** The MFA API's audience. The slash at its end is part of it; `issuer` ends in one too. */
export function mfaAudience(issuer: string): string {
  return `${issuer}mfa/`;
}

/** Scopes of the MFA API, with which people manage their methods. */
export type MfaScope = 'enroll' | 'read:authenticators' | 'remove:authenticators';

const mfaScopes: Readonly<Record<MfaScope, string>> = {
  enroll: 'Enrol a factor',
  'read:authenticators': 'List the enrolled factors',
  'remove:authenticators': 'Remove a factor',
};

/** The APIs of this server itself. Asking for the MFA API's audience forces a second factor. */
export function systemApis(issuer: string): ResourceServer[] {
  return [
    {
      id: 'system-mfa',
      identifier: mfaAudience(issuer),
      name: 'MFA API',
      scopes: Object.entries(mfaScopes).map(([value, description]) => ({ value, description })),
      stepUpScopes: [],
      signingAlg: 'RS256',
      tokenLifetimeSeconds: 600,
      allowOfflineAccess: false,
      clientAccess: 'require_client_grant',
      isSystem: true,
    },
  ];
}

/** OpenID Connect's own scopes; they mean the same at every API. */
export const identityScopes = ['openid', 'profile', 'email', 'offline_access'] as const;
