import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { setRateLimitHeaders } from '../http/rateLimitHeaders.ts';
import { authorizationEndpoint, resumeEndpoint } from './authorizationEndpoint.ts';
import { readAuthorizationParameters } from './dialect/authorizationParameters.ts';
import { completeDiscovery } from './dialect/discovery.ts';
import { auth0Logout, confirmLogout, logoutFormAction, oidcLogout } from './dialect/logout.ts';
import { shapeTokenError } from './dialect/tokenErrors.ts';
import { userinfoEndpoint } from './dialect/userinfo.ts';
import { revocationEvent } from './events.ts';
import { OAuthError } from './oauthError.ts';
import type { Oidc } from './oidc.ts';
import { localeWishes, type OidcPages, sendPage } from './pages.ts';
import { runProviderEndpoint } from './providerEndpoint.ts';
import { chargeForRequest } from './requestBudget.ts';
import { runProvider } from './runProvider.ts';
import { sendOAuthError } from './sendOAuthError.ts';
import { tokenEndpoint } from './tokenEndpoint.ts';
import { textFields } from './tokenFields.ts';

/**
 * Adds the endpoints of OpenID Connect to a server made by `createApp`, which has parsed and checked
 * bodies, pinned the host, judged origins and set the headers that hold everywhere.
 */
export function registerOidc(app: FastifyInstance, oidc: Oidc, pages: OidcPages): void {
  registerAuthorization(app, oidc, pages);
  registerTokenEndpoints(app, oidc);
  registerMetadata(app, oidc);
  registerLogout(app, oidc, pages);
}

function registerAuthorization(app: FastifyInstance, { parts, holder }: Oidc, pages: OidcPages): void {
  const authorize = asPage(pages, (request, reply) =>
    authorizationEndpoint(parts, holder, pages, request, reply),
  );
  app.get('/authorize', authorize);
  app.post('/authorize', authorize);
  app.get<{ Params: { uid: string } }>(
    '/authorize/:uid',
    asPage(pages, (request, reply) => resumeEndpoint(parts, holder, pages, request, reply)),
  );
}

function registerTokenEndpoints(app: FastifyInstance, { parts, holder }: Oidc): void {
  app.post(
    '/oauth/token',
    asJson((request, reply) => tokenEndpoint(parts, holder, request, reply)),
  );
  app.post(
    '/oauth/revoke',
    asJson((request, reply) =>
      runProviderEndpoint(parts, holder, request, reply, {
        url: '/oauth/revoke',
        fields: textFields(request.body),
        shape: (error) => shapeTokenError(error, undefined),
        eventOf: revocationEvent,
      }),
    ),
  );
  app.post(
    '/oauth/par',
    asJson((request, reply) =>
      runProviderEndpoint(parts, holder, request, reply, {
        url: '/oauth/par',
        fields: readAuthorizationParameters(request.body),
        shape: (error) => shapeTokenError(error, undefined),
        after: (ctx, state) => chargeForRequest(parts, ctx, state),
      }),
    ),
  );
  const userinfo = asJson((request, reply) => userinfoEndpoint(parts, request, reply));
  app.get('/userinfo', userinfo);
  app.post('/userinfo', userinfo);
}

type Endpoint<Request = FastifyRequest> = (request: Request, reply: FastifyReply) => Promise<FastifyReply>;

/** Refusals that an endpoint throws are answered as JSON. */
function asJson(endpoint: Endpoint): Endpoint {
  return async (request, reply) => {
    try {
      return await endpoint(request, reply);
    } catch (error) {
      return sendOAuthError(reply, error);
    }
  };
}

/** The same where a person's browser asks. */
function asPage<Request extends FastifyRequest>(
  pages: OidcPages,
  endpoint: Endpoint<Request>,
): Endpoint<Request> {
  return async (request, reply) => {
    try {
      return await endpoint(request, reply);
    } catch (error) {
      const wishes = localeWishes(request);
      if (error instanceof DatabaseUnavailableError) return sendPage(reply, pages.unavailable(wishes, error));
      if (!(error instanceof OAuthError)) throw error;
      if (error.throttle) {
        setRateLimitHeaders(reply, error.throttle);
        return sendPage(reply, pages.rateLimited(wishes, error.throttle));
      }
      const detail = `${error.error}: ${error.error_description}`;
      return sendPage(reply, pages.error(wishes, error.statusCode, detail));
    }
  };
}

function registerMetadata(app: FastifyInstance, { parts, holder }: Oidc): void {
  for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
    app.get(path, async (request, reply) => {
      const url = '/.well-known/openid-configuration';
      const { body } = await runProvider(parts, holder, request, reply, { method: 'GET', url });
      return reply.code(200).send(completeDiscovery(body as Record<string, unknown>, parts.issuer));
    });
  }
  app.get('/.well-known/jwks.json', () => parts.keys.publicJwks());
}

function registerLogout(app: FastifyInstance, { parts, holder }: Oidc, pages: OidcPages): void {
  const logout = { parts, holder, pages };
  const answer = (endpoint: typeof oidcLogout) =>
    asPage(pages, (request, reply) => endpoint(logout, request, reply));
  app.get('/v2/logout', answer(auth0Logout));
  app.get('/oidc/logout', answer(oidcLogout));
  app.post('/oidc/logout', answer(oidcLogout));
  app.post(logoutFormAction, answer(confirmLogout));
}
