import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import { isPushChannel, type WordedChannel, type WordedMessage } from './channel.ts';
import type { CodePurpose } from './codePurpose.ts';
import { maskRecipient } from './maskRecipient.ts';
import { DuplicateMessageError, enqueue, openContent } from './messages.ts';
import { requireRecipient } from './recipient.ts';

/** A one-time code on its way to a person, before it is put into words. */
export interface CodeMessage {
  channel: WordedChannel;
  /** E.164 with its plus sign for `sms` and `voice`, one plain address for `email`. */
  to: string;
  /** Whose account it is about; goes with the account when that is deleted. */
  userId: string;
  /** BCP 47 tag; the nearest language there is, else English. */
  locale?: string;
  purpose: CodePurpose;
  code: string;
  clientId?: string;
  /** The application the person signs in to. */
  clientName: string;
  /** Who asked for the code, as far as it is known. */
  requestInfo: RequestInfo;
  /** At most one message a challenge. */
  challengeId: string;
  /** Epoch milliseconds: from then on the message is dead, dropped and logged. */
  expiresAt: number;
}

/** Who asked for a code or for the answer of a device. */
export interface RequestInfo {
  ip: string;
  userAgent: string;
  geo?: { city?: string; country?: string };
}

/** Puts a code's message into words; `envelope` is taken over as it is. A throw is tried again. */
export type CodeWording = (
  message: CodeMessage,
  envelope: { id: string; createdAt: number },
) => Promise<WordedMessage>;

/**
 * Queues a code in the transaction that makes it: the message exists if and only if the code does. The
 * dispatcher sends it after the commit and for as long as the code is alive. Code and recipient are sealed.
 *
 * @throws DuplicateMessageError
 * @throws RangeError when `to` is no number in E.164 or not one plain address.
 */
export async function enqueueCode(trx: Db, vault: Vault, clock: Clock, message: CodeMessage): Promise<void> {
  requireRecipient(message.channel, message.to);
  const isNew = await enqueue(trx, vault, clock, {
    channel: message.channel,
    // As the templates are called.
    template: message.channel === 'email' ? 'mfa_oob_code' : message.purpose,
    userId: message.userId,
    content: message,
    expiresAt: message.expiresAt,
    recipientMasked: maskRecipient(message.channel, message.to),
    challengeId: message.challengeId,
  });
  if (!isNew) throw new DuplicateMessageError();
}

/** The code's message that a queued row holds; undefined for any other row. @throws as `openContent` does. */
export function codeOf(
  vault: Vault,
  row: { id: string; channel: string; challenge_id: string | null; content_encrypted: string },
): CodeMessage | undefined {
  if (row.challenge_id === null || isPushChannel(row.channel)) return undefined;
  return openContent(vault, row) as CodeMessage;
}
