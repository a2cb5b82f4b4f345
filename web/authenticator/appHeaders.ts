const onThisMachine = ['http://localhost:*', 'http://127.0.0.1:*'];

/**
 * Headers of the app's page and files, over those of every answer: nothing but our own files, no inline
 * script or style. The app holds accounts of several servers, so it may talk to any by https; to those on
 * this machine without TLS in development only. Here alone may the camera be asked for, to scan a QR code.
 */
export function appHeaders(isDevelopment: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "manifest-src 'self'",
      `connect-src ${["'self'", 'https:', ...(isDevelopment ? onThisMachine : [])].join(' ')}`,
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
  };
}
