import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import { readOutbox } from '../delivery/readOutbox.ts';
import type { EmailRenderer } from '../delivery/templates/renderEmail.ts';
import { listPage, messagePage, missingPage } from './outboxPages.ts';

export interface OutboxParts {
  database: Database;
  vault: Vault;
  render: EmailRenderer;
  /** Works the queue off before the outbox is read, so that what was asked for a moment ago is in it. */
  drain: () => Promise<void>;
}

const pagePolicy =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A message runs nothing and loads nothing; its links open in a window of their own. */
const messagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * Serves the messages that were not sent by e-mail: `/dev/outbox` for people, `/dev/outbox.json` for
 * tests (`?to=` narrows it to one address). Register it with `--dev` only: whoever reads these
 * messages can open every account.
 */
export function registerOutbox(app: FastifyInstance, parts: OutboxParts): void {
  const styles = readFileSync(join(import.meta.dirname, 'outbox.css'));
  const read = async (filter: { to?: string; id?: string }) => {
    await parts.drain();
    return readOutbox({ db: parts.database.db, vault: parts.vault, render: parts.render }, filter);
  };
  const schema = { hide: true };

  app.get<{ Querystring: { to?: string } }>('/dev/outbox.json', { schema }, async ({ query }) =>
    read(query.to === undefined ? {} : { to: query.to }),
  );

  app.get('/dev/outbox', { schema }, async (_request, reply) => sendPage(reply, listPage(await read({}))));

  app.get('/dev/outbox/outbox.css', { schema }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(styles),
  );

  app.get<{ Params: { id: string } }>('/dev/outbox/:id', { schema }, async ({ params }, reply) => {
    const [message] = await read({ id: params.id });
    if (!message) return sendPage(reply.code(404), missingPage());
    return sendPage(reply, messagePage(message));
  });

  app.get<{ Params: { id: string } }>('/dev/outbox/:id/html', { schema }, async ({ params }, reply) => {
    const [message] = await read({ id: params.id });
    if (!message) return sendPage(reply.code(404), missingPage());
    return reply
      .header('content-security-policy', messagePolicy)
      .header('x-frame-options', 'SAMEORIGIN')
      .type('text/html; charset=utf-8')
      .send(message.html.replace('<head>', '<head><base target="_blank">'));
  });
}

async function sendPage(reply: FastifyReply, page: string | Promise<string>): Promise<FastifyReply> {
  return reply
    .header('content-security-policy', pagePolicy)
    .type('text/html; charset=utf-8')
    .send(String(await page));
}
