import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import { type Limit, spend } from '../database/throttle.ts';
import { type Completed, completeTransaction, resultOf } from './complete.ts';
import type { Shown } from './factor.ts';
import type { EngineParts } from './parts.ts';
import { type Satisfied, type StillPending, type Submission, submitProof } from './submit.ts';
import { isOpen, isOver, type Refusal, type RefusalCode, refuse } from './transaction.ts';
import type { StoredTransaction } from './transactions.ts';

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

/** Another surface had everything proved, and said so of the transaction with this id. */
export interface ProvedElsewhere {
  provedId: string;
}

export interface Redemption {
  mfaToken: string;
  clientId: string;
  submission: Submission | ProvedElsewhere;
  events: ExchangeEvents;
}

export type Redeemed = (Completed & { reveal?: Shown }) | StillPending | Refusal | TokenRefusal;

/**
 * Judges the proof and completes the transaction in one database transaction: what token grants call.
 * The decision that satisfies it is made from what is true in that transaction, so it serves as the one
 * at completion (S-28); where all was proved before, it is decided anew. The exchange's log event is written
 * with the outcome.
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
    const isInTime = 'provedId' in submission ? !isOver(transaction.state) : isOpen(transaction.state);
    if (!isInTime) return { outcome: 'refused', code: 'expired_token' };
    const user = await parts.findUser(trx, transaction.userId);
    const log = (type: string, details: Record<string, unknown>) =>
      parts.record(trx, transaction, user, context, { type, details });
    const submitted =
      'provedId' in submission
        ? await completeProved(parts, trx, transaction, submission)
        : await submitProof(parts, trx, { transaction, user }, submission, context, 'completed');
    if (submitted.outcome === 'refused') {
      if (await isLogged(parts, trx, transaction.userId, submitted)) {
        await log(events.failed, { reason: submitted.code });
      }
      return submitted;
    }
    if (submitted.outcome === 'pending') return submitted;
    if (transaction.purpose === 'token') await parts.recordLogin(trx, transaction.userId);
    await log(events.succeeded, {});
    const { proofs, reveal } = submitted;
    return { ...resultOf(transaction, proofs), ...(reveal ? { reveal } : {}) };
  });
}

/** Completes what was satisfied before, once (S-37); `reveal` is what nobody was shown yet. */
async function completeProved(
  parts: EngineParts,
  trx: Db,
  transaction: StoredTransaction,
  { provedId }: ProvedElsewhere,
): Promise<Satisfied | StillPending | Refusal> {
  if (provedId !== transaction.id) return refuse('wrong_challenge');
  const completed = await completeTransaction(parts, trx, transaction);
  if (completed.outcome !== 'completed') return completed;
  const { proofs } = completed;
  const reveal = transaction.reveal?.shown;
  return { outcome: 'satisfied', proofs, ...(reveal ? { reveal } : {}) };
}

/** Wrong proofs are few, since they lock; what is refused unjudged could fill the log. */
const loggedRefusals: Limit = { name: 'exchange-refusals-logged', burst: 30, refillSeconds: 60 };

/** Whoever asks for a device's answer again and again hasn't failed. */
const unfinished: ReadonlySet<RefusalCode> = new Set(['answer_pending', 'polled_too_fast']);

async function isLogged(
  { clock }: EngineParts,
  trx: Db,
  userId: string,
  { code }: Refusal,
): Promise<boolean> {
  if (unfinished.has(code)) return false;
  return code === 'invalid_proof' || (await spend(trx, clock, loggedRefusals, userId)).allowed;
}
