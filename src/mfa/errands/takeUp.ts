import type { RequestContext } from '../../config/requestContext.ts';
import { type Begun, begin } from '../begin.ts';
import type { EngineParts } from '../parts.ts';
import { findInvitation } from './findInvitation.ts';
import { invitationInput } from './invitationInput.ts';

/**
 * Takes an invitation up for somebody who has no factor yet, outside the hosted pages. Undefined when its link
 * works no more. Whoever takes it up anew ends what was begun with it before.
 */
export async function takeUp(
  parts: EngineParts,
  ticket: string,
  context: RequestContext,
): Promise<Begun | undefined> {
  const invitation = await findInvitation(parts, ticket);
  if (invitation.standing !== 'valid') return undefined;
  // Proving a method first takes pages that know how to.
  const enrols = { ...invitation.enrols, allowsAnother: false };
  const { friendlyName } = await parts.settings(parts.database.db);
  const input = invitationInput({ ...invitation, enrols }, friendlyName, parts.clock());
  return begin(parts, input, { interactionId: `ticket-${enrols.ticketId}` }, context, {});
}
