import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  fastify,
  LogController,
} from 'fastify';
import { matcherOf } from '../config/networkAddress.ts';
import { handleClientError } from './clientError.ts';
import { handleError } from './errorHandler.ts';
import { parseFormBody } from './formBody.ts';
import { pinPublicHost } from './hostHeader.ts';
import { parseJsonBody } from './jsonBody.ts';
import { registerNotFound } from './notFound.ts';
import { requirePlainInput } from './plainInput.ts';
import { requestContextOf } from './requestContext.ts';
import { setSecurityHeaders } from './securityHeaders.ts';

/** The HTTP server every surface registers its routes on; schemas are TypeBox. */
export type App = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface AppOptions {
  publicUrl: string;
  trustedProxies: readonly string[];
  isDevelopment: boolean;
  logger: FastifyBaseLogger;
  /** PEM; without it the server speaks plain http. */
  tls?: { cert: string; key: string };
}

const largestBody = 64 * 1024;
const longestParameter = 1000;
const requestTimeoutMs = 30_000;

/**
 * An HTTP server with the rules that hold on every surface: 64 KB of JSON or form, read strictly; who
 * is asking in `request.context`; security headers; errors as `{error, error_description}`. It has no
 * routes yet and doesn't listen.
 */
export function createApp({ publicUrl, trustedProxies, isDevelopment, logger, tls }: AppOptions): App {
  const publicAddress = new URL(publicUrl);
  const isHttps = publicAddress.protocol === 'https:';
  const isTrustedProxy = matcherOf(trustedProxies);
  const options: FastifyServerOptions = {
    loggerInstance: logger,
    logController: new LogController({ requestIdLogLabel: 'requestId', disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: largestBody,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: longestParameter },
    // Values keep the type they came with, and what is not declared is refused, not dropped.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    // Refused before any hook ran: what hooks do for other answers is done here.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply.raw, isHttps);
      handleError(error, request, reply);
    },
    clientErrorHandler: handleClientError,
  };
  // Fastify types a server that speaks TLS apart; nothing here depends on the difference.
  const app = fastify({ ...options, ...(tls ? { https: tls } : {}) }) as unknown as App;

  app.decorateRequest('context');
  app.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(reply.raw, isHttps);
    reply.raw.setHeader('x-request-id', request.id);
    request.context = requestContextOf(request, isTrustedProxy);
    pinPublicHost(request.raw, publicAddress, isDevelopment);
  });
  app.addHook('preValidation', async (request) => requirePlainInput(request));
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request.routeOptions;
    const took = Math.round(reply.elapsedTime);
    request.log.info({ method, route: url, status: reply.statusCode, ms: took }, 'request');
  });

  registerParsers(app);
  app.setErrorHandler(handleError);
  registerNotFound(app);
  return app;
}

function registerParsers(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, body: string) =>
    parseJsonBody(body),
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: unknown, body: string) => parseFormBody(body),
  );
}
