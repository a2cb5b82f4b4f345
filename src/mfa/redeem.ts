import type { RequestContext } from '../config/requestContext.ts';
import { type Completed, completeTransaction } from './complete.ts';
import type { Shown } from './factor.ts';
import type { EngineParts } from './parts.ts';
import { type StillPending, type Submission, submitProof } from './submit.ts';
import { type Refusal, refuse } from './transaction.ts';

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
 * The exchange's log event is written with the outcome.
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
    if (!['pending', 'enrolling', 'challenged'].includes(transaction.state)) {
      return { outcome: 'refused', code: 'expired_token' };
    }
    const submitted = await submitProof(parts, trx, transaction, submission, context);
    if (submitted.outcome === 'refused') {
      const user = await parts.findUser(trx, transaction.userId);
      const details = { reason: submitted.code };
      await parts.record(trx, transaction, user, context, { type: events.failed, details });
      return submitted;
    }
    if (submitted.outcome === 'pending') return submitted;
    const satisfied = await parts.transactions.find(trx, transaction.id);
    if (!satisfied) return refuse('expired');
    const completed = await completeTransaction(parts, trx, satisfied);
    if (completed.outcome !== 'completed') return completed;
    const user = await parts.findUser(trx, transaction.userId);
    await parts.record(trx, transaction, user, context, { type: events.succeeded });
    return { ...completed, ...(submitted.reveal ? { reveal: submitted.reveal } : {}) };
  });
}
