import { readCookie } from '../../http/cookieHeader.ts';

/** The console's cookies. `signIn` ties a sign-in to its browser; `session` is the key to the console. */
const names = { signIn: 'cs_operator_sign_in', session: 'cs_operator' } as const;

type ConsoleCookie = keyof typeof names;

/**
 * Sets a cookie that only this server reads: with https behind the `__Host-` prefix, so that no sister
 * domain can plant one (S-76). Lax, since a link to the console may stand in a ticket or a chat; every
 * act is a form with a token of its own.
 *
 * @param maxAgeSeconds absent for a cookie that ends with the browser
 */
export function setCookie(
  publicUrl: string,
  cookie: ConsoleCookie,
  value: string,
  maxAgeSeconds?: number,
): string {
  const isHttps = publicUrl.startsWith('https:');
  return [
    `${nameOf(publicUrl, cookie)}=${value}`,
    'Path=/',
    ...(maxAgeSeconds === undefined ? [] : [`Max-Age=${maxAgeSeconds}`]),
    'HttpOnly',
    'SameSite=Lax',
    ...(isHttps ? ['Secure'] : []),
  ].join('; ');
}

export function clearCookie(publicUrl: string, cookie: ConsoleCookie): string {
  return setCookie(publicUrl, cookie, '', 0);
}

/** The value of a cookie; undefined when there is none, or an empty one. */
export function consoleCookie(
  publicUrl: string,
  cookie: ConsoleCookie,
  cookieHeader: string | undefined,
): string | undefined {
  return readCookie(cookieHeader, nameOf(publicUrl, cookie)) || undefined;
}

function nameOf(publicUrl: string, cookie: ConsoleCookie): string {
  return (publicUrl.startsWith('https:') ? '__Host-' : '') + names[cookie];
}
