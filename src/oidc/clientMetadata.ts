import type { AdapterPayload } from 'oidc-provider';
import { type Client, grantTypes } from '../applications/client.ts';

/** Name of the metadata member that carries the whole application to wherever oidc-provider hands its client. */
export const registrationMember = 'registration';

/** Those that oidc-provider serves; the others have handlers of their own. */
const providerGrantTypes: readonly string[] = [
  grantTypes.authorizationCode,
  grantTypes.refreshToken,
  grantTypes.clientCredentials,
];

/** An application in the words of OpenID Connect registration, for oidc-provider's `Client` model. */
export function clientMetadata(client: Client, clientSecret: string | undefined): AdapterPayload {
  const isSecretMethod = client.tokenEndpointAuthMethod.startsWith('client_secret_');
  const usesPages = client.grantTypes.includes(grantTypes.authorizationCode) && client.callbacks.length > 0;
  const served = client.grantTypes.filter((grantType) => providerGrantTypes.includes(grantType));
  return {
    client_id: client.clientId,
    client_name: client.name,
    ...(isSecretMethod && clientSecret !== undefined ? { client_secret: clientSecret } : {}),
    application_type: client.appType === 'native' ? 'native' : 'web',
    redirect_uris: usesPages ? client.callbacks : [],
    response_types: usesPages ? ['code'] : [],
    grant_types: usesPages
      ? served
      : served.filter((grantType) => grantType !== grantTypes.authorizationCode),
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    id_token_signed_response_alg: client.signingAlg,
    ...(client.tokenEndpointAuthMethod === 'private_key_jwt' ? { jwks: client.publicKeys } : {}),
    [registrationMember]: client,
  };
}
