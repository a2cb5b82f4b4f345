/** A cookie that tells the pages something about the browser in use. A hint: nothing depends on its being true. */
export interface HintCookie {
  name: string;
  value: string;
  maxAgeSeconds: number;
}

/** `Set-Cookie` value of a hint; with https behind the `__Host-` prefix, so that no sister domain plants one (S-76). */
export function hintCookie({ name, value, maxAgeSeconds }: HintCookie, publicUrl: string): string {
  const secure = isHttps(publicUrl) ? '; Secure' : '';
  return `${nameOf(name, publicUrl)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The value of a hint in a `Cookie` header; undefined when there is none. */
export function readHint(
  cookieHeader: string | undefined,
  name: string,
  publicUrl: string,
): string | undefined {
  const prefix = `${nameOf(name, publicUrl)}=`;
  const pairs = cookieHeader?.split(';').map((pair) => pair.trim());
  return pairs?.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}

function nameOf(name: string, publicUrl: string): string {
  return isHttps(publicUrl) ? `__Host-${name}` : name;
}

function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
