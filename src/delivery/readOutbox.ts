import type { Db } from '../database/database.ts';
import type { Mail, Phrase, PushChannel, SmsMessage, VoiceMessage, WordedMessage } from './channel.ts';
import { openContent } from './messages.ts';
import type { PushMessage } from './push/pushMessage.ts';
import { type PushRequest, pushOf } from './push/pushMessages.ts';
import { plainName } from './templates/plainName.ts';
import { type MessageRow, type Wording, wordMessage } from './wordMessage.ts';

/** What each message of the outbox has, beside the words of its channel. */
interface Shown {
  /** The code it carries, if it carries one. */
  code?: string;
  /** Every link of the message, each once. */
  links: string[];
}

/** An e-mail as the outbox of `--dev` shows it. */
export type OutboxMail = Mail & Shown & { channel: 'email' };

/** What a device is woken with. Nothing of it answers the request. */
export interface OutboxPush extends Shown {
  channel: PushChannel;
  id: string;
  /** Address of the person's account, else the device. */
  to: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** `dev_…`. */
  deviceId: string;
  title: string;
  text: string;
  /** What the person signs in to. */
  application: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** A message of any channel, likewise. */
export type OutboxMessage =
  | OutboxMail
  | OutboxPush
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
    messages.push('deviceId' in message ? shownPush(message, row) : shown(message, code));
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

interface Row extends MessageRow {
  to: string;
  /** Where it is a request to a device. */
  push: PushRequest | undefined;
}

async function rowsOf(
  { db, vault }: Pick<OutboxReader, 'db' | 'vault'>,
  { to, id }: OutboxFilter,
): Promise<Row[]> {
  let query = db
    .selectFrom('messages')
    .leftJoin('users', 'users.id', 'messages.user_id')
    .select(['messages.id', 'channel', 'challenge_id', 'content_encrypted', 'messages.created_at', 'email'])
    .where('channel', '!=', 'request')
    .where('content_encrypted', '!=', '')
    .orderBy('messages.created_at', 'desc')
    .orderBy('messages.id', 'desc')
    .limit(longestList);
  if (id !== undefined) query = query.where('messages.id', '=', id);
  const rows = (await query.execute()).map(({ email, ...row }) => {
    const push = pushOf(vault, row);
    // Codes and e-mails both name their recipient so.
    const to = push ? (email ?? push.deviceId) : (openContent(vault, row) as { to: string }).to;
    return { ...row, to, push };
  });
  return to === undefined ? rows : rows.filter((row) => row.to === to);
}

function shownPush(
  { id, createdAt, deviceId, title, body: text, expiresAt }: PushMessage<unknown>,
  { channel, to, push }: Row,
): OutboxPush {
  const application = plainName(push?.clientName ?? '');
  return {
    ...{ channel: channel as PushChannel, id, to, createdAt, deviceId, title, text, application, expiresAt },
    links: [],
  };
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
