import type { FastifyReply } from 'fastify';
import { readMethodName } from '../../mfa/methodName.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionVisit } from '../visit.ts';
import { advanceAnew, takeOffer } from './advance.ts';
import { factorTextAt, showFactorScreen } from './showFactorScreen.ts';
import type { At } from './step.ts';

/** What the button is called that sets up one more of the same kind. */
const anotherAction = 'another';

/** Names the method just enrolled; then one more of its kind, or what comes next. */
export async function settleFollowUp(visit: InteractionVisit, at: At): Promise<FastifyReply> {
  const { transaction, step } = at;
  const { engine } = visit.parts;
  const canHaveAnother = step.screen.blocks.some(({ kind }) => kind === 'another');
  const wantsAnother = canHaveAnother && visit.field('action') === anotherAction;
  const input = step.screen.blocks.find((block) => block.kind === 'name-input');
  let name: string | undefined;
  if (input) {
    const read = readMethodName(visit.field(input.field) ?? '');
    if ('fault' in read) {
      const key = read.fault === 'too_short' ? input.tooShortText : input.tooLongText;
      const text = factorTextAt(visit, step)(key);
      return showFactorScreen(visit, transaction, step, [{ field: input.field, text }]);
    }
    name = read.name;
  }
  const settled = await engine.settleFollowUp(transaction.id, name, visit.context);
  if (settled.outcome === 'refused') return endRefused(visit, settled);
  return wantsAnother ? takeOffer(visit, transaction, step.factor.name) : advanceAnew(visit, transaction);
}
