import type { Step } from '../step.ts';
import { denialKey, endDenials } from './denials.ts';

/**
 * After a good proof: what this transaction asked of a device is over, and a login that got all it needs ends
 * the pause after denials.
 */
export async function settleDevices(step: Step, isSatisfied: boolean): Promise<void> {
  const { parts, trx, transaction, user, methods, context } = step;
  if (!methods.some(({ factor }) => parts.registry.get(factor)?.device)) return;
  await parts.deviceRequests.endOf(trx, transaction.id);
  if (isSatisfied) await endDenials(trx, denialKey(parts, user, context.ip));
}
