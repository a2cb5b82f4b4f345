import { errors } from 'oidc-provider';
import type { ThrottleResult } from '../database/throttle.ts';

/**
 * A refusal in OAuth's shape with a status and description of our own, thrown from inside oidc-provider's
 * callbacks and grants alike. `details` are further members of the body, such as `mfa_token`.
 */
export class OAuthError extends errors.OIDCProviderError {
  readonly details: Readonly<Record<string, unknown>>;
  /** A budget that is spent; told in headers. */
  readonly throttle: ThrottleResult | undefined;

  constructor(
    status: number,
    error: string,
    description: string,
    details: Record<string, unknown> = {},
    throttle?: ThrottleResult,
  ) {
    super(status, error);
    this.name = 'OAuthError';
    this.error_description = description;
    this.details = details;
    this.throttle = throttle;
  }

  /** The body of the answer. */
  get body(): Record<string, unknown> {
    return { error: this.error, error_description: this.error_description, ...this.details };
  }
}

/** Auth0's answers that more than one place gives; descriptions are contract where SDKs match on them. */
export const refusals = {
  unknownApi: (audience: string) =>
    new OAuthError(403, 'access_denied', `Service not found: ${audience.slice(0, 600)}`),
  missingParameter: (name: string) =>
    new OAuthError(400, 'invalid_request', `Missing required parameter: ${name}`),
  userIsBlocked: () => new OAuthError(403, 'unauthorized', 'user is blocked'),
  invalidRefreshToken: () => new OAuthError(403, 'invalid_grant', 'Unknown or invalid refresh token.'),
  invalidClient: () => new OAuthError(401, 'invalid_client', 'Client authentication failed.'),
  grantNotAllowed: (grantType: string) =>
    new OAuthError(403, 'unauthorized_client', `Grant type '${grantType}' not allowed for the client.`),
};
