import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { Refusal } from '../transaction.ts';
import type { Actor } from '../userAct.ts';

/** A remembered browser as its person, or an operator, may see it. Times are epoch milliseconds. */
export interface BrowserView {
  id: string;
  /** The application in which it was remembered, while that exists. */
  client?: { id: string; name: string };
  /** Where it was when it was remembered. */
  ip: string;
  userAgent: string;
  createdAt: number;
  lastUsedAt: number;
  expiresAt: number;
}

/** Browsers in which people asked not to be asked again. */
export interface BrowserDesk {
  /** Those of a person that still count, latest used first. */
  ofUser(userId: string): Promise<BrowserView[]>;
  /**
   * Remembers the browser that satisfied this transaction, when its demands allow that.
   *
   * @returns the cookie's value and latest end, or undefined when remembering doesn't apply.
   */
  remember(
    transactionId: string,
    context: RequestContext,
  ): Promise<{ token: string; expiresAt: number } | undefined>;
  /** Forgets one, which has to be this person's; logged in the same transaction (S-108). */
  forget(
    userId: string,
    browserId: string,
    actor: Actor,
    context: RequestContext,
  ): Promise<{ outcome: 'forgotten' } | Refusal>;
  /** Forgets every one of a person; logged in the same transaction (S-108). */
  forgetAll(
    userId: string,
    actor: Actor,
    context: RequestContext,
  ): Promise<{ outcome: 'forgotten' } | Refusal>;
  /** Likewise, as part of what the caller does in its own database transaction and logs itself (S-46). */
  forgetWith(trx: Db, userId: string): Promise<void>;
}
