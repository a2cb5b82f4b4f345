import type { RequestContext } from '../../config/requestContext.ts';
import { isInForce } from '../decideNow.ts';
import type { Factor } from '../factor.ts';
import type { AuthenticationMethod } from '../methods.ts';
import { type OpenedStep, openStepAlone } from '../openStep.ts';
import type { EngineParts } from '../parts.ts';
import { comesBeside } from '../standby.ts';
import { recordStep } from '../step.ts';
import { type Refusal, refuse } from '../transaction.ts';

/**
 * Puts new codes in the place of those that are left, on the authority of the one just used: the transaction is
 * satisfied and its person hasn't gone on yet. The old ones are void from then on (S-10).
 */
export function renewCodes(
  parts: EngineParts,
  transactionId: string,
  context: RequestContext,
): Promise<{ outcome: 'renewed' } | Refusal> {
  return parts.database.transaction(async (trx): Promise<{ outcome: 'renewed' } | Refusal> => {
    const opened = await openStepAlone(parts, trx, transactionId, context);
    if (opened.outcome === 'refused') return opened;
    const { transaction, settings, user } = opened.step;
    const factor = parts.registry.get(transaction.reveal?.factor ?? '');
    if (transaction.state !== 'satisfied' || !factor || !comesBeside(factor)) return refuse('not_allowed');
    if (!parts.registry.isEnabled(factor, settings)) return refuse('factor_disabled');
    const methods = await parts.methods.ofUser(trx, user.id);
    const method = methods.find((one) => one.isConfirmed && wasJustUsed(opened.step, factor, one));
    if (!method) return refuse('not_allowed');

    const begun = parts.factorContext(trx, factor, settings, user, context);
    const { state, shown } = await factor.beginEnrolment(begun, undefined);
    const reveal = { shown, factor: factor.name, isReplacement: true };
    const isShown = await parts.transactions.move(trx, transactionId, 'satisfied', { reveal }, ['satisfied']);
    if (!isShown || !(await parts.methods.change(trx, method, state))) return refuse('expired');
    const step = { ...opened.step, factor, methods };
    await recordStep(step, 'gd_enrollment_complete', { method, detail: 'renewed' });
    return { outcome: 'renewed' };
  });
}

function wasJustUsed(
  { transaction, user }: OpenedStep,
  { name }: Factor,
  { id }: AuthenticationMethod,
): boolean {
  return transaction.proofs.some(
    (proof) =>
      proof.factor === name &&
      proof.methodId === id &&
      proof.at >= transaction.createdAt &&
      isInForce(proof, user),
  );
}
