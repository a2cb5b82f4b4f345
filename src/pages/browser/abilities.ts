import type { BrowserNeed } from '../../mfa/factor.ts';
import { hintCookie, readHint } from './hintCookie.ts';

/** What a browser can do for factors that need more than a form. */
export type Abilities = ReadonlySet<BrowserNeed>;

const name = 'cs-abilities';
const none = 'none';
const day = 24 * 60 * 60;
/** What a browser can do, it can do for long; what it can't may be put right by a switch. */
const lifetime = { able: 30 * day, unable: day };

/** `Set-Cookie` value that keeps what the browser said. */
export function abilitiesCookie(abilities: Abilities, publicUrl: string): string {
  const value = [...abilities].join('.') || none;
  const maxAgeSeconds = abilities.size > 0 ? lifetime.able : lifetime.unable;
  return hintCookie({ name, value, maxAgeSeconds }, publicUrl);
}

/** `Set-Cookie` value after which the browser is asked anew. */
export function noAbilitiesCookie(publicUrl: string): string {
  return hintCookie({ name, value: '', maxAgeSeconds: 0 }, publicUrl);
}

/** What the browser said; undefined when it wasn't asked yet. */
export function readAbilities(cookieHeader: string | undefined, publicUrl: string): Abilities | undefined {
  const value = readHint(cookieHeader, name, publicUrl);
  if (!value) return undefined;
  return new Set(value.split('.').filter(isNeed));
}

function isNeed(value: string): value is BrowserNeed {
  return value === 'webauthn' || value === 'webauthn-platform';
}
