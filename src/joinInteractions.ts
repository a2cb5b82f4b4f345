import type { Interactions } from './pages/dependencies.ts';

/**
 * What waits for a person at the hosted pages, from several sides: those that know their own, such as sign-ins
 * to the operator console, and the requests of applications.
 */
export function joinInteractions(
  owners: readonly (Interactions & { owns(uid: string): boolean })[],
  ofApplications: Interactions,
): Interactions {
  const of = (uid: string) => owners.find((owner) => owner.owns(uid)) ?? ofApplications;
  return {
    find: (uid, cookieHeader) => of(uid).find(uid, cookieHeader),
    finish: (uid, result) => of(uid).finish(uid, result),
    grantConsent: (uid) => of(uid).grantConsent(uid),
    reject: (uid, error, description) => of(uid).reject(uid, error, description),
  };
}
