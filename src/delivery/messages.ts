import type { Clock } from '../config/clock.ts';
import { newId } from '../crypto/ids.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { Email } from './emailTemplates.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Queues an e-mail in the caller's transaction: it exists if and only if the outcome it tells of does.
 * The dispatcher sends it after the commit. Recipient and variables are sealed, since links open accounts.
 *
 * @throws RangeError when `to` isn't one plain address.
 */
export async function enqueueEmail(trx: Db, vault: Vault, clock: Clock, email: Email): Promise<void> {
  refuseAnythingButOneAddress(email.to);
  const { template, userId } = email;
  await enqueue(trx, vault, clock, {
    channel: 'email',
    template,
    userId,
    content: email,
    lifetimeMs: life(email),
  });
}

/** A row to put into the queue; `content` must survive JSON. */
export interface Queued {
  channel: 'email' | 'request';
  template: string;
  userId?: string | undefined;
  content: unknown;
  lifetimeMs: number;
}

/** Puts one row into the queue, due at once. */
export async function enqueue(trx: Db, vault: Vault, clock: Clock, queued: Queued): Promise<void> {
  const id = newId('msg', clock);
  const now = clock();
  await trx
    .insertInto('messages')
    .values({
      id,
      channel: queued.channel,
      user_id: queued.userId ?? null,
      template: queued.template,
      content_encrypted: vault.encrypt(JSON.stringify(queued.content), contentContext(id)),
      status: 'queued',
      attempts: 0,
      next_attempt_at: now,
      lease_until: null,
      last_error: null,
      created_at: now,
      expires_at: now + queued.lifetimeMs,
      sent_at: null,
    })
    .execute();
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

/** Commas, brackets and line ends would make several recipients or a header of it (S-95). */
function refuseAnythingButOneAddress(to: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (!/^[^\s@,;:<>()[\]\\"\x00-\x1f\x7f]+@[^\s@,;:<>()[\]\\"\x00-\x1f\x7f]+$/.test(to)) {
    throw new RangeError('The recipient of a message must be one plain e-mail address.');
  }
}
