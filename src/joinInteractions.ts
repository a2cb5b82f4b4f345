import type { Interactions } from './pages/dependencies.ts';

/**
 * What waits for a person at the hosted pages, from two sides: sign-ins to the operator console, which
 * knows its own, and the requests of applications.
 */
export function joinInteractions(
  ofConsole: Interactions & { owns(uid: string): boolean },
  ofApplications: Interactions,
): Interactions {
  const of = (uid: string) => (ofConsole.owns(uid) ? ofConsole : ofApplications);
  return {
    find: (uid, cookieHeader) => of(uid).find(uid, cookieHeader),
    finish: (uid, result) => of(uid).finish(uid, result),
    grantConsent: (uid) => of(uid).grantConsent(uid),
    reject: (uid, error, description) => of(uid).reject(uid, error, description),
  };
}
