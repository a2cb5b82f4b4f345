import type { DecisionInput, Proof } from '../transaction.ts';
import type { OpenInvitation } from './errandDesk.ts';

/** What an invitation is called in the log. It belongs to no application. */
const invitationClientId = 'enrolment-invitation';

/**
 * The engine's question about an invitation that is taken up; its link is the first proof.
 *
 * @param at epoch milliseconds
 */
export function invitationInput(
  { userId, enrols, channel }: Omit<OpenInvitation & { standing: 'valid' }, 'standing'>,
  friendlyName: string,
  at: number,
): DecisionInput & { proofs: Proof[] } {
  return {
    purpose: 'enrolment',
    userId,
    client: { id: invitationClientId, name: friendlyName },
    acrValues: [],
    scope: [],
    stepUpScopes: [],
    mfaAudience: false,
    enrols,
    proofs: [{ factor: 'link', ...(channel === undefined ? {} : { channel }), at }],
  };
}
