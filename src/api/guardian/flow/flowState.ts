import type { RequestContext } from '../../../config/requestContext.ts';
import { isOpen, isOver, type Transaction } from '../../../mfa/transaction.ts';
import type { FlowCalls } from './dependencies.ts';
import { findWidgetFactor } from './widgetMethods.ts';

/** How a flow stands, in the widget's words. */
export interface FlowState {
  /**
   * `rejected`: the latest request to a device can't be approved any more, since it was denied, answered with
   * another number, replaced or left too long. It is so until something else is asked for.
   */
  state: 'pending' | 'accepted' | 'rejected';
  /** As it stands now: what a device answered has been taken. */
  transaction: Transaction;
  /** What the page should show while a device is asked, if the device compares numbers. */
  number?: string;
}

/** Takes what the person's device answered meanwhile, once, and tells how the flow stands then. */
export async function readFlowState(
  calls: Pick<FlowCalls, 'engine' | 'db'>,
  transaction: Transaction,
  context: RequestContext,
): Promise<FlowState | undefined> {
  const { engine } = calls;
  const { id, requirement } = transaction;
  if (!isOpen(transaction.state)) return { state: 'accepted', transaction };
  const standing = await engine.devices.standing(id);
  const device = standing && (await findWidgetFactor(calls, 'push'));
  if (!device) return { state: 'pending', transaction };
  const challenge = { factor: device.name };

  if (standing.purpose === 'enrolment') {
    if (requirement.kind !== 'enrol' || standing.state !== 'approved')
      return { state: 'pending', transaction };
    // In a login the widget asks for an approval next, as Auth0's service makes it; an invitation is done.
    const isLogin = transaction.purpose !== 'enrolment';
    const submission = { challenge, proof: undefined, ...(isLogin ? { confirmsOnly: true as const } : {}) };
    await engine.submit(id, submission, context);
    return present(calls, id, 'pending');
  }
  const latest = await engine.latestChallenge(id);
  if (latest?.factor !== device.name) return { state: 'pending', transaction };
  if (standing.state === 'waiting') {
    const { number } = latest.shown;
    return { state: 'pending', transaction, ...(number === undefined ? {} : { number }) };
  }
  if (standing.state !== 'approved') return { state: 'rejected', transaction };
  const collected = await engine.submit(id, { challenge, proof: undefined }, context);
  return present(calls, id, collected.outcome === 'pending' ? 'pending' : 'rejected');
}

/** How it stands after something was taken, here or by another call at the same time; undefined when it is over. */
async function present(
  { engine }: Pick<FlowCalls, 'engine'>,
  id: string,
  stateWhileOpen: 'pending' | 'rejected',
): Promise<FlowState | undefined> {
  const transaction = await engine.find(id);
  if (!transaction || isOver(transaction.state)) return undefined;
  return { state: isOpen(transaction.state) ? stateWhileOpen : 'accepted', transaction };
}
