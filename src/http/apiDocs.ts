import { readFileSync } from 'node:fs';
import { type FastifyInstance, fastify, type RouteOptions } from 'fastify';
import type { App } from './createApp.ts';
import { handleError } from './errorHandler.ts';
import { registerNotFound } from './notFound.ts';

const { version, description } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string; description: string };

/** Everything from here; the page's own pictures are data URLs, and its widgets set style attributes. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Describes every route registered after this whose schema has a tag as OpenAPI 3.1: `/docs` for people,
 * `/docs/json` and `/docs/yaml` for programs. What that takes is loaded when somebody first looks.
 *
 * @param paths endpoints that no route's schema describes, as OpenAPI path items.
 */
export function registerApiDocs(app: App, publicUrl: string, paths: object): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.schema?.tags) routes.push(route);
  });
  let pages: Promise<FastifyInstance> | undefined;
  for (const url of ['/docs', '/docs/*']) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      pages ??= createPages(routes, publicUrl, paths);
      const { routing } = await pages;
      reply.hijack();
      routing(request.raw, reply.raw);
    });
  }
  app.addHook('onClose', async () => (await pages)?.close());
}

/** A server of its own behind the two routes. It knows the described routes but never gets a request for them. */
async function createPages(routes: readonly RouteOptions[], publicUrl: string, paths: object) {
  const { default: swagger } = await import('@fastify/swagger');
  const { default: swaggerUi } = await import('@fastify/swagger-ui');
  const pages = fastify({ exposeHeadRoutes: false, frameworkErrors: handleError });
  pages.setErrorHandler(handleError);
  registerNotFound(pages);
  pages.setValidatorCompiler(() => () => true);
  pages.setSerializerCompiler(() => JSON.stringify);
  await pages.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Countersign', version, description },
      servers: [{ url: publicUrl.replace(/\/$/, '') }],
      paths: { ...paths },
    },
  });
  for (const { method, url, schema } of routes) {
    pages.route({ method, url, ...(schema && { schema }), handler: async () => undefined });
  }
  await pages.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: policy,
    uiConfig: { validatorUrl: null, deepLinking: false },
    theme: {
      title: 'Countersign: API',
      // Its bar holds another project's picture and a field for foreign documents, which the policy blocks.
      css: [{ filename: 'countersign.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  });
  await pages.ready();
  return pages;
}
