import type { Client } from '../applications/client.ts';

const day = 24 * 60 * 60;

/** Seconds an access token lives that is for no API: it opens userinfo only. */
export const opaqueTokenLifetime = day;

/** What `non-expiring` means to a protocol that wants a number. */
const centurySeconds = 100 * 365 * day;

/**
 * Seconds a refresh token lives that is issued or used now: until it would be idle too long, or until the
 * end of its family, counted from the sign-in.
 */
export function refreshTokenLifetime(client: Client, ageSeconds: number): number {
  const { expirationType, idleTokenLifetimeSeconds, tokenLifetimeSeconds } = client.refreshToken;
  if (expirationType === 'non-expiring') return centurySeconds;
  return Math.max(1, Math.min(idleTokenLifetimeSeconds, tokenLifetimeSeconds - ageSeconds));
}

/** Seconds a grant lives: as long as any refresh token under it may, and at least as long as a consent is remembered. */
export function grantLifetime(client: Client | undefined, isOffline: boolean): number {
  const consentSeconds = 7 * day;
  if (!client || !isOffline) return consentSeconds;
  const { expirationType, tokenLifetimeSeconds } = client.refreshToken;
  return expirationType === 'non-expiring'
    ? centurySeconds
    : Math.max(consentSeconds, tokenLifetimeSeconds + day);
}
