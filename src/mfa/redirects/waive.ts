import { decideNow } from '../decideNow.ts';
import type { AuthenticationMethod } from '../methods.ts';
import { recordStep } from '../step.ts';
import type { Proof } from '../transaction.ts';
import type { RedirectStep } from './redirectStep.ts';

/**
 * Lets a person in whose factor's service is down, where the operator wants that and a second factor is demanded
 * by nothing but the policy. Logged twice: that the factor failed, and that somebody got in all the same.
 *
 * @param detail a word for the log: what the service did
 * @returns false where they have to wait; nothing is changed then.
 */
export async function waive(
  step: RedirectStep,
  method: AuthenticationMethod,
  detail: string,
): Promise<boolean> {
  const { parts, trx, transaction, settings, user, factor, methods, context } = step;
  const isWanted = factor.redirect.letsInWhileDown(parts.registry.settingsOf(factor, settings));
  if (!isWanted || !method.isConfirmed) return false;
  const waived: Proof = { factor: factor.name, methodId: method.id, isWaived: true, at: parts.clock() };
  const proofs = [...transaction.proofs, waived];
  const input = { ...transaction.decisionInput, proofs };
  const decision = await decideNow(parts, trx, input, { settings, methods, user });
  if (decision.requirement.kind !== 'none') return false;
  if (!(await parts.transactions.move(trx, transaction.id, 'satisfied', { proofs, decision }))) return false;
  await recordStep(step, factor.events.failed, { method, detail });
  await parts.record(trx, transaction, user, context, {
    type: 'w',
    description: `Let in without a second factor: the service of ${factor.name} is down, and its settings let people in then`,
    details: { authenticator: { type: factor.name, id: method.id }, reason: detail },
  });
  return true;
}
