import { judgeTicket } from '../../accounts/tickets.ts';
import type { EngineParts } from '../parts.ts';
import type { OpenInvitation } from './errandDesk.ts';
import type { InvitationData } from './invite.ts';

/** What the link of an invitation is good for now. */
export async function findInvitation(parts: EngineParts, token: string): Promise<OpenInvitation> {
  const { standing, ticket } = await judgeTicket(parts.database.db, parts, 'enrolment', token);
  if (standing !== 'valid') return { standing };
  const { factor, allowsAnother, channel } = ticket.data as InvitationData;
  return {
    standing,
    userId: ticket.userId,
    enrols: {
      ticketId: ticket.id,
      ...(factor === undefined ? {} : { factors: [factor] }),
      allowsAnother,
    },
    ...(channel === undefined ? {} : { channel }),
  };
}
