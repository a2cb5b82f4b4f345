import type { FastifyRequest } from 'fastify';
import type { Transaction } from '../../../mfa/transaction.ts';
import { readTicket } from '../authorization.ts';
import { type Problem, problems } from '../problem.ts';
import type { FlowCalls } from './dependencies.ts';
import { readTransaction } from './readTransaction.ts';
import { conflict } from './refusals.ts';

const unknownTicket: Problem = {
  status: 404,
  errorCode: 'enrollment_transaction_not_found',
  message: 'The ticket is unknown, used or too old: ask for a new one.',
};

/**
 * The transaction that a page begins with: of a login, by its request token, or one that the ticket of an
 * invitation opens now, for a person who has no factor yet.
 */
export async function openFlow(
  calls: FlowCalls,
  request: FastifyRequest,
): Promise<{ transaction: Transaction } | { problem: Problem }> {
  const ticket = readTicket(request);
  if ('problem' in ticket) return readTransaction(calls, request, 'request');
  const begun = await calls.engine.errands.takeUp(ticket.token, request.context);
  if (!begun) return { problem: unknownTicket };
  if (begun.outcome === 'begun') return { transaction: begun.transaction };
  if (begun.outcome === 'none') return { problem: conflict };
  return { problem: begun.code === 'rate_limited' ? problems.tooMany : unknownTicket };
}
