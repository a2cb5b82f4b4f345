import { errors } from 'oidc-provider';
import { grantTypes } from '../../applications/client.ts';
import { OAuthError, refusals } from '../oauthError.ts';

/**
 * Auth0's answer to what oidc-provider refused at the token, revocation or pushed-authorization endpoint:
 * statuses and descriptions are contract. What the client did wrong with a code
 * or token is not told apart.
 *
 * @returns undefined for a fault that is nobody's refusal.
 */
export function shapeTokenError(error: unknown, grantType: string | undefined): OAuthError | undefined {
  if (error instanceof OAuthError) return error;
  if (!(error instanceof errors.OIDCProviderError) || !error.expose) return undefined;
  const description = error.error_description ?? error.message;
  switch (error.error) {
    case 'invalid_client':
      return refusals.invalidClient();
    case 'invalid_grant':
      return invalidGrant(error, grantType);
    case 'unsupported_grant_type':
      return new OAuthError(400, 'unsupported_grant_type', `Unsupported grant type: ${printable(grantType)}`);
    case 'invalid_target':
      return new OAuthError(403, 'access_denied', 'Service not found.');
    case 'invalid_request':
      return invalidRequest(description, grantType);
    default:
      return new OAuthError(error.statusCode, error.error, description);
  }
}

function invalidGrant(error: errors.OIDCProviderError, grantType: string | undefined): OAuthError {
  if (grantType === grantTypes.refreshToken) return refusals.invalidRefreshToken();
  if (grantType !== grantTypes.authorizationCode) {
    return new OAuthError(403, 'invalid_grant', error.error_description ?? 'The grant is invalid.');
  }
  const isVerifier = /code_verifier|code_challenge/.test(error.error_detail ?? '');
  return new OAuthError(
    403,
    'invalid_grant',
    isVerifier ? 'Failed to verify code verifier' : 'Invalid authorization code',
  );
}

function invalidRequest(description: string, grantType: string | undefined): OAuthError {
  if (description === 'requested grant type is not allowed for this client') {
    return refusals.grantNotAllowed(grantType ?? '');
  }
  const missing = /^missing required parameter\(?s?\)? '?([a-z_]+)'?/i.exec(description)?.[1];
  return missing ? refusals.missingParameter(missing) : new OAuthError(400, 'invalid_request', description);
}

function printable(text: string | undefined): string {
  return (text ?? '').slice(0, 100).replace(/[^\x21-\x7e]/g, '?');
}
