import type { FastifyRequest } from 'fastify';
import { equalSecrets } from '../crypto/constantTime.ts';
import type { Vault } from '../crypto/vault.ts';

/** Name of the hidden field. */
export const formTokenField = 'csrf';

/**
 * Token of the forms of one interaction or ticket: a keyed hash, which nobody outside can compute.
 * For an interaction it is worth nothing without the cookie that ties the interaction to its
 * browser, since the pages accept an interaction from there only.
 */
export function formTokenOf(vault: Pick<Vault, 'hash'>, subject: string): string {
  return vault.hash(subject, 'page-form');
}

/**
 * Whether a posted form is one of ours: the token is right, and the browser says that the post
 * came from our own origin (S-87). A page with `no-referrer` sends `Origin: null`, hence
 * `Sec-Fetch-Site` is asked first; where neither is sent, the token decides.
 */
export function isOwnForm(
  request: FastifyRequest,
  token: string | undefined,
  expected: string,
  publicUrl: string,
): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin !== undefined && origin !== 'null' && origin !== new URL(publicUrl).origin) return false;
  return token !== undefined && equalSecrets(token, expected);
}
