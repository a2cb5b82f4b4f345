import { consumeTicketById } from '../../accounts/tickets.ts';
import type { Step } from '../step.ts';

/**
 * Spends the invitation, if the step belongs to one, in the database transaction that confirms the method: of
 * two browsers that hold its link one wins (S-42). False when it is used, void or expired; the transaction ends
 * with that.
 */
export async function spendInvitation({ parts, trx, transaction }: Step): Promise<boolean> {
  const { enrols } = transaction.decisionInput;
  if (!enrols) return true;
  const ticket = { kind: 'enrolment', id: enrols.ticketId, userId: transaction.userId } as const;
  if (await consumeTicketById(trx, parts, ticket)) return true;
  await parts.transactions.move(trx, transaction.id, 'rejected', { reveal: null });
  return false;
}
