import { base64url } from './base64url.js';

/**
 * The scope of the service worker that takes a server's pushes. A registration takes one VAPID key, so each
 * server has one of its own; no page is ever below it.
 * @param {string} baseUrl
 * @returns {Promise<string>} absolute path
 */
export async function pushScopeOf(baseUrl) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(baseUrl));
  return `/authenticator/push/${base64url(digest).slice(0, 16)}/`;
}
