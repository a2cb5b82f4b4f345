/** How long a remembered browser's cookie lives, and what it holds. */
export interface RememberedBrowser {
  token: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/**
 * `Set-Cookie` value for a remembered browser. Auth0's name, `auth0-mf`; with https behind the
 * `__Host-` prefix, so that no sister domain can plant one (S-76).
 * @param publicUrl the server's public origin
 */
export function browserCookie({ token, expiresAt }: RememberedBrowser, publicUrl: string): string {
  const isHttps = publicUrl.startsWith('https:');
  const expires = new Date(expiresAt).toUTCString();
  return `${nameOf(publicUrl)}=${token}; Path=/; Expires=${expires}; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`;
}

/** The token in a `Cookie` header; undefined when there is none of the right form. */
export function readBrowserToken(cookieHeader: string | undefined, publicUrl: string): string | undefined {
  const prefix = `${nameOf(publicUrl)}=`;
  const pair = cookieHeader?.split(';').find((candidate) => candidate.trim().startsWith(prefix));
  const token = pair?.trim().slice(prefix.length);
  return token && /^[\w-]{16,128}$/.test(token) ? token : undefined;
}

function nameOf(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-auth0-mf' : 'auth0-mf';
}
