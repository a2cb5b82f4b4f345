import { readFileSync } from 'node:fs';
import swagger, { type FastifyDynamicSwaggerOptions, type StaticDocumentSpec } from '@fastify/swagger';
import { type FastifyInstance, fastify } from 'fastify';
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
 * `/docs/json` and `/docs/yaml` for programs.
 *
 * @param paths endpoints that no route's schema describes.
 */
export async function registerApiDocs(app: App, publicUrl: string, paths: object): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Countersign', version, description },
      servers: [{ url: publicUrl.replace(/\/$/, '') }],
      paths: { ...paths } as NonNullable<FastifyDynamicSwaggerOptions['openapi']>['paths'],
    },
  });
  let pages: Promise<FastifyInstance> | undefined;
  for (const url of ['/docs', '/docs/*']) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      pages ??= createPages(app);
      const { routing } = await pages;
      reply.hijack();
      routing(request.raw, reply.raw);
    });
  }
  app.addHook('onClose', async () => (await pages)?.close());
}

/** A server of its own behind the two routes, made when somebody first looks: few servers are asked. */
async function createPages(app: App): Promise<FastifyInstance> {
  const { default: swaggerUi } = await import('@fastify/swagger-ui');
  const pages = fastify({ frameworkErrors: handleError });
  pages.setErrorHandler(handleError);
  registerNotFound(pages);
  const document = app.swagger() as StaticDocumentSpec['document'];
  await pages.register(swagger, { mode: 'static', specification: { document } });
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
