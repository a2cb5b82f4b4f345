import type { SigningAlgorithm } from '../crypto/signingAlgorithms.ts';
import { managementScopes } from './managementScopes.ts';

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
  /** Only applications by themselves get its scopes, with client credentials; people never do. */
  isForApplications?: true;
}

export interface ApiScope {
  value: string;
  description: string;
}

export type ResourceServerDraft = Pick<ResourceServer, 'identifier'> &
  Partial<Omit<ResourceServer, 'id' | 'isSystem' | 'isForApplications' | 'identifier'>>;

/** The scopes that an application can be granted on behalf of a person. */
export function scopesForPeople({ scopes, isForApplications }: ResourceServer): readonly ApiScope[] {
  return isForApplications ? [] : scopes;
}

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

/** The My Account API's audience; likewise. */
export function myAccountAudience(issuer: string): string {
  return `${issuer}me/`;
}

/** Scopes of the My Account API, with which people look after their account. Those beyond Auth0's are named alike. */
export type MyAccountScope = keyof typeof myAccountScopes;

const myAccountScopes = {
  'read:me:factors': 'List the factors that can be set up',
  'read:me:authentication_methods': 'Read your authentication methods',
  'create:me:authentication_methods': 'Add authentication methods',
  'update:me:authentication_methods': 'Change authentication methods',
  'delete:me:authentication_methods': 'Remove authentication methods',
  'read:me:trusted_browsers': 'List the browsers that remember you',
  'delete:me:trusted_browsers': 'Make browsers forget you',
  'read:me:sessions': 'List where you are signed in',
  'delete:me:sessions': 'Sign you out elsewhere',
  'read:me:preferences': 'Read which factor you prefer',
  'update:me:preferences': 'Choose which factor you prefer',
} as const;

/** The Management API's audience; likewise. */
export function managementAudience(issuer: string): string {
  return `${issuer}api/v2/`;
}

/**
 * The APIs of this server itself. Asking for the MFA API's audience forces a second factor; so does asking for that
 * of the My Account API, from people who have one.
 */
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
    {
      id: 'system-my-account',
      identifier: myAccountAudience(issuer),
      name: 'My Account API',
      scopes: Object.entries(myAccountScopes).map(([value, description]) => ({ value, description })),
      stepUpScopes: [],
      signingAlg: 'RS256',
      tokenLifetimeSeconds: 900,
      allowOfflineAccess: true,
      clientAccess: 'require_client_grant',
      isSystem: true,
    },
    {
      id: 'system-management',
      identifier: managementAudience(issuer),
      name: 'Management API',
      scopes: Object.entries(managementScopes).map(([value, description]) => ({ value, description })),
      stepUpScopes: [],
      signingAlg: 'RS256',
      tokenLifetimeSeconds: 86_400,
      allowOfflineAccess: false,
      clientAccess: 'require_client_grant',
      isSystem: true,
      isForApplications: true,
    },
  ];
}

/** OpenID Connect's own scopes; they mean the same at every API. */
export const identityScopes = ['openid', 'profile', 'email', 'offline_access'] as const;
