import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import { enqueue } from './messages.ts';

/**
 * Does what was asked for, in one transaction with the mark that it is done: exactly once. It may
 * queue e-mails. A throw rolls both back and is tried again.
 */
export type RequestHandler = (trx: Db, data: unknown) => Promise<void>;

const lifetimeMs = 60 * 60 * 1000;

/**
 * Queues work that must not show in the answer, such as looking up whether an address has an account
 * (S-83). The caller does the same whatever the outcome will be; the dispatcher calls the handler of
 * this `kind` after the commit. `data` must survive JSON; it is sealed.
 */
export async function enqueueRequest(
  trx: Db,
  vault: Vault,
  clock: Clock,
  request: { kind: string; data: unknown },
): Promise<void> {
  const { kind: template, data: content } = request;
  await enqueue(trx, vault, clock, {
    channel: 'request',
    template,
    content,
    expiresAt: clock() + lifetimeMs,
  });
}
