import { errors } from 'oidc-provider';
import { describe, expect, it } from 'vitest';
import { OAuthError } from '../oauthError.ts';
import { shapeTokenError } from './tokenErrors.ts';

const refreshToken = 'refresh_token';
const code = 'authorization_code';

describe('errors of the token endpoint', () => {
  it.each([
    [
      new errors.InvalidClientAuth('wrong secret'),
      code,
      401,
      'invalid_client',
      'Client authentication failed.',
    ],
    [
      new errors.InvalidGrant('authorization code not found'),
      code,
      403,
      'invalid_grant',
      'Invalid authorization code',
    ],
    [
      new errors.InvalidGrant('code_verifier does not match code_challenge'),
      code,
      403,
      'invalid_grant',
      'Failed to verify code verifier',
    ],
    [
      new errors.InvalidGrant('refresh token not found'),
      refreshToken,
      403,
      'invalid_grant',
      'Unknown or invalid refresh token.',
    ],
    [new errors.UnsupportedGrantType(), 'a b', 400, 'unsupported_grant_type', 'Unsupported grant type: a?b'],
    [
      new errors.InvalidRequest('requested grant type is not allowed for this client'),
      code,
      403,
      'unauthorized_client',
      "Grant type 'authorization_code' not allowed for the client.",
    ],
    [
      new errors.InvalidRequest("missing required parameter 'code'"),
      code,
      400,
      'invalid_request',
      'Missing required parameter: code',
    ],
    [new errors.InvalidRequest('something else'), code, 400, 'invalid_request', 'something else'],
    [new errors.InvalidTarget(), refreshToken, 403, 'access_denied', 'Service not found.'],
    [new errors.InvalidScope('too much', 'x'), refreshToken, 400, 'invalid_scope', 'too much'],
  ])('%s at %s', (error, grantType, status, wireError, description) => {
    const shaped = shapeTokenError(error, grantType);
    expect(shaped?.statusCode).toBe(status);
    expect(shaped?.body).toEqual({ error: wireError, error_description: description });
  });

  it('keeps our own refusals with all their members', () => {
    const ours = new OAuthError(403, 'mfa_required', 'text', { mfa_token: 't' });
    expect(shapeTokenError(ours, code)?.body).toEqual({
      error: 'mfa_required',
      error_description: 'text',
      mfa_token: 't',
    });
  });

  it('S-91 makes nothing of a fault', () => {
    expect(shapeTokenError(new TypeError('at /secret/path'), code)).toBeUndefined();
    expect(shapeTokenError(new errors.OIDCProviderError(500, 'server_error'), code)).toBeUndefined();
  });
});
