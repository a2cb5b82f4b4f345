/**
 * Headers of the page and its files, over those of every answer: nothing but our own files, no inline script
 * or style. `frame-src` lets the SDK sign in silently in a frame; security keys and devices are asked here.
 */
export const accountHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
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
