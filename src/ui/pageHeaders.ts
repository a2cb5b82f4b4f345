/** What a page needs beside our own files. */
export interface PageNeeds {
  /** Also allowed as the target of a form's redirects: a scheme (`com.example.app:`) or an origin. */
  formTarget?: string | undefined;
  /** Its script asks this server. */
  asksServer?: true | undefined;
}

/**
 * Headers of every page (S-86), over those of every answer: nothing but our own files, no inline
 * style or script, no frame, no cache, no referrer.
 */
export function pageHeaders(needs: PageNeeds = {}): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(needs),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    // An application's pop-up window answers its opener; an opener policy would cut that.
    'cross-origin-opener-policy': 'unsafe-none',
  };
}

function contentSecurityPolicy({ formTarget, asksServer }: PageNeeds): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    ...(asksServer ? ["connect-src 'self'"] : []),
    `form-action 'self'${formTarget ? ` ${formTarget}` : ''}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
