import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { TenantEvent } from '../logs/tenantLog.ts';
import { bindingCookieName, cookieNames, isBoundTo } from './cookies.ts';
import { readAuthorizationParameters } from './dialect/authorizationParameters.ts';
import { eventBase } from './events.ts';
import { isSilent } from './interactionPolicy.ts';
import { OAuthError } from './oauthError.ts';
import { localeWishes, type OidcPages, sendPage } from './pages.ts';
import type { OidcParts } from './parts.ts';
import type { ProviderHolder } from './providerHolder.ts';
import { chargeForRequest } from './requestBudget.ts';
import type { RequestState } from './requestState.ts';
import { detachForeignSession } from './resumeSession.ts';
import { type ProviderAnswer, runProvider } from './runProvider.ts';

/** `/authorize`: the query, or the form of a POST (OpenID Connect Core section 3.1.2.1 asks for both). */
export async function authorizationEndpoint(
  parts: OidcParts,
  holder: ProviderHolder,
  pages: OidcPages,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const parameters = readParameters(request);
  if (parameters instanceof OAuthError) {
    return sendPage(reply, pages.error(localeWishes(request), 400, parameters.error_description));
  }
  const query = new URLSearchParams(parameters);
  prepareHeaders(reply);
  const answer = await runProvider(
    parts,
    holder,
    request,
    reply,
    { method: 'GET', url: `/authorize?${query}` },
    { after: (ctx, state) => chargeForRequest(parts, ctx, state), eventOf: authorizationEvent },
  );
  return send(pages, request, reply, answer);
}

/**
 * `/authorize/{uid}`: the browser comes back from the pages. It must be the one that began (S-37):
 * oidc-provider goes by a cookie that anybody can make up from the address, so it is shown the uid that
 * our own cookie proved.
 */
export async function resumeEndpoint(
  parts: OidcParts,
  holder: ProviderHolder,
  pages: OidcPages,
  request: FastifyRequest<{ Params: { uid: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { uid } = request.params;
  const { isHttps, vault } = parts;
  const { cookie = '' } = request.headers;
  if (!isBoundTo(vault, isHttps, uid, cookie)) return sendPage(reply, pages.expired(localeWishes(request)));
  prepareHeaders(reply);
  const answer = await runProvider(
    parts,
    holder,
    request,
    reply,
    { method: 'GET', url: `/authorize/${uid}`, cookie: `${cookieNames(isHttps).resume}=${uid}; ${cookie}` },
    {
      before: async (ctx) => {
        const options = { httpOnly: true, secure: isHttps, sameSite: 'lax', path: '/' } as const;
        ctx.cookies.set(bindingCookieName(isHttps, uid), null, options);
        await detachForeignSession(parts, await holder.current(), uid, cookie);
      },
      eventOf: authorizationEvent,
    },
  );
  return send(pages, request, reply, answer);
}

/**
 * The page of `form_post` carries an inline script, which oidc-provider allows by its hash where there is
 * a `script-src`; its form leads to the redirect URI, hence no `form-action`. A pop-up window's page must
 * reach the window that opened it, hence no opener policy.
 */
function prepareHeaders(reply: FastifyReply): void {
  const { raw } = reply;
  raw.setHeader(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  raw.setHeader('cross-origin-opener-policy', 'unsafe-none');
}

function send(
  pages: OidcPages,
  request: FastifyRequest,
  reply: FastifyReply,
  { state, status, body, conflict }: ProviderAnswer,
): Promise<FastifyReply> | FastifyReply {
  const wishes = localeWishes(request);
  if (conflict || state.error instanceof errors.SessionNotFound)
    return sendPage(reply, pages.expired(wishes));
  if (state.page) {
    const { error, description } = state.page;
    if (error === 'server_error') request.log.error({ err: state.error }, 'authorization failed');
    const detail = description === undefined ? error : `${error}: ${description}`;
    return sendPage(reply, pages.error(wishes, state.page.status, detail));
  }
  return reply.code(status).send(body);
}

function readParameters(request: FastifyRequest): Record<string, string> | OAuthError {
  try {
    return readAuthorizationParameters(request.method === 'POST' ? request.body : request.query);
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
}

/** The log event of an authorization request that came to an end; none where it goes on at the pages. */
function authorizationEvent(ctx: KoaContextWithOIDC, state: RequestState): TenantEvent | undefined {
  if (!ctx.oidc?.client) return undefined;
  const silent = isSilent(ctx);
  if (ctx.oidc.entities.AuthorizationCode) return { ...eventBase(ctx, state), type: silent ? 'ssa' : 's' };
  if (!(state.error instanceof errors.OIDCProviderError)) return undefined;
  const description = state.error.error_description;
  return {
    ...eventBase(ctx, state),
    type: silent ? 'fsa' : 'f',
    ...(description === undefined ? {} : { description }),
  };
}
