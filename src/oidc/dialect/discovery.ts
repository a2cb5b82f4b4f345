import { grantTypes } from '../../applications/client.ts';

/** What oidc-provider's discovery document lacks of Auth0's, or doesn't know that we serve. */
export function completeDiscovery(
  document: Record<string, unknown>,
  issuer: string,
): Record<string, unknown> {
  return {
    ...document,
    mfa_challenge_endpoint: `${issuer}mfa/challenge`,
    response_modes_supported: ['query', 'fragment', 'form_post', 'web_message'],
    grant_types_supported: Object.values(grantTypes),
    // Both are the default that a client must assume; Auth0 spells them out.
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  };
}
