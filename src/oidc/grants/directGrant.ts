import type { Client } from '../../applications/client.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import type { TokenResponse } from '../issueTokens.ts';
import { refusals } from '../oauthError.ts';
import type { OidcParts } from '../parts.ts';

/** A token request from an application that has proved who it is and may use the grant. */
export interface DirectGrantRequest {
  client: Client;
  fields: Readonly<Record<string, string>>;
  context: RequestContext;
  grantType: string;
}

/**
 * A grant that needs neither a browser nor oidc-provider.
 *
 * @throws OAuthError
 */
export type DirectGrant = (parts: OidcParts, request: DirectGrantRequest) => Promise<TokenResponse>;

/** @throws OAuthError when the parameter is missing. */
export function required({ fields }: DirectGrantRequest, name: string): string {
  const value = fields[name];
  if (value === undefined) throw refusals.missingParameter(name);
  return value;
}
