import type { FastifyRequest } from 'fastify';
import { findClient } from '../../../applications/clients.ts';
import { isOver, type Transaction } from '../../../mfa/transaction.ts';
import { readBearer } from '../authorization.ts';
import { type Problem, problems } from '../problem.ts';
import type { FlowCalls } from './dependencies.ts';
import type { FlowClaims } from './tokens.ts';

export const transactionOver: Problem = {
  status: 401,
  errorCode: 'transaction_expired',
  message: 'The login is over or too old: begin again.',
};

/** The transaction that a bearer names, with what else it says. */
export type ReadTransaction = { transaction: Transaction; claims: FlowClaims } | { problem: Problem };

/**
 * Reads the bearer of a page. The transaction must not be over, and ends with the application that asked for it
 * (S-38); an invitation's belongs to none.
 */
export async function readTransaction(
  { engine, tokens, db }: FlowCalls,
  request: FastifyRequest,
  kind: 'request' | 'transaction',
): Promise<ReadTransaction> {
  const authorization = readBearer(request);
  if ('problem' in authorization) return authorization;
  const claims = await tokens.read(kind, authorization.token);
  if (!claims) return { problem: problems.invalidToken };
  const transaction = await engine.find(claims.transactionId);
  if (!transaction || transaction.userId !== claims.userId) return { problem: problems.invalidToken };
  if (isOver(transaction.state)) return { problem: transactionOver };
  const isInvitation = transaction.purpose === 'enrolment';
  if (!isInvitation && !(await findClient(db, transaction.clientId)))
    return { problem: problems.invalidToken };
  return { transaction, claims };
}
