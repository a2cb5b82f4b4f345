import type { ServerResponse } from 'node:http';

const oneYearSeconds = 365 * 24 * 60 * 60;

const always: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Sets the headers of S-86 on the raw answer, so that one written past Fastify has them too. A handler
 * that shows a page or a file replaces those it must.
 */
export function setSecurityHeaders(response: ServerResponse, isHttps: boolean): void {
  for (const name in always) response.setHeader(name, always[name] as string);
  if (isHttps) response.setHeader('strict-transport-security', `max-age=${oneYearSeconds}`);
}
