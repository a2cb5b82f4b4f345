/** @typedef {Record<string, unknown>} Claims */

/**
 * The claims of a token, or undefined when it is opaque. Nothing is verified: the SDK has checked the
 * ID token, and an access token is the API's to check.
 * @param {string} token
 * @returns {Claims | undefined}
 */
export function decodeJwt(token) {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
