import type { RequestContext } from '../config/requestContext.ts';
import type { Completed } from './complete.ts';
import type { Shown } from './factor.ts';
import type { EngineParts } from './parts.ts';
import { type StillPending, type Submission, submitProof } from './submit.ts';
import { isOpen, type Refusal } from './transaction.ts';

/** A token that names no transaction, or one that is over, or another client's. */
export type TokenRefusal = {
  outcome: 'refused';
  code: 'malformed_token' | 'expired_token' | 'foreign_token';
};

/** Tenant log types of the token exchange that the proof belongs to. */
export interface ExchangeEvents {
  succeeded: string;
  failed: string;
}

export interface Redemption {
  mfaToken: string;
  clientId: string;
  submission: Submission;
  events: ExchangeEvents;
}

export type Redeemed = (Completed & { reveal?: Shown }) | StillPending | Refusal | TokenRefusal;

/**
 * Judges the proof and completes the transaction in one database transaction: what token grants call.
 * The decision that satisfies it is made from what is true in that transaction, so it serves as the one
 * at completion (S-28). The exchange's log event is written with the outcome.
 */
export async function redeem(
  parts: EngineParts,
  { mfaToken, clientId, submission, events }: Redemption,
  context: RequestContext,
): Promise<Redeemed> {
  return parts.database.transaction(async (trx): Promise<Redeemed> => {
    const transaction = await parts.transactions.findByToken(trx, mfaToken);
    if (!transaction) return { outcome: 'refused', code: 'malformed_token' };
    if (transaction.clientId !== clientId) return { outcome: 'refused', code: 'foreign_token' };
    if (!isOpen(transaction.state)) return { outcome: 'refused', code: 'expired_token' };
    const log = async (type: string, details: Record<string, unknown>) =>
      parts.record(trx, transaction, await parts.findUser(trx, transaction.userId), context, {
        type,
        details,
      });
    const submitted = await submitProof(parts, trx, transaction, submission, context, 'completed');
    if (submitted.outcome === 'refused') {
      await log(events.failed, { reason: submitted.code });
      return submitted;
    }
    if (submitted.outcome === 'pending') return submitted;
    if (transaction.purpose === 'token') await parts.recordLogin(trx, transaction.userId);
    await log(events.succeeded, {});
    return {
      outcome: 'completed',
      transactionId: transaction.id,
      userId: transaction.userId,
      clientId: transaction.clientId,
      proofs: submitted.proofs,
      request: transaction.request,
      ...(submitted.reveal ? { reveal: submitted.reveal } : {}),
    };
  });
}
