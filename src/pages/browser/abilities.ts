import type { BrowserNeed } from '../../mfa/factor.ts';
import { hintCookie, readHint } from './hintCookie.ts';

/** What a browser can do for factors that need more than a form. */
export type Abilities = ReadonlySet<BrowserNeed>;

const name = 'cs-abilities';
const none = 'none';
const hour = 60 * 60;
/**
 * Seconds until the browser is asked again. What it can't do may be put right by a switch; asking costs a page
 * that passes by itself, and an answer outlives a sign-in.
 */
const lifetime = { able: 7 * 24 * hour, lacking: hour };

/** The form fields in which a browser tells what it can do; Auth0's names. */
export const abilityFields: Readonly<Record<BrowserNeed, string>> = {
  webauthn: 'webauthn-available',
  'webauthn-platform': 'webauthn-platform-available',
};
const needs = Object.keys(abilityFields) as BrowserNeed[];

/** A browser that can do everything: what is assumed of one that was shown a screen already. */
export const allAbilities: Abilities = new Set(needs);

/** `Set-Cookie` value that keeps what the browser said. */
export function abilitiesCookie(abilities: Abilities, publicUrl: string): string {
  const value = [...abilities].join('.') || none;
  const maxAgeSeconds = needs.every((need) => abilities.has(need)) ? lifetime.able : lifetime.lacking;
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
  return (needs as readonly string[]).includes(value);
}
