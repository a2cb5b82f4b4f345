import type { EngineParts } from '../parts.ts';
import type { RequestStanding } from './deviceDesk.ts';

/** How the transaction's latest ticket or request stands. It tells, and satisfies nothing. */
export async function requestStanding(
  { deviceRequests, database }: EngineParts,
  transactionId: string,
): Promise<RequestStanding | undefined> {
  const request = await deviceRequests.ofTransaction(database.db, transactionId);
  if (!request) return undefined;
  const { purpose, answer, isWaiting, expiresAt } = request;
  return { purpose, state: answer ?? (isWaiting ? 'waiting' : 'over'), expiresAt };
}
