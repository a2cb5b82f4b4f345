import type { Db } from '../database/database.ts';
import { type Limit, spend } from '../database/throttle.ts';
import type { AccountsParts } from './accountsParts.ts';

/** Messages that strangers can make us send to one address. */
const messagesPerRecipient: Limit = { name: 'mail-to', burst: 5, refillSeconds: 10 * 60 };

/**
 * Whether another message with a link may go to this address now; spends one if so. Whoever is refused
 * has five in the mailbox, and the one who asked sees no difference.
 */
export async function mayWriteTo({ vault, clock }: AccountsParts, trx: Db, email: string): Promise<boolean> {
  const { allowed } = await spend(trx, clock, messagesPerRecipient, vault.hash(email, 'mail-limit'));
  return allowed;
}
