import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticateClient, type ClientAuthentication } from '../applications/authenticateClient.ts';
import { type Client, isConfidential } from '../applications/client.ts';
import { parseAddress } from '../config/networkAddress.ts';
import type { RequestContext } from '../config/requestContext.ts';
import { withoutKeptRefreshToken } from './dialect/refreshAnswer.ts';
import { shapeTokenError } from './dialect/tokenErrors.ts';
import { translateTokenFields } from './dialect/tokenParameters.ts';
import type { DirectGrant } from './grants/directGrant.ts';
import { directGrants } from './grants/directGrants.ts';
import { OAuthError, refusals } from './oauthError.ts';
import type { OidcParts } from './parts.ts';
import { runProviderEndpoint } from './providerEndpoint.ts';
import type { ProviderHolder } from './providerHolder.ts';
import { tokenEvent } from './tokenEvents.ts';
import { textFields } from './tokenFields.ts';

/**
 * `POST /oauth/token`. The grants of OAuth itself are oidc-provider's; the password and MFA grants, which
 * it doesn't know, are answered here, past its code and grant objects (ADR 0010).
 *
 * @throws OAuthError
 */
export async function tokenEndpoint(
  parts: OidcParts,
  holder: ProviderHolder,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const fields = textFields(request.body);
  const grantType = fields.grant_type;
  if (grantType === undefined) throw refusals.missingParameter('grant_type');
  const directGrant = directGrants.get(grantType);
  if (directGrant) return answerDirectly(parts, directGrant, fields, request, reply);
  return runProviderEndpoint(parts, holder, request, reply, {
    url: '/oauth/token',
    fields: translateTokenFields(fields),
    shape: (error) => shapeTokenError(error, grantType),
    present: withoutKeptRefreshToken,
    eventOf: (ctx, state) => tokenEvent(grantType, ctx, state),
  });
}

async function answerDirectly(
  parts: OidcParts,
  grant: DirectGrant,
  fields: Record<string, string>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const grantType = fields.grant_type ?? '';
  const client = requireClient(
    await authenticateClient(parts.database.db, parts.vault, parts.clock, {
      authorization: request.headers.authorization,
      body: fields,
      audiences: [parts.issuer, `${parts.issuer}oauth/token`],
    }),
  );
  if (!client.grantTypes.includes(grantType)) throw refusals.grantNotAllowed(grantType);
  const context = contextOf(client, request);
  return reply.send(await grant(parts, { client, fields, context, grantType }));
}

function requireClient(authentication: ClientAuthentication): Client {
  switch (authentication.outcome) {
    case 'authenticated':
      return authentication.client;
    case 'missing':
      throw refusals.missingParameter('client_id');
    case 'several':
      throw new OAuthError(400, 'invalid_request', 'Client authentication must be given in one way only.');
    case 'malformed':
      throw new OAuthError(400, 'invalid_request', 'The client credentials are malformed.');
    case 'refused':
      throw refusals.invalidClient();
  }
}

/** A server asks in its user's name and may say for which address; an application without a secret may not. */
function contextOf(client: Client, request: FastifyRequest): RequestContext {
  const forwarded = request.headers['auth0-forwarded-for'];
  const ip =
    typeof forwarded === 'string' && isConfidential(client) ? parseAddress(forwarded.trim()) : undefined;
  return ip === undefined ? request.context : { ...request.context, ip };
}
