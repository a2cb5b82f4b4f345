import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Database } from '../database/database.ts';
import { listOutbox, type OutboxFilter, readOutbox } from '../delivery/readOutbox.ts';
import type { Wording } from '../delivery/wordMessage.ts';
import { Assets } from '../ui/assets.ts';
import { outboxItem } from './outboxItem.ts';
import { listPage, messagePage, missingPage } from './outboxPages.ts';

export interface OutboxParts extends Wording {
  database: Database;
  /** Works the queue off before the outbox is read, so that what was asked for a moment ago is in it. */
  drain: () => Promise<void>;
}

const pagePolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** A message runs nothing and loads nothing; its links open in a window of their own. */
const messagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * Serves the messages that were not sent: `/dev/outbox` for people, `/dev/outbox.json` for tests (`?to=`
 * narrows both to one recipient). Register it with `--dev` only: whoever reads these messages can open
 * every account.
 */
export function registerOutbox(app: FastifyInstance, parts: OutboxParts): void {
  const assets = new Assets('/dev/outbox/assets/', import.meta.dirname);
  assets.register(app);
  const reader = { ...parts, db: parts.database.db };
  const read = async (filter: OutboxFilter) => {
    await parts.drain();
    return readOutbox(reader, filter);
  };
  const schema = { hide: true };
  type ByRecipient = { Querystring: { to?: string } };
  type ById = { Params: { id: string } };

  app.get<ByRecipient>('/dev/outbox.json', { schema }, async ({ query }) => read({ to: query.to }));

  app.get<ByRecipient>('/dev/outbox', { schema }, async ({ query }, reply) => {
    const to = query.to || undefined;
    const messages = await read({ to });
    const recipients = [...new Set((await listOutbox(reader)).map((message) => message.to))].sort();
    return sendPage(reply, listPage(assets, { messages, recipients, to }));
  });

  // Asked every second: no message is put into words for it.
  app.get<ByRecipient>('/dev/outbox/ids.json', { schema }, async ({ query }) =>
    (await listOutbox(reader, { to: query.to || undefined })).map(({ id }) => id),
  );

  app.get<ById>('/dev/outbox/:id', { schema }, async ({ params }, reply) => {
    const [message] = await read({ id: params.id });
    if (!message) return sendPage(reply.code(404), missingPage(assets));
    return sendPage(reply, messagePage(assets, message));
  });

  app.get<ById>('/dev/outbox/:id/item', { schema }, async ({ params }, reply) => {
    const [message] = await readOutbox(reader, { id: params.id });
    if (!message) return sendPage(reply.code(404), missingPage(assets));
    return sendPage(reply, outboxItem(message).toString());
  });

  app.get<ById>('/dev/outbox/:id/html', { schema }, async ({ params }, reply) => {
    const [message] = await read({ id: params.id });
    if (message?.channel !== 'email') return sendPage(reply.code(404), missingPage(assets));
    return reply
      .header('content-security-policy', messagePolicy)
      .header('x-frame-options', 'SAMEORIGIN')
      .type('text/html; charset=utf-8')
      .send(withLinksOutside(message.html));
  });
}

/** An operator's template may lack a head; a parser takes `base` at the start of the document just as well. */
function withLinksOutside(document: string): string {
  const base = '<base target="_blank">';
  return /<head>/i.test(document) ? document.replace(/<head>/i, (head) => head + base) : base + document;
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('content-security-policy', pagePolicy).type('text/html; charset=utf-8').send(page);
}
