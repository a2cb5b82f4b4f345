import type { Interaction, KoaContextWithOIDC } from 'oidc-provider';
import { bindingCookieName, bindingValue, surplusBindings } from './cookies.ts';
import type { OidcParts } from './parts.ts';
import { requestState } from './requestState.ts';

/** How long a person may take over the pages. */
export const interactionLifetimeSeconds = 30 * 60;

/**
 * Sends the browser to the pages and ties the interaction to it by a cookie of its own: several tabs
 * can sign in at once, and a copied URL is worth nothing in another browser (S-37).
 */
export function interactionUrl(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  { uid, prompt, params }: Interaction,
): string {
  const { isHttps, vault } = parts;
  const options = { httpOnly: true, secure: isHttps, sameSite: 'lax', path: '/' } as const;
  for (const name of surplusBindings(isHttps, requestState(ctx).cookieHeader)) {
    ctx.cookies.set(name, null, options);
  }
  ctx.cookies.set(bindingCookieName(isHttps, uid), bindingValue(vault, uid), {
    ...options,
    maxAge: interactionLifetimeSeconds * 1000,
  });
  return `/u/${pageOf(prompt.name, params.screen_hint)}?state=${encodeURIComponent(uid)}`;
}

function pageOf(prompt: string, screenHint: unknown): string {
  return prompt === 'login' && screenHint === 'signup' ? 'signup' : prompt;
}
