import type { TicketStanding } from '../accounts/tickets.ts';
import { beginErrand, type ErrandBegun } from './beginErrand.ts';
import { readBinding } from './cookies.ts';
import type { Errand, Subject } from './errandStore.ts';
import type { ErrandParts } from './parts.ts';

type Invited = Subject & { kind: 'enrolment' };

/** What became of an invitation that was taken up. */
export type EnrolmentResult = 'enrolled' | 'already-enrolled' | Exclude<TicketStanding, 'valid'>;

/** Takes up an invitation. The link is used up by the enrolment that comes of it, in whichever browser. */
export async function beginEnrolment(parts: ErrandParts, ticket: string): Promise<ErrandBegun> {
  const invitation = await parts.engine.errands.findInvitation(ticket);
  if (invitation.standing !== 'valid') return { outcome: 'invalid', standing: invitation.standing };
  const { userId, enrols, channel } = invitation;
  const ofChannel = channel === undefined ? {} : { channel };
  return beginErrand(parts, userId, { kind: 'enrolment', ticket, enrols, ...ofChannel });
}

/** What came of it in this browser; undefined while it is under way, and where nobody took it up. */
export async function enrolmentResult(
  parts: ErrandParts,
  uid: string,
  cookieHeader: string | undefined,
): Promise<EnrolmentResult | undefined> {
  const binding = readBinding(parts.publicUrl, uid, cookieHeader);
  const errand = await parts.store.find(parts.database.db, uid, binding);
  return errand && isEnrolment(errand) ? resultOf(parts, errand) : undefined;
}

export async function resultOf(
  parts: ErrandParts,
  { uid, subject, proofs }: Errand<Invited>,
): Promise<EnrolmentResult | undefined> {
  const { ticketId } = subject.enrols;
  if (proofs) {
    return proofs.some(({ enrolledBy }) => enrolledBy === ticketId) ? 'enrolled' : 'already-enrolled';
  }
  const { standing } = await parts.engine.errands.findInvitation(subject.ticket);
  if (standing === 'valid' || (await hasEnrolled(parts, uid, ticketId))) return undefined;
  return standing;
}

export function isEnrolment(errand: Errand): errand is Errand<Invited> {
  return errand.subject.kind === 'enrolment';
}

/** It was this browser that used the invitation, and there is something left to show to it. */
async function hasEnrolled({ engine }: ErrandParts, uid: string, ticketId: string): Promise<boolean> {
  const transaction = await engine.findByInteraction(uid);
  return transaction?.proofs.some(({ enrolledBy }) => enrolledBy === ticketId) === true;
}
