import { levelAtBest } from './assuranceLevel.ts';
import { levelAsked } from './authenticationContext.ts';
import type { FactorContext } from './factor.ts';
import type { Step } from './step.ts';

/**
 * What the step's factor is given: its settings, or the strictest ones where a level was asked for that these
 * methods reach by nothing less. So whatever is accepted then meets the demand, and nobody is asked again.
 *
 * @param states of the methods that may answer
 */
export function levelContext(
  { parts, trx, factor, settings, user, context, transaction }: Omit<Step, 'methods'>,
  states: readonly unknown[],
): FactorContext {
  const given = parts.factorContext(trx, factor, settings, user, context);
  const asked = levelAsked(transaction.decisionInput.acrValues);
  const isHigher = asked > factor.assurance.level && levelAtBest(factor, states) >= asked;
  return isHigher && factor.strictest ? { ...given, settings: factor.strictest(given.settings) } : given;
}
