import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { Email } from './emailTemplates.ts';
import { openContent } from './messages.ts';
import type { EmailRenderer } from './templates/renderEmail.ts';
import type { Mail } from './transport.ts';

/** A message as the outbox of `--dev` shows it. */
export interface OutboxMessage extends Mail {
  channel: 'email';
  /** Every link of the message, each once. */
  links: string[];
}

const longestList = 200;

/**
 * The latest e-mails whose content is still there, newest first, put into words anew. `to` narrows it
 * to one address. For development only: whoever reads this can open every account.
 */
export async function readOutbox(
  parts: { db: Db; vault: Vault; render: EmailRenderer },
  filter: { to?: string; id?: string } = {},
): Promise<OutboxMessage[]> {
  let query = parts.db
    .selectFrom('messages')
    .select(['id', 'content_encrypted', 'created_at'])
    .where('channel', '=', 'email')
    .where('content_encrypted', '!=', '')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(longestList);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  const messages: OutboxMessage[] = [];
  for (const row of await query.execute()) {
    const email = openContent(parts.vault, row) as Email;
    if (filter.to !== undefined && email.to !== filter.to) continue;
    const words = await parts.render(email);
    messages.push({
      id: row.id,
      channel: 'email',
      to: email.to,
      ...words,
      links: linksIn(words.text),
      createdAt: row.created_at,
    });
  }
  return messages;
}

function linksIn(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/\S+/g) ?? [])];
}
