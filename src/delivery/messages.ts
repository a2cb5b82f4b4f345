import type { Clock } from '../config/clock.ts';
import { newId } from '../crypto/ids.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { Channel } from './channel.ts';
import type { Email } from './emailTemplates.ts';
import { maskRecipient } from './maskRecipient.ts';
import { requireRecipient } from './recipient.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Queues an e-mail in the caller's transaction: it exists if and only if the outcome it tells of does.
 * The dispatcher sends it after the commit. Recipient and variables are sealed, since links open accounts.
 *
 * @throws RangeError when `to` isn't one plain address.
 */
export async function enqueueEmail(trx: Db, vault: Vault, clock: Clock, email: Email): Promise<void> {
  requireRecipient('email', email.to);
  const { template, userId, to } = email;
  const expiresAt = clock() + life(email);
  const recipientMasked = maskRecipient('email', to);
  await enqueue(trx, vault, clock, {
    channel: 'email',
    template,
    userId,
    recipientMasked,
    content: email,
    expiresAt,
  });
}

/** A row to put into the queue; `content` must survive JSON. */
export interface Queued {
  channel: Channel | 'request';
  template: string;
  userId?: string | undefined;
  content: unknown;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** What logs may show of whom it goes to; a request goes to nobody. */
  recipientMasked?: string;
  /** Of a code, or of a request to a device: somebody waits for it, so it goes before the rest. */
  challengeId?: string;
}

/** There is a message for this challenge already: a second one needs a challenge of its own. */
export class DuplicateMessageError extends Error {
  override name = 'DuplicateMessageError';

  constructor() {
    super('The challenge has a message already.');
  }
}

/** Puts one row into the queue, due at once, and tells whether it did: not if its challenge has a row. */
export async function enqueue(trx: Db, vault: Vault, clock: Clock, queued: Queued): Promise<boolean> {
  const { channel, challengeId } = queued;
  const id = newId('msg', clock);
  const now = clock();
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('messages')
    .values({
      id,
      channel,
      user_id: queued.userId ?? null,
      template: queued.template,
      content_encrypted: vault.encrypt(JSON.stringify(queued.content), contentContext(id)),
      recipient_masked: queued.recipientMasked ?? null,
      challenge_id: challengeId ?? null,
      urgency: challengeId === undefined ? 1 : 0,
      status: 'queued',
      attempts: 0,
      next_attempt_at: now,
      created_at: now,
      expires_at: queued.expiresAt,
    })
    .onConflict((conflict) => conflict.column('challenge_id').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Opens the content of a queued row. @throws when it was altered or belongs to another row. */
export function openContent(vault: Vault, row: { id: string; content_encrypted: string }): unknown {
  return JSON.parse(vault.decrypt(row.content_encrypted, contentContext(row.id)));
}

function contentContext(id: string): string {
  return `messages.content_encrypted:${id}`;
}

/** A message is of no use after its link has died, and no news after a day. */
function life(email: Email): number {
  return 'lifetimeSeconds' in email.variables
    ? Math.min(dayMs, email.variables.lifetimeSeconds * 1000)
    : dayMs;
}
