import type { User } from '../accounts/users.ts';
import { browserName } from '../delivery/templates/browserName.ts';
import type { BrowserView } from '../mfa/browsers/browserDesk.ts';
import type { MethodView } from '../mfa/methodViews.ts';

/** A user with Auth0's field names. */
export interface WireUser {
  user_id: string;
  email: string;
  email_verified: boolean;
  name: string;
  nickname: string;
  given_name?: string;
  family_name?: string;
  picture?: string;
  blocked: boolean;
  identities: [{ connection: string; provider: 'auth0'; user_id: string; isSocial: false }];
  user_metadata: Record<string, unknown>;
  app_metadata: Record<string, unknown>;
  /** ISO 8601. */
  created_at: string;
  updated_at: string;
  last_login?: string;
  logins_count: number;
}

export function toWireUser(user: User): WireUser {
  return {
    user_id: user.id,
    email: user.email,
    email_verified: user.emailVerified,
    name: user.name ?? user.email,
    nickname: user.nickname ?? user.email.split('@')[0] ?? '',
    ...(user.givenName === undefined ? {} : { given_name: user.givenName }),
    ...(user.familyName === undefined ? {} : { family_name: user.familyName }),
    ...(user.picture === undefined ? {} : { picture: user.picture }),
    blocked: user.blocked,
    identities: [
      {
        connection: user.connection,
        provider: 'auth0',
        user_id: user.id.slice(user.id.indexOf('|') + 1),
        isSocial: false,
      },
    ],
    user_metadata: user.userMetadata,
    app_metadata: user.appMetadata,
    created_at: isoTime(user.createdAt),
    updated_at: isoTime(user.updatedAt),
    ...(user.lastLoginAt === undefined ? {} : { last_login: isoTime(user.lastLoginAt) }),
    logins_count: user.loginsCount,
  };
}

/** An authentication method as Auth0's Management API lists it. */
export interface WireMethod {
  id: string;
  type: string;
  name?: string;
  /** Ours: why the device gets no notifications. */
  unreachable?: string;
  /** Ours: how many of several recovery codes are left. */
  remaining?: number;
  /** Ours: when a temporary pass ends. */
  expires_at?: string;
  confirmed: boolean;
  created_at: string;
  last_auth_at?: string;
}

/** @param typeOf the Management API's type of a factor. */
export function toWireMethod(method: MethodView, typeOf: (factor: string) => string): WireMethod {
  return {
    id: method.id,
    type: typeOf(method.factor),
    ...(method.name === undefined ? {} : { name: method.name }),
    ...(method.unreachable === undefined ? {} : { unreachable: method.unreachable }),
    ...(method.remaining === undefined ? {} : { remaining: method.remaining }),
    ...(method.expiresAt === undefined ? {} : { expires_at: isoTime(method.expiresAt) }),
    confirmed: method.isConfirmed,
    created_at: isoTime(method.createdAt),
    ...(method.lastUsedAt === undefined ? {} : { last_auth_at: isoTime(method.lastUsedAt) }),
  };
}

/** A remembered browser, with the names of the My Account API. */
export interface WireBrowser {
  id: string;
  /** Name of the application in which it was remembered. */
  application?: string;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  ip: string;
  user_agent: string;
  browser?: string;
  system?: string;
}

export function toWireBrowser({ id, client, ip, userAgent, ...times }: BrowserView): WireBrowser {
  return {
    id,
    ...(client ? { application: client.name } : {}),
    created_at: isoTime(times.createdAt),
    last_used_at: isoTime(times.lastUsedAt),
    expires_at: isoTime(times.expiresAt),
    ip,
    user_agent: userAgent,
    ...browserName(userAgent),
  };
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
