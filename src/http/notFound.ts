import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { OAuthErrorBody } from './errorHandler.ts';

/**
 * Answers requests no route takes: 405 with `Allow` when the address exists for other methods, else
 * 404. Call it before routes are registered.
 */
export function registerNotFound(app: FastifyInstance): void {
  const methodsByPattern = new Map<string, Set<string>>();

  app.addHook('onRoute', ({ url, method }: RouteOptions & { url: string }) => {
    const methods = methodsByPattern.get(url) ?? new Set<string>();
    for (const name of [method].flat()) methods.add(name);
    methodsByPattern.set(url, methods);
  });

  let matchers: { expression: RegExp; methods: ReadonlySet<string> }[] = [];
  app.addHook('onReady', async () => {
    matchers = [...methodsByPattern].map(([url, methods]) => ({ expression: expressionOf(url), methods }));
  });

  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = matchers
      .filter(({ expression }) => expression.test(path))
      .flatMap(({ methods }) => [...methods]);
    // A route may say by itself that there is nothing.
    if (allowed.length === 0 || allowed.includes(request.method)) return reply.code(404).send(notFound);
    return reply
      .code(405)
      .header('allow', [...new Set(allowed)].sort().join(', '))
      .send(methodNotAllowed);
  });
}

const notFound: OAuthErrorBody = {
  error: 'not_found',
  error_description: 'There is nothing at this address.',
};

const methodNotAllowed: OAuthErrorBody = {
  error: 'method_not_allowed',
  error_description: 'This address does not take that method.',
};

/** `/a/:id` → `^/a/[^/]+$`; a trailing `*` takes the rest. */
function expressionOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/:[A-Za-z_]+/g, '[^/]+').replace(/\*$/, '.*')}$`);
}
