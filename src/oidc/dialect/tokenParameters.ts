import { grantTypes } from '../../applications/client.ts';
import { audienceToResource } from './audience.ts';

/**
 * Turns the fields of a token request into oidc-provider's: `audience` becomes `resource` where it
 * chooses the API. With a code it doesn't: the API was chosen at `/authorize`.
 */
export function translateTokenFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  const { audience, resource, ...rest } = fields;
  const isCode = fields.grant_type === grantTypes.authorizationCode;
  const wanted = audience ?? resource;
  return isCode || wanted === undefined ? rest : { ...rest, resource: audienceToResource(wanted) };
}
