import type { Db } from '../database/database.ts';
import type { MessagesTable } from '../database/schema.ts';
import type { Channel } from './channel.ts';
import type { Cost } from './providers/provider.ts';

export type MessageStatus = MessagesTable['status'];

/** What there is to know about one message, without what it said and without the recipient in full (S-105). */
export interface LoggedMessage {
  id: string;
  channel: Channel;
  template: string;
  /** Masked. */
  to: string | undefined;
  userId: string | undefined;
  status: MessageStatus;
  /** Tries to hand it over. */
  attempts: number;
  /** Who was tried last, or has it. */
  provider: string | undefined;
  /** The provider's own id of it. */
  providerMessageId: string | undefined;
  /** Code of the last failure. */
  lastError: string | undefined;
  /** From queueing to the hand-over. */
  latencyMs: number | undefined;
  cost: Cost | undefined;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** Which messages are wanted; every member narrows. */
export interface DeliveryFilter {
  channel?: Channel | undefined;
  status?: MessageStatus | undefined;
  userId?: string | undefined;
  /** Only messages queued before this one. */
  beforeId?: string | undefined;
}

/** The newest messages that the filter lets through, newest first; they are kept a week after they died. */
export async function readDeliveryLog(
  db: Db,
  { channel, status, userId, beforeId }: DeliveryFilter,
  limit: number,
): Promise<LoggedMessage[]> {
  let query = db
    .selectFrom('messages')
    .select(['id', 'channel', 'template', 'recipient_masked', 'user_id', 'status', 'attempts', 'provider'])
    .select(['provider_message_id', 'last_error', 'sent_at', 'cost_amount', 'cost_currency', 'created_at'])
    .where('channel', '!=', 'request')
    .orderBy('id', 'desc')
    .limit(limit);
  if (channel !== undefined) query = query.where('channel', '=', channel);
  if (status !== undefined) query = query.where('status', '=', status);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  if (beforeId !== undefined) query = query.where('id', '<', beforeId);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel as Channel,
    template: row.template,
    to: row.recipient_masked ?? undefined,
    userId: row.user_id ?? undefined,
    status: row.status,
    attempts: row.attempts,
    provider: row.provider ?? undefined,
    providerMessageId: row.provider_message_id ?? undefined,
    lastError: row.last_error ?? undefined,
    latencyMs: row.sent_at === null ? undefined : row.sent_at - row.created_at,
    cost:
      row.cost_amount === null || row.cost_currency === null
        ? undefined
        : { amount: row.cost_amount, currency: row.cost_currency },
    createdAt: row.created_at,
  }));
}
