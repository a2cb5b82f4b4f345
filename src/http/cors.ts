import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './createApp.ts';

/** Called by SDKs from an application's own pages; an entry ending in a slash stands for what is below. */
const apiPaths = ['/oauth/token', '/oauth/revoke', '/userinfo', '/mfa/', '/me/', '/dbconnections/'];
/** Public documents that hold nothing of anybody's. */
const documentPaths = ['/.well-known/'];

const methods = 'GET, POST, PUT, PATCH, DELETE';
const requestHeaders =
  'Authorization, Content-Type, Auth0-Client, DPoP, MFA-DPoP, X-Request-Language, X-Global-Tracking-Id';
const exposedHeaders =
  'Location, Date, DPoP-Nonce, WWW-Authenticate, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After';
const preflightSeconds = '600';

/**
 * Lets the pages of registered applications read the answers of the API, and answers preflights. No
 * cookie takes part: credentials are never allowed.
 *
 * @param isRegistered whether some application names the origin as its own.
 * @param openPaths what pages of any origin may call, since it answers to a token that only its holder's page
 * has; an entry ending in a slash stands for what is below.
 */
export function registerCors(
  app: App,
  isRegistered: (origin: string) => Promise<boolean>,
  openPaths: readonly string[] = [],
): void {
  const publicPaths = [...documentPaths, ...openPaths];
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.raw.headers;
    const path = request.url.split('?', 1)[0] ?? '';
    const isPublic = isBelow(path, publicPaths);
    if (origin === undefined || !(isPublic || isBelow(path, apiPaths))) return undefined;
    // Decided here once and for all: what answers behind this must not judge the origin its own way.
    delete request.raw.headers.origin;
    reply.raw.setHeader('vary', 'Origin');
    if (isPublic) reply.raw.setHeader('access-control-allow-origin', '*');
    else if (await isRegistered(origin)) reply.raw.setHeader('access-control-allow-origin', origin);
    else return isPreflight(request) ? refusePreflight(reply) : undefined;
    if (isPreflight(request)) return answerPreflight(reply);
    reply.raw.setHeader('access-control-expose-headers', exposedHeaders);
    return undefined;
  });
}

function isBelow(path: string, known: readonly string[]): boolean {
  return known.some((entry) => (entry.endsWith('/') ? path.startsWith(entry) : path === entry));
}

function isPreflight({ raw }: FastifyRequest): boolean {
  return raw.method === 'OPTIONS' && raw.headers['access-control-request-method'] !== undefined;
}

function refusePreflight(reply: FastifyReply): FastifyReply {
  return reply.code(204).send();
}

function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', methods)
    .header('access-control-allow-headers', requestHeaders)
    .header('access-control-max-age', preflightSeconds)
    .send();
}
