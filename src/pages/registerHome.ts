import type { FastifyInstance } from 'fastify';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import type { StandalonePages } from './standalonePages.ts';

/** Answers at the bare address, for whoever opens it by hand: people sign in here, but begin elsewhere. */
export function registerHome(
  app: FastifyInstance,
  pages: Pick<StandalonePages, 'home' | 'unavailable'>,
): void {
  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    const wishes = { acceptLanguage: request.headers['accept-language'] };
    const { status, headers, body } = await pages.home(wishes).catch((error: unknown) => {
      if (error instanceof DatabaseUnavailableError) return pages.unavailable(wishes, error);
      throw error;
    });
    return reply.code(status).headers(headers).send(body);
  });
}
