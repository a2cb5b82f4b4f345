import type { TicketStanding } from '../../accounts/tickets.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { Begun } from '../begin.ts';
import type { Decision, DecisionInput, Enrols, Refusal } from '../transaction.ts';
import type { Actor } from '../userAct.ts';
import type { Invitation, Invited } from './invite.ts';

/** What the link of an invitation opens, or why it opens nothing. */
export type OpenInvitation =
  | {
      standing: 'valid';
      userId: string;
      enrols: Enrols;
      /** By which channel the link came; absent where somebody handed it over. */
      channel?: string;
    }
  | { standing: Exclude<TicketStanding, 'valid'> };

/** The engine's face for passages that belong to no application's request. */
export interface ErrandDesk {
  /**
   * Invites a person to set up a factor, by a link that works once for five days; it voids the one before.
   * Logged in the same transaction (S-108).
   *
   * @returns refused with `not_found` for nobody's account, `not_allowed` for a blocked one, `unsupported` for
   * a factor that nobody can be invited to, `factor_disabled` for one that is off, `rate_limited` for an
   * application that has too much sent to one address.
   */
  invite(
    userId: string,
    invitation: Invitation,
    actor: Actor,
    context: RequestContext,
  ): Promise<Invited | Refusal>;
  /** What a link is good for now, without using it up. */
  findInvitation(ticket: string): Promise<OpenInvitation>;
  /**
   * Takes an invitation up for somebody who has no factor yet, outside the hosted pages; undefined when its link
   * works no more. Whoever takes it up anew ends what was begun with it before.
   */
  takeUp(ticket: string, context: RequestContext): Promise<Begun | undefined>;
  /** What is required now, and why, in the caller's database transaction. Changes nothing. */
  decide(trx: Db, input: DecisionInput): Promise<Decision>;
}
