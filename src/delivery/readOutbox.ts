import type { Db } from '../database/database.ts';
import type { Mail, Phrase, SmsMessage, VoiceMessage, WordedMessage } from './channel.ts';
import { openContent } from './messages.ts';
import { type Wording, wordMessage } from './wordMessage.ts';

/** What each message of the outbox has, beside the words of its channel. */
interface Shown {
  /** The code it carries, if it carries one. */
  code?: string;
  /** Every link of the message, each once. */
  links: string[];
}

/** An e-mail as the outbox of `--dev` shows it. */
export type OutboxMail = Mail & Shown & { channel: 'email' };

/** A message of any channel, likewise. */
export type OutboxMessage =
  | OutboxMail
  | (SmsMessage & Shown & { channel: 'sms' })
  /** `text` is what is said, a line a phrase. */
  | (VoiceMessage & Shown & { channel: 'voice'; text: string });

/** What the outbox is read with. */
export interface OutboxReader extends Wording {
  db: Db;
}

/** Narrows the outbox to one recipient, or to one message. */
export interface OutboxFilter {
  to?: string | undefined;
  id?: string | undefined;
}

const longestList = 200;

/**
 * The latest messages whose content is still there, newest first, put into words anew. For development
 * only: whoever reads this can open every account.
 */
export async function readOutbox(reader: OutboxReader, filter: OutboxFilter = {}): Promise<OutboxMessage[]> {
  const messages: OutboxMessage[] = [];
  for (const row of await rowsOf(reader, filter)) {
    const { message, code } = await wordMessage(reader, row);
    messages.push(shown(message, code));
  }
  return messages;
}

/** Ids of the same messages and whom each goes to, without putting them into words. */
export async function listOutbox(
  reader: Pick<OutboxReader, 'db' | 'vault'>,
  filter: OutboxFilter = {},
): Promise<{ id: string; to: string }[]> {
  const rows = await rowsOf(reader, filter);
  return rows.map(({ id, to }) => ({ id, to }));
}

interface Row {
  id: string;
  to: string;
  challenge_id: string | null;
  content_encrypted: string;
  created_at: number;
}

async function rowsOf(
  { db, vault }: Pick<OutboxReader, 'db' | 'vault'>,
  { to, id }: OutboxFilter,
): Promise<Row[]> {
  let query = db
    .selectFrom('messages')
    .select(['id', 'challenge_id', 'content_encrypted', 'created_at'])
    .where('channel', '!=', 'request')
    .where('content_encrypted', '!=', '')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(longestList);
  if (id !== undefined) query = query.where('id', '=', id);
  const rows = (await query.execute()).map((row) => ({
    ...row,
    // Codes and e-mails both name their recipient so.
    to: (openContent(vault, row) as { to: string }).to,
  }));
  return to === undefined ? rows : rows.filter((row) => row.to === to);
}

function shown(message: WordedMessage, code?: string): OutboxMessage {
  const more = { ...(code !== undefined && { code }), links: [] };
  if ('phrases' in message)
    return { ...message, ...more, channel: 'voice', text: transcriptOf(message.phrases) };
  const links = linksIn(message.text);
  return 'subject' in message
    ? { ...message, ...more, channel: 'email', links }
    : { ...message, ...more, channel: 'sms', links };
}

function transcriptOf(phrases: readonly Phrase[]): string {
  return phrases.map(({ text }) => text).join('\n');
}

function linksIn(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/\S+/g) ?? [])];
}
