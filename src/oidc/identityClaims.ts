import type { User } from '../accounts/users.ts';

/** Claims each identity scope stands for (OpenID Connect Core section 5.4), as far as accounts hold them. */
export const claimsByScope = {
  profile: ['name', 'given_name', 'family_name', 'nickname', 'picture', 'locale', 'updated_at'],
  email: ['email', 'email_verified'],
} as const;

/** Every standard claim about a user; members that the account doesn't have are absent. */
export function identityClaims(user: User): { sub: string; [claim: string]: unknown } {
  const claims = {
    sub: user.id,
    name: user.name ?? user.email,
    given_name: user.givenName,
    family_name: user.familyName,
    nickname: user.nickname ?? user.email.split('@')[0],
    picture: user.picture,
    locale: user.locale,
    // Auth0 sends an ISO date here, not the number of the specification; its SDKs pass it on as it is.
    updated_at: new Date(user.updatedAt).toISOString(),
    email: user.email,
    email_verified: user.emailVerified,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)) as {
    sub: string;
  };
}

/** The claims that these scopes entitle to; `sub` always. */
export function claimsOfScopes(
  user: User,
  scopes: readonly string[],
): { sub: string; [claim: string]: unknown } {
  const entitled = new Set<string>(['sub']);
  if (scopes.includes('profile')) for (const claim of claimsByScope.profile) entitled.add(claim);
  if (scopes.includes('email')) for (const claim of claimsByScope.email) entitled.add(claim);
  if (entitled.size === 1) return { sub: user.id };
  const claims = Object.entries(identityClaims(user)).filter(([claim]) => entitled.has(claim));
  return Object.fromEntries(claims) as { sub: string };
}
