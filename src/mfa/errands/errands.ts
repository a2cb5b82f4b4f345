import { decideNow } from '../decideNow.ts';
import type { EngineParts } from '../parts.ts';
import type { ErrandDesk } from './errandDesk.ts';
import { findInvitation } from './findInvitation.ts';
import { invite } from './invite.ts';
import { takeUp } from './takeUp.ts';

/** The engine's face for errands: what each call does is in a file of its own. */
export function createErrands(parts: EngineParts): ErrandDesk {
  return {
    async invite(userId, invitation, actor, context) {
      const invited = await invite(parts, userId, invitation, actor, context);
      parts.afterSending();
      return invited;
    },
    findInvitation: (ticket) => findInvitation(parts, ticket),
    takeUp: (ticket, context) => takeUp(parts, ticket, context),
    decide: (trx, input) => decideNow(parts, trx, input),
  };
}
