import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import type { App } from './createApp.ts';

/**
 * `/healthz` says that the process answers; restart it when it doesn't. `/readyz` says whether to send
 * it requests: 503 while the database can't be reached. A server that stops takes no connections.
 */
export function registerHealth(app: App, database: Database): void {
  const schema = { tags: ['Operations'] };

  app.get('/healthz', { schema: { ...schema, summary: 'Whether the process answers' } }, async () => ({
    status: 'ok',
  }));

  app.get(
    '/readyz',
    { schema: { ...schema, summary: 'Whether to send requests here' } },
    async (_request, reply) => {
      try {
        await sql`select 1`.execute(database.db);
        return { status: 'ok' };
      } catch (error) {
        if (!(error instanceof DatabaseUnavailableError)) throw error;
        return reply.code(503).header('retry-after', error.retryAfterSeconds).send({ status: 'unavailable' });
      }
    },
  );
}
