import type { AuthenticationMethod } from '../methods.ts';
import type { Step } from '../step.ts';
import { takeAway } from '../takeAway.ts';

/** A device that was set up anew takes the place of what it was before; the person hears of the new one. */
export async function replaceEarlier(step: Step, enrolled: AuthenticationMethod): Promise<void> {
  const { parts, trx, transaction, user, factor, methods, context } = step;
  const identifier = factor.device?.view(enrolled.state)?.identifier;
  if (identifier === undefined) return;
  const earlier = methods.filter(
    ({ id, factor: name, isConfirmed, state }) =>
      isConfirmed &&
      name === factor.name &&
      id !== enrolled.id &&
      factor.device?.view(state)?.identifier === identifier,
  );
  if (earlier.length === 0) return;
  await takeAway(step, {
    methods: earlier,
    told: [],
    vouchedBy: transaction.proofs,
    record: (event) => parts.record(trx, transaction, user, context, event),
  });
}
