/**
 * Headers of the demo's page, files and API, over those of every answer: nothing but our own files, no
 * inline script or style. `frame-src` lets the SDK sign in silently in a frame, `worker-src` keeps
 * refresh tokens in its worker.
 */
export const demoHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-resource-policy': 'same-origin',
};
