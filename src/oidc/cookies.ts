import { equalSecrets } from '../crypto/constantTime.ts';
import type { Vault } from '../crypto/vault.ts';
import { cookiesOf, readCookie } from '../http/cookieHeader.ts';

/**
 * Names of our cookies. With https they have the `__Host-` prefix, so that no sister domain can plant
 * one (S-76); browsers refuse that prefix over plain http, which only development speaks.
 */
export function cookieNames(isHttps: boolean) {
  const prefix = isHttps ? '__Host-' : '';
  return {
    session: `${prefix}countersign`,
    /** Followed by the first characters of the interaction's uid. */
    binding: `${prefix}cs_i_`,
    /** oidc-provider's own, for the interaction to resume. Its value is the uid, so it proves nothing. */
    resume: 'countersign_resume',
  };
}

/** More browser tabs than this can't wait for a sign-in at once; the cookies of the earliest are dropped. */
const mostBindings = 20;
const uidCharacters = 16;

export function bindingCookieName(isHttps: boolean, uid: string): string {
  return cookieNames(isHttps).binding + uid.slice(0, uidCharacters);
}

/** Ties an interaction to the browser that began it: a keyed hash that nobody can compute from the URL. */
export function bindingValue(vault: Vault, uid: string): string {
  return vault.hash(uid, 'interaction-binding');
}

/** Whether a `Cookie` header comes from the browser that began the interaction. */
export function isBoundTo(
  vault: Vault,
  isHttps: boolean,
  uid: string,
  cookieHeader: string | undefined,
): boolean {
  const value = readCookie(cookieHeader, bindingCookieName(isHttps, uid));
  return value !== undefined && equalSecrets(value, bindingValue(vault, uid));
}

/** Names of binding cookies to drop before another one is set, so that the header can't outgrow its limit. */
export function surplusBindings(isHttps: boolean, cookieHeader: string | undefined): string[] {
  const { binding } = cookieNames(isHttps);
  const names = [...cookiesOf(cookieHeader)].map(([name]) => name).filter((name) => name.startsWith(binding));
  return names.slice(0, Math.max(0, names.length - mostBindings + 1));
}
