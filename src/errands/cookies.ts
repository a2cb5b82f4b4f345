import { readCookie } from '../http/cookieHeader.ts';
import { uidPrefix } from './errandStore.ts';

const uidCharacters = 16;

/**
 * Sets the cookie that ties an errand to the browser that began it: with https behind the `__Host-` prefix, so
 * that no sister domain can plant one (S-76). It goes with the errand.
 */
export function bindingCookie(
  publicUrl: string,
  uid: string,
  value: string,
  lifetimeSeconds: number,
): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${nameOf(publicUrl, uid)}=${value}; Path=/; Max-Age=${lifetimeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** Its value in a `Cookie` header. */
export function readBinding(publicUrl: string, uid: string, header: string | undefined): string | undefined {
  return readCookie(header, nameOf(publicUrl, uid));
}

function nameOf(publicUrl: string, uid: string): string {
  const prefix = publicUrl.startsWith('https:') ? '__Host-' : '';
  return `${prefix}cs_e_${uid.slice(uidPrefix.length, uidPrefix.length + uidCharacters)}`;
}
