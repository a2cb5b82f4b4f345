import { newId } from '../../crypto/ids.ts';
import type { Sent } from '../sends/sendChallenge.ts';
import type { Step } from '../step.ts';
import { type Refusal, refuse } from '../transaction.ts';

/** The method that a device is to become, and by which channel it is to answer. */
export interface TicketHolder {
  methodId: string;
  state: unknown;
  channel?: string | undefined;
  /** Leaves the challenges of other factors open. */
  beside?: true | undefined;
}

/**
 * Lets a device take the place of the ticket that the enrolment screen shows. The transaction's challenge before
 * is void, and its ticket with it (S-42). It sends nothing.
 */
export async function issueTicket(
  { parts, trx, user, transaction, settings, factor }: Omit<Step, 'methods'>,
  { methodId, state, channel, beside }: TicketHolder,
): Promise<Sent | Refusal> {
  const channels = parts.registry.channelsOf(factor, settings) ?? [];
  if (channel !== undefined && !channels.includes(channel)) return refuse('unsupported');
  const ticket = factor.device?.ticketOf(state);
  if (!factor.device || ticket === undefined) throw new Error(`${factor.name} made no ticket.`);
  const lifetimeSeconds = factor.device.ticketLifetimeSeconds;
  const chosen = channel ?? channels[0] ?? factor.name;
  const challengeId = newId('chl', parts.clock);
  const oobCode = await parts.challenges.create(trx, {
    id: challengeId,
    transactionId: transaction.id,
    userId: user.id,
    methodId,
    factor: factor.name,
    made: { state: {}, lifetimeSeconds, channel: chosen },
    beside,
  });
  await parts.deviceRequests.insert(trx, {
    challengeId,
    purpose: 'enrolment',
    userId: user.id,
    methodId,
    token: ticket,
    consentId: newId('cns', parts.clock),
    lifetimeSeconds,
  });
  return { outcome: 'sent', oobCode, channel: chosen };
}
