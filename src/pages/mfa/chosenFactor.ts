import type { Factor } from '../../mfa/factor.ts';
import { isStandby } from '../../mfa/standby.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import { mark } from '../browser/rememberedFactors.ts';
import type { InteractionVisit } from '../visit.ts';
import { choicesOf } from './step.ts';

const chosenDays = 365;

/**
 * The person answered by another factor than the one proposed: here it comes first from now on. What was chosen
 * before is forgotten, also when something new is set up. What stands by for a lost factor is no choice.
 */
export function rememberChosen(visit: InteractionVisit, transaction: Transaction, answered: Factor): void {
  const { userId, requirement } = transaction;
  if (requirement.kind === 'enrol') forgetChosen(visit, userId);
  if (requirement.kind !== 'challenge' || isStandby(answered)) return;
  const [proposed] = choicesOf(visit.parts.engine, transaction, visit.browser);
  if (!proposed || proposed.name === answered.name) return;
  forgetChosen(visit, userId);
  mark(visit, 'chosen', { userId, factor: answered.name, days: chosenDays });
}

function forgetChosen({ parts, browser, reply }: InteractionVisit, userId: string): void {
  for (const { name } of parts.engine.registry.all) {
    const cookie = browser.marks.remove('chosen', userId, name);
    if (cookie !== undefined) reply.header('set-cookie', cookie);
  }
}
