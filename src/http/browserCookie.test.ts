import { expect, it } from 'vitest';
import { browserCookie, readBrowserToken } from './browserCookie.ts';

const token = 'a'.repeat(43);
const expiresAt = Date.UTC(2026, 0, 15, 12);

it('S-76 a remembered browser’s cookie is out of reach of scripts, other sites and sister domains', () => {
  expect(browserCookie({ token, expiresAt }, 'https://login.example.com/')).toBe(
    `__Host-auth0-mf=${token}; Path=/; Expires=Thu, 15 Jan 2026 12:00:00 GMT; HttpOnly; SameSite=Lax; Secure`,
  );
});

it('is readable by its plain name in development over http', () => {
  const cookie = browserCookie({ token, expiresAt }, 'http://localhost:3000/');
  expect(cookie).toMatch(/^auth0-mf=/);
  expect(cookie).not.toContain('Secure');
  expect(readBrowserToken(`a=b; auth0-mf=${token}; c=d`, 'http://localhost:3000/')).toBe(token);
});

it.each([
  ['no header', undefined],
  ['other cookies only', 'a=b'],
  ['the unprotected name over https', `auth0-mf=${token}`],
  ['a name that ends alike', `x__Host-auth0-mf=${token}`],
  ['an empty one', '__Host-auth0-mf='],
  ['one of another form', '__Host-auth0-mf="><script>'],
  ['an endless one', `__Host-auth0-mf=${'a'.repeat(5000)}`],
])('finds no token in %s', (_what, header) => {
  expect(readBrowserToken(header, 'https://login.example.com/')).toBeUndefined();
});
