import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC, UnknownObject } from 'oidc-provider';
import { registrationOf } from '../registration.ts';

/**
 * Hands the answer to the page that framed or opened this one, and to no other origin (S-73). The text
 * never changes, so that its hash can be allowed instead of inline scripts as such.
 */
const script = `
const { response, targetOrigin } = JSON.parse(document.getElementById('answer').textContent);
const target = window.opener ?? window.parent;
target.postMessage({ type: 'authorization_response', response }, targetOrigin);
`;
const scriptHash = createHash('sha256').update(script).digest('base64');

/**
 * Answers an authorization request with a page that posts the response (`response_mode=web_message`).
 * It goes to the origin of the redirect URI, which was checked before, and only the application's web
 * origins may frame it.
 */
export function answerByWebMessage(
  ctx: KoaContextWithOIDC,
  redirectUri: string,
  response: UnknownObject,
): void {
  const { webOrigins } = registrationOf(ctx.oidc.client);
  ctx.status = 200;
  ctx.type = 'html';
  ctx.set('content-security-policy', contentSecurityPolicy(webOrigins));
  // The older header knows only one origin; browsers that know frame-ancestors ignore it.
  ctx.remove('x-frame-options');
  ctx.body = page(response, new URL(redirectUri).origin);
}

function contentSecurityPolicy(webOrigins: readonly string[]): string {
  const ancestors = webOrigins.length > 0 ? webOrigins.join(' ') : "'none'";
  return `default-src 'none'; script-src 'sha256-${scriptHash}'; base-uri 'none'; frame-ancestors ${ancestors}`;
}

function page(response: UnknownObject, targetOrigin: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Authorization response</title></head>
<body>
<script type="application/json" id="answer">${scriptSafeJson({ response, targetOrigin })}</script>
<script>${script}</script>
</body>
</html>`;
}

/** JSON in which nothing can end the script element or begin a comment in it. */
function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
