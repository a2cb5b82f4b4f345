import { OAuthError } from '../oauthError.ts';
import { textFields } from '../tokenFields.ts';
import { audienceToResource } from './audience.ts';

/** Carries the wish for a refresh token past oidc-provider's rule that only `prompt=consent` may grant it. */
export const offlineAccessParameter = 'countersign_offline_access';

/** Auth0's parameters that oidc-provider doesn't know and our pages or policy read. */
export const additionalParameters = ['audience', 'connection', 'screen_hint', 'organization'] as const;

/** What a request without `scope` asks for, as Auth0's SDKs do. */
const defaultScope = 'openid profile email';

/** They are kept while the person is at the pages, so a form may bring no more than an address can. */
const longestRequest = 16 * 1024;

/**
 * The parameters of `/authorize` and `/oauth/par` as they came, translated.
 *
 * @throws OAuthError when one isn't text, or when they are too long together (S-81).
 */
export function readAuthorizationParameters(given: unknown): Record<string, string> {
  const parameters = textFields(given);
  const length = Object.entries(parameters).reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    0,
  );
  if (length > longestRequest) {
    throw new OAuthError(400, 'invalid_request', 'The parameters are too long together.');
  }
  return translateAuthorizationParameters(parameters);
}

/**
 * Turns them into those of oidc-provider:
 * - `audience` becomes `resource` (RFC 8707), in whatever form the identifier has;
 * - `offline_access` in the scope is noted apart, see `grantOfflineAccess`;
 * - `prompt=select_account` becomes `login`: there is one account to a sign-in page.
 * Parameters that nobody knows are ignored later on.
 */
function translateAuthorizationParameters(
  parameters: Readonly<Record<string, string>>,
): Record<string, string> {
  const { [offlineAccessParameter]: _forged, ...given } = parameters;
  // A pushed request brings all its parameters along; nothing beside it counts.
  if (given.request_uri) return given;
  const audience = given.audience || given.resource;
  const scope = given.scope || defaultScope;
  return {
    ...given,
    scope,
    ...(audience ? { audience, resource: audienceToResource(audience) } : {}),
    ...(scope.split(' ').includes('offline_access') ? { [offlineAccessParameter]: 'requested' } : {}),
    ...(given.prompt ? { prompt: translatePrompt(given.prompt) } : {}),
  };
}

function translatePrompt(prompt: string): string {
  const values = prompt.split(' ').map((value) => (value === 'select_account' ? 'login' : value));
  return [...new Set(values)].join(' ');
}
